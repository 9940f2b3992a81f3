package io.memberday.export;

import java.io.Serial;

/** Records an export's steps; only its owner's are taken. */
final class Recorder {
    private final ExportStore store;
    private Export latest;

    /** Another worker has taken the export over: whoever meets this stops. */
    static final class Overtaken extends Exception {
        @Serial private static final long serialVersionUID = 1;

        Overtaken(String export) {
            super("another worker has taken over " + export, null, false, false);
        }
    }

    Recorder(ExportStore store, Export latest) {
        this.store = store;
        this.latest = latest;
    }

    Export latest() {
        return latest;
    }

    /**
     * Makes this the latest record.
     *
     * @throws Overtaken if another worker has recorded something meanwhile
     */
    void record(Export next) throws Overtaken {
        if (!store.write(next)) {
            // The write of a call whose answer was lost, repeated by the client, meets itself.
            Export found = store.find(next.token()).orElseThrow();
            boolean mine = found.version() == next.version() && found.owner().equals(next.owner());
            if (!mine) {
                throw new Overtaken(next.id());
            }
        }
        latest = next;
    }
}
