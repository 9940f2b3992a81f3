package io.memberday.campaign;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Pages and batches in memory, keyed as in the table. */
public final class InMemoryAudienceStore implements AudienceStore {
    private final Map<String, Page> pages = new TreeMap<>();
    private final Map<String, Batch> batches = new TreeMap<>();
    private final Guards guards;

    public InMemoryAudienceStore() {
        this(Guards.intact());
    }

    public InMemoryAudienceStore(Guards guards) {
        this.guards = guards;
    }

    @Override
    public synchronized boolean write(List<Page> together, List<Batch> more) {
        if (together.size() + more.size() > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "%d pages with %d batches are too many"
                            .formatted(together.size(), more.size()));
        }
        boolean absent = together.stream().noneMatch(page -> pages.containsKey(key(page)));
        if (!guards.hold(Guard.PAGE_ABSENT, absent)) {
            return false;
        }
        together.forEach(page -> pages.put(key(page), page));
        more.forEach(batch -> batches.put(key(batch), batch));
        return true;
    }

    @Override
    public synchronized Optional<Page> lastPage(String run, int slice) {
        List<Page> all = pages(run, slice);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    @Override
    public synchronized List<Page> pages(String run, int slice) {
        return of(pages, slice(run, slice));
    }

    @Override
    public synchronized List<Batch> batches(String run, int slice) {
        return of(batches, slice(run, slice));
    }

    /** The batches of all runs and slices. */
    public synchronized List<Batch> allBatches() {
        return List.copyOf(batches.values());
    }

    /** Changes a batch, as the clock or the sender does. */
    public synchronized void change(Batch batch, UnaryOperator<Batch> change) {
        if (batches.computeIfPresent(key(batch), (key, known) -> change.apply(known)) == null) {
            throw new NoSuchElementException(key(batch));
        }
    }

    private static String key(Page page) {
        return slice(page.run(), page.slice()) + "%06d".formatted(page.number());
    }

    private static String key(Batch batch) {
        return slice(batch.run(), batch.slice()) + batch.id();
    }

    private static String slice(String run, int slice) {
        return "%s#%04d#".formatted(run, slice);
    }

    private static <T> List<T> of(Map<String, T> rows, String start) {
        List<T> found = new ArrayList<>();
        rows.forEach(
                (key, row) -> {
                    if (key.startsWith(start)) {
                        found.add(row);
                    }
                });
        return found;
    }
}
