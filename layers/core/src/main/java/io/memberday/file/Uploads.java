package io.memberday.file;

import java.io.InputStream;
import java.util.List;

/**
 * Large files that are stored part by part. Nothing of a file is seen before {@link #complete}: not
 * by a reader, not in a listing.
 */
public interface Uploads {

    /** Every part but the last must have so many bytes at least. */
    int LEAST_PART = 5 * 1024 * 1024;

    /**
     * A part that is stored.
     *
     * @param number its place among the parts: they stand in the sequence of their numbers, and a
     *     number may be left out
     * @param tag by which the store knows it
     * @param bytes its length
     * @param sha256 of its content, in hex
     */
    record Part(int number, String tag, long bytes, String sha256) {}

    /**
     * Begins an upload.
     *
     * @param contentType media type with its charset
     * @return the upload's id
     */
    String begin(String name, String contentType);

    /**
     * Stores a part, in place of the one of that number.
     *
     * @param number from 1 to 10,000
     */
    Part put(String name, String upload, int number, byte[] content);

    /**
     * Makes one file of these parts, in place of the one of that name; other parts are gone. Again
     * after it was done it does nothing.
     */
    void complete(String name, String upload, List<Part> parts);

    /** Opens a file. The caller closes it. */
    InputStream read(String name);

    /** Ends an upload that shall become no file, with its parts; one that has ended stays so. */
    void abort(String name, String upload);

    /** Deletes a file; one that is not there is deleted already. */
    void delete(String name);
}
