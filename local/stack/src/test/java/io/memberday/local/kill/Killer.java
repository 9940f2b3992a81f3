package io.memberday.local.kill;

import io.memberday.local.runtime.RuntimeProcess;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the calls of each phase, and kills the process that makes a chosen one. */
final class Killer implements Relay.Watcher {
    private final Map<String, RuntimeProcess> processes = new ConcurrentHashMap<>();
    private final Map<Phase, AtomicInteger> counts = new EnumMap<>(Phase.class);
    private final AtomicReference<Optional<Moment>> armed = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> victim =
            new AtomicReference<>(Optional.empty());

    /**
     * When to kill.
     *
     * @param nth call of the phase, from 1 on
     * @param after whether the call has its effect first; its answer never arrives
     */
    record Moment(Phase phase, int nth, boolean after) {
        @Override
        public String toString() {
            return "%s the effect of call %d of %s"
                    .formatted(after ? "after" : "before", nth, phase);
        }
    }

    Killer() {
        for (Phase phase : Phase.values()) {
            counts.put(phase, new AtomicInteger());
        }
    }

    /** Knows a process from now on. */
    void started(RuntimeProcess process) {
        processes.put(process.id(), process);
    }

    /** Counts anew, and kills at a moment if one is given. */
    void arm(Optional<Moment> moment) {
        counts.values().forEach(count -> count.set(0));
        victim.set(Optional.empty());
        armed.set(moment);
    }

    /** Who was killed since it was armed. */
    Optional<String> victim() {
        return victim.get();
    }

    /** How many calls of a phase there were. */
    int count(Phase phase) {
        return counts.get(phase).get();
    }

    @Override
    public Optional<HttpResponse<byte[]>> watch(Call call, Relay.Forward forward)
            throws IOException, InterruptedException {
        Optional<Phase> phase = Phase.of(call);
        int nth = phase.map(each -> counts.get(each).incrementAndGet()).orElse(0);
        Optional<Moment> moment =
                armed.get()
                        .filter(each -> phase.filter(each.phase()::equals).isPresent())
                        .filter(each -> each.nth() == nth);
        if (moment.isPresent() && !moment.get().after()) {
            kill(call);
            return Optional.empty();
        }
        HttpResponse<byte[]> answer = forward.send();
        if (moment.isPresent()) {
            kill(call);
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    private void kill(Call call) {
        victim.set(Optional.of(call.key()));
        processes.get(call.key()).kill();
    }
}
