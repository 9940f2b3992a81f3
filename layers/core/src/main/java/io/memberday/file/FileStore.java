package io.memberday.file;

/**
 * Where reports and manifests are kept; large files come by {@link Uploads}. A file is there whole
 * or not at all.
 */
public interface FileStore {

    /**
     * Stores a file in place of the one of that name.
     *
     * @param name path with slashes, such as {@code reports/member-day@2026-05-08/index.html}
     * @param contentType media type with its charset
     */
    void put(String name, String contentType, byte[] content);

    /** The address of a file for whoever may read the store, such as {@code s3://bucket/name}. */
    String address(String name);
}
