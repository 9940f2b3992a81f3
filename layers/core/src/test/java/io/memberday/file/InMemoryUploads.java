package io.memberday.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Uploads in memory, as strict as S3: a completed one becomes a file of a store. */
public final class InMemoryUploads implements Uploads {
    private final InMemoryFileStore files;
    private final int leastPart;
    private final Map<String, TreeMap<Integer, byte[]>> uploads = new TreeMap<>();
    private int begun;
    private int largestPart;

    /**
     * @param leastPart the least size of every part but the last
     */
    public InMemoryUploads(InMemoryFileStore files, int leastPart) {
        this.files = files;
        this.leastPart = leastPart;
    }

    /** Uploads that are neither completed nor aborted, and have parts. */
    public synchronized long withParts() {
        return uploads.values().stream().filter(parts -> !parts.isEmpty()).count();
    }

    /** The largest part's bytes so far. */
    public synchronized int largestPart() {
        return largestPart;
    }

    @Override
    public synchronized String begin(String name, String contentType) {
        String upload = name + "?" + begun++;
        uploads.put(upload, new TreeMap<>());
        return upload;
    }

    @Override
    public synchronized Part put(String name, String upload, int number, byte[] content) {
        parts(name, upload)
                .orElseThrow(() -> new IllegalStateException("no upload " + upload))
                .put(number, content.clone());
        largestPart = Math.max(largestPart, content.length);
        return new Part(number, Sha256.hex(content), content.length, Sha256.hex(content));
    }

    @Override
    public synchronized void complete(String name, String upload, List<Part> parts) {
        Optional<TreeMap<Integer, byte[]>> stored = parts(name, upload);
        if (stored.isEmpty()) {
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int before = 0;
        for (Part part : parts) {
            byte[] content = stored.get().get(part.number());
            if (content == null || !Sha256.hex(content).equals(part.tag())) {
                throw new IllegalStateException("part %d was replaced".formatted(part.number()));
            }
            if (part.number() <= before) {
                throw new IllegalStateException("parts are not in sequence");
            }
            if (part != parts.getLast() && content.length < leastPart) {
                throw new IllegalStateException("part %d is too small".formatted(part.number()));
            }
            before = part.number();
            whole.writeBytes(content);
        }
        uploads.remove(upload);
        files.put(name, "application/octet-stream", whole.toByteArray());
    }

    @Override
    public InputStream read(String name) {
        byte[] file = files.files().get(name);
        if (file == null) {
            throw new IllegalStateException("no file " + name);
        }
        return new ByteArrayInputStream(file);
    }

    @Override
    public synchronized void abort(String name, String upload) {
        uploads.remove(upload);
    }

    @Override
    public void delete(String name) {
        files.files().remove(name);
    }

    private Optional<TreeMap<Integer, byte[]>> parts(String name, String upload) {
        if (!upload.startsWith(name + "?")) {
            throw new IllegalStateException(upload + " is not of " + name);
        }
        return Optional.ofNullable(uploads.get(upload));
    }
}
