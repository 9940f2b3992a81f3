package io.memberday.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files in memory, in the sequence in which they were stored. */
public final class InMemoryFileStore implements FileStore {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String refused = "";

    /** From now on a file whose name contains this is not taken. */
    public void refuse(String part) {
        refused = part;
    }

    public synchronized Map<String, byte[]> files() {
        return files;
    }

    @Override
    public synchronized void put(String name, String contentType, byte[] content) {
        if (!refused.isEmpty() && name.contains(refused)) {
            throw new UncheckedIOException(new IOException("no room for " + name));
        }
        files.put(name, content);
    }

    @Override
    public String address(String name) {
        return "memory://" + name;
    }
}
