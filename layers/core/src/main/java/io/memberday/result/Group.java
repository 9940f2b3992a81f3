package io.memberday.result;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Part of a run's audience and what it did (R64): those of one variant, tier, layer, stage, segment
 * or channel, as they stood when the run was planned, those held out among them beside those sent
 * to.
 *
 * @param key which part
 * @param sent its members who were sent the message, and what they bought
 * @param held its members held out, and what they bought
 * @param parts billed
 * @param costMicros millionths of the currency's major unit
 */
public record Group(Key key, Arm sent, Arm held, long parts, long costMicros) {

    /** By what an audience is divided, in the sequence of reports. */
    public enum By {
        VARIANT,
        SEGMENT,
        TIER,
        LAYER,
        STAGE,
        CHANNEL;

        /** The name in reports. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A part of the audience.
     *
     * @param by what it is divided by
     * @param name such as {@code gold}
     */
    public record Key(By by, String name) implements Comparable<Key> {
        private static final Comparator<Key> IN_REPORTS =
                Comparator.comparing(Key::by).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return IN_REPORTS.compare(this, other);
        }
    }

    /**
     * How two variants differ.
     *
     * @param than the first of them all
     * @param variant the other
     * @param difference of the other less the first; each interval stands by itself, so of twenty
     *     comparisons one is told where there is nothing
     */
    public record Versus(String than, String variant, Uplift difference) {}

    /** Its members sent to against those held out; nothing where there are none of either. */
    public Optional<Uplift> uplift() {
        return Uplift.of(sent, held);
    }

    /** Every further variant against the first. */
    static List<Versus> versus(List<Group> groups) {
        List<Group> variants =
                groups.stream().filter(group -> group.key().by() == By.VARIANT).toList();
        return variants.stream()
                .skip(1)
                .flatMap(
                        other ->
                                Uplift.of(other.sent(), variants.getFirst().sent()).stream()
                                        .map(
                                                difference ->
                                                        new Versus(
                                                                variants.getFirst().key().name(),
                                                                other.key().name(),
                                                                difference)))
                .toList();
    }
}
