package io.memberday.file;

import java.nio.file.Path;

/** Where reports and exports are kept. A file is there whole or not at all. */
public interface FileStore {

    /**
     * Stores a file in place of the one of that name.
     *
     * @param name path with slashes, such as {@code reports/member-day@2026-05-08/index.html}
     * @param contentType media type with its charset
     */
    void put(String name, String contentType, byte[] content);

    /**
     * Stores a large file from disk, in place of the one of that name.
     *
     * @param sha256 of the content, in hex: what arrives otherwise is refused, not stored
     */
    void put(String name, String contentType, Path content, String sha256);

    /** The address of a file for whoever may read the store, such as {@code s3://bucket/name}. */
    String address(String name);
}
