package io.memberday.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A run's audience: its pages and batches (P5). */
public interface AudienceStore {
    /** So many rows, pages and batches, are written together at most. */
    int MOST_ROWS = 100;

    /**
     * Writes pages of the same members, one of each run that they were scanned for, with their
     * batches in one transaction, if none of the pages is there yet.
     *
     * @param pages with the batches at most {@link #MOST_ROWS}
     * @return false if one is there: another worker was, nothing is changed
     */
    boolean write(List<Page> pages, List<Batch> batches);

    /** Writes the page of a run that is scanned by itself. */
    default boolean write(Page page, List<Batch> batches) {
        return write(List.of(page), batches);
    }

    /** The slice's last page: from its {@code next} the scan goes on. */
    Optional<Page> lastPage(String run, int slice);

    /** The slice's pages, by number. */
    List<Page> pages(String run, int slice);

    /** The slice's batches by id, read as they are iterated over. */
    Iterable<Batch> batches(String run, int slice);

    /** The slice's batches in which one of the members is, sent to or held out. */
    default List<Batch> batchesOf(String run, int slice, Collection<String> members) {
        List<Batch> found = new ArrayList<>();
        for (Batch batch : batches(run, slice)) {
            if (members.stream()
                    .anyMatch(id -> batch.members().contains(id) || batch.held().contains(id))) {
                found.add(batch);
            }
        }
        return found;
    }
}
