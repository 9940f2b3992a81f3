package io.memberday.result;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;
import io.memberday.release.SideBySide;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Looks for members in a run's slices, several at once, as long as there is time: a run over 20
 * million members has 80, each of some ten queries, and who asks by HTTP waits for no more than 30
 * s.
 *
 * @param limit no slice is begun after so long
 * @param clock that runs as real time does
 */
public record SliceReads(AudienceStore audience, SideBySide calls, Duration limit, Clock clock) {

    /**
     * What was found in a slice.
     *
     * @param batches in which one of the members is
     */
    record Found(List<Page> pages, List<Batch> batches) {}

    /** The moment after which no slice is begun. */
    Instant end() {
        return clock.instant().plus(limit);
    }

    /** The slices, by number; those for which there was no time left are not among them. */
    NavigableMap<Integer, Found> read(
            String run, int slices, Collection<String> members, Instant end) {
        NavigableMap<Integer, Found> found = new ConcurrentSkipListMap<>();
        calls.all(
                IntStream.range(0, slices)
                        .<BooleanSupplier>mapToObj(
                                slice ->
                                        () -> {
                                            boolean inTime = clock.instant().isBefore(end);
                                            if (inTime) {
                                                found.put(slice, read(run, slice, members));
                                            }
                                            return inTime;
                                        })
                        .toList());
        return found;
    }

    private Found read(String run, int slice, Collection<String> members) {
        return new Found(audience.pages(run, slice), audience.batchesOf(run, slice, members));
    }
}
