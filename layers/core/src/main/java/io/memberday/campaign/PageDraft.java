package io.memberday.campaign;

import io.memberday.campaign.Screening.Verdict;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.message.Worded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A page being evaluated, member by member. Not for sharing. */
final class PageDraft {
    /** Members in a batch: so many are sent within a minute, and fit one BatchGet. */
    static final int BATCH = 100;

    private final Map<Lot, List<Chosen>> chosen = new TreeMap<>();
    private final Map<String, Integer> excluded = new TreeMap<>();
    private int scanned;
    private int eligible;

    /** Members of one batch share these. */
    private record Lot(Channel channel, Slot slot, String variant) implements Comparable<Lot> {
        private static final Comparator<Lot> BY_ALL =
                Comparator.comparing(Lot::channel)
                        .thenComparing(lot -> lot.slot().dueAt())
                        .thenComparing(lot -> lot.slot().until())
                        .thenComparing(lot -> lot.slot().zone().getId())
                        .thenComparing(Lot::variant);

        @Override
        public int compareTo(Lot other) {
            return BY_ALL.compare(this, other);
        }
    }

    private record Chosen(
            String memberId, String mark, boolean held, long costMicros, String bought) {}

    void add(Member member, Verdict verdict) {
        scanned++;
        switch (verdict) {
            case Verdict.Excluded(String reason) -> exclude(reason);
            case Verdict.HeldOut(Screening.Place place) ->
                    choose(place, new Chosen(member.id(), place.mark(), true, 0, ""));
            case Verdict.Addressed(Screening.Place place, Worded message) ->
                    choose(
                            place,
                            new Chosen(
                                    member.id(),
                                    place.mark(),
                                    false,
                                    message.costMicros(),
                                    place.bought()));
        }
    }

    private void exclude(String reason) {
        excluded.merge(reason, 1, Integer::sum);
    }

    /** Counts a member who is not in the audience. */
    void addExcluded(String reason) {
        scanned++;
        exclude(reason);
    }

    /** Counts members whom the table has found to be outside the segment. */
    void addOutside(int members) {
        scanned += members;
        if (members > 0) {
            excluded.merge(Screening.SEGMENT, members, Integer::sum);
        }
    }

    int scanned() {
        return scanned;
    }

    int eligible() {
        return eligible;
    }

    /** Rows that it takes: the page's own, and one for each batch. */
    int rows() {
        return 1 + chosen.values().stream().mapToInt(all -> Math.ceilDiv(all.size(), BATCH)).sum();
    }

    Page page(Run run, int slice, int number, Optional<String> next) {
        return new Page(run.id(), slice, number, next, scanned, eligible, Map.copyOf(excluded));
    }

    /** The page's batches; one that holds nobody but held-out members is done as it is written. */
    List<Batch> batches(Page page, Instant now) {
        List<Batch> batches = new ArrayList<>();
        chosen.forEach(
                (lot, all) -> {
                    Slot slot = lot.slot();
                    for (int from = 0; from < all.size(); from += BATCH) {
                        List<Chosen> some = all.subList(from, Math.min(from + BATCH, all.size()));
                        List<String> members = of(some, false, Chosen::memberId);
                        batches.add(
                                new Batch(
                                        page.run(),
                                        page.slice(),
                                        "%06d-%02d".formatted(page.number(), batches.size()),
                                        lot.channel(),
                                        members,
                                        of(some, true, Chosen::memberId),
                                        now.isAfter(slot.dueAt()) ? now : slot.dueAt(),
                                        slot.until(),
                                        slot.zone(),
                                        some.stream().mapToLong(Chosen::costMicros).max().orElse(0),
                                        Optional.empty(),
                                        members.isEmpty() ? Optional.of(now) : Optional.empty(),
                                        lot.variant(),
                                        String.join("", of(some, false, Chosen::mark))
                                                + String.join("", of(some, true, Chosen::mark)),
                                        of(some, false, Chosen::bought).stream()
                                                .filter(about -> !about.isEmpty())
                                                .toList()));
                    }
                });
        return batches;
    }

    private void choose(Screening.Place place, Chosen member) {
        eligible++;
        chosen.computeIfAbsent(
                        new Lot(place.channel(), place.slot(), place.variant()),
                        key -> new ArrayList<>())
                .add(member);
    }

    private static List<String> of(List<Chosen> some, boolean held, Function<Chosen, String> what) {
        return some.stream().filter(member -> member.held() == held).map(what).toList();
    }
}
