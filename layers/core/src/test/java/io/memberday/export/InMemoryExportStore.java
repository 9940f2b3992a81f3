package io.memberday.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Exports' progress in memory, as JSON like in the table. */
public final class InMemoryExportStore implements ExportStore {
    private final Map<String, String> exports = new HashMap<>();

    @Override
    public synchronized Optional<Export> find(String token) {
        return Optional.ofNullable(exports.get(token)).map(Export::read);
    }

    @Override
    public synchronized boolean write(Export export) {
        long before = find(export.token()).map(Export::version).orElse(0L);
        if (before != export.version() - 1) {
            return false;
        }
        exports.put(export.token(), export.json());
        return true;
    }
}
