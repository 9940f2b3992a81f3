package io.memberday.campaign;

import java.util.List;
import java.util.Optional;

/** A run's audience: its pages and batches (P5). */
public interface AudienceStore {

    /**
     * Writes a page with its batches in one transaction, if the page is not there yet.
     *
     * @return false if it is there: another worker was, nothing is changed
     */
    boolean write(Page page, List<Batch> batches);

    /** The slice's last page: from its {@code next} the scan goes on. */
    Optional<Page> lastPage(String run, int slice);

    /** The slice's pages, by number. */
    List<Page> pages(String run, int slice);

    /** The slice's batches by id, read as they are iterated over. */
    Iterable<Batch> batches(String run, int slice);
}
