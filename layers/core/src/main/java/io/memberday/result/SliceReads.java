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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
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
        List<Optional<Found>> read =
                calls.all(
                        IntStream.range(0, slices)
                                .<Supplier<Optional<Found>>>mapToObj(
                                        slice -> () -> inTime(run, slice, members, end))
                                .toList());
        NavigableMap<Integer, Found> found = new TreeMap<>();
        for (int slice = 0; slice < slices; slice++) {
            int number = slice;
            read.get(slice).ifPresent(one -> found.put(number, one));
        }
        return found;
    }

    private Optional<Found> inTime(String run, int slice, Collection<String> members, Instant end) {
        return clock.instant().isBefore(end)
                ? Optional.of(
                        new Found(
                                audience.pages(run, slice),
                                audience.batchesOf(run, slice, members)))
                : Optional.empty();
    }
}
