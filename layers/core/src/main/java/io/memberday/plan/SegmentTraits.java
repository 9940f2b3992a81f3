package io.memberday.plan;

import io.memberday.campaign.Holdout;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Store;
import io.memberday.segment.Vantage;
import io.memberday.touch.Eligibility;
import io.memberday.touch.Eligibility.Refusal;
import io.memberday.touch.QuietHours;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the members of a segment are like and how they can be reached, one by one. Not for sharing.
 */
final class SegmentTraits {
    private static final int MOST_NAMES = 10;
    private static final String UNKNOWN = "not known";

    private final Vantage vantage;
    private final Eligibility eligibility;
    private final QuietHours quietHours;
    private final Holdout everywhere;
    private final List<Channel> channels;
    private final Map<String, Map<String, Long>> traits = new LinkedHashMap<>();
    private final Map<Channel, Reach> reach = new EnumMap<>(Channel.class);
    private final Map<Channel, Long> firstChannel = new EnumMap<>(Channel.class);
    private final long[] hours = new long[24];
    private long size;
    private long purchases;
    private long minor;
    private long addressable;
    private long heldOutOfAll;

    /**
     * How many members a channel reaches.
     *
     * @param address with an address that has not bounced for good
     * @param consent of those, who agreed to marketing
     * @param now of those, whom the caps allow a message today
     */
    record Reach(long address, long consent, long now) {
        private Reach plus(Optional<Refusal> refusal) {
            boolean reached = refusal.filter(Refusal.UNREACHABLE::equals).isEmpty();
            boolean agreed = reached && refusal.filter(Refusal.CONSENT::equals).isEmpty();
            return new Reach(
                    address + (reached ? 1 : 0),
                    consent + (agreed ? 1 : 0),
                    now + (refusal.isEmpty() ? 1 : 0));
        }
    }

    /**
     * @param channels the preferred first
     */
    SegmentTraits(Store store, Vantage vantage, List<Channel> channels) {
        this.vantage = vantage;
        this.channels = channels;
        eligibility =
                new Eligibility(
                        Kind.MARKETING, store.caps(), store.zone(), member -> vantage.now());
        quietHours = QuietHours.of(store);
        everywhere = new Holdout(Holdout.EVERY, store.measuring().globalHoldoutPercent());
        channels.forEach(channel -> reach.put(channel, new Reach(0, 0, 0)));
        List.of("tier", "layer", "stage", "last purchase", "purchases", "region", "category")
                .forEach(name -> traits.put(name, new TreeMap<>()));
    }

    /** Counts a member of the segment. */
    void add(Member member) {
        size++;
        Purchases bought = member.purchases();
        purchases += bought.count();
        minor += bought.minor();
        count("tier", vantage.ladder().of(bought, vantage.now()).id());
        count("layer", Layer.of(bought, vantage.ladder(), vantage.now()).key());
        count("stage", vantage.stages().of(bought.last(), vantage.now()));
        count("last purchase", recency(bought.last().map(this::daysSince)));
        count("purchases", frequency(bought.count()));
        count("region", member.profile().get(Profile.Field.REGION).orElse(UNKNOWN));
        bought.recent().stream()
                .map(Purchase::basket)
                .flatMap(basket -> basket.categories().stream())
                .distinct()
                .forEach(category -> count("category", category));
        if (everywhere.holds(member.id())) {
            heldOutOfAll++;
            return;
        }
        for (Channel channel : channels) {
            Optional<Refusal> refusal = eligibility.refusal(member, channel);
            reach.computeIfPresent(channel, (key, known) -> known.plus(refusal));
        }
        eligibility
                .channel(member, channels)
                .ifPresent(
                        channel -> {
                            addressable++;
                            firstChannel.merge(channel, 1L, Long::sum);
                            bought.favouriteHour(vantage.zone()).ifPresent(hour -> hours[hour]++);
                        });
    }

    private void count(String trait, String name) {
        Objects.requireNonNull(traits.get(trait)).merge(name, 1L, Long::sum);
    }

    private long daysSince(Instant then) {
        return Duration.between(then, vantage.now()).toDays();
    }

    private static String recency(Optional<Long> days) {
        if (days.isEmpty()) {
            return "never";
        }
        long since = days.get();
        for (int bound : List.of(30, 90, 180, 365)) {
            if (since <= bound) {
                return "up to %3d days ago".formatted(bound);
            }
        }
        return "longer ago";
    }

    private static String frequency(int count) {
        if (count <= 2) {
            return Integer.toString(count);
        }
        return count <= 5 ? "3 to 5" : "6 and more";
    }

    long size() {
        return size;
    }

    /** Members who can be sent a marketing message now, each on the first channel that reaches. */
    long addressable() {
        return addressable;
    }

    /** In the store's global control group: they get no marketing, and count as not reached. */
    long heldOutOfAll() {
        return heldOutOfAll;
    }

    Map<Channel, Reach> reach() {
        return reach;
    }

    /** How many each channel would carry if a member gets the first that reaches. */
    Map<Channel, Long> firstChannel() {
        return firstChannel;
    }

    /** How many members there are of each kind. */
    Map<String, Long> by(String trait) {
        return Objects.requireNonNull(traits.get(trait));
    }

    /** Counts by trait; of many names the most frequent. */
    Map<String, Map<String, Long>> traits() {
        Map<String, Map<String, Long>> shown = new LinkedHashMap<>();
        traits.forEach((trait, counts) -> shown.put(trait, most(counts)));
        return shown;
    }

    private static Map<String, Long> most(Map<String, Long> counts) {
        if (counts.size() <= MOST_NAMES) {
            return counts;
        }
        Map<String, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_NAMES)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }

    /** What a kept purchase of theirs brings on average, minor units; nothing without any. */
    Optional<Long> averageOrder() {
        return purchases == 0
                ? Optional.empty()
                : Optional.of(Math.round((double) minor / purchases));
    }

    /** Those who can be reached, by the hour in which each of them buys most. */
    long[] hours() {
        return hours.clone();
    }

    /**
     * The hour in which most of those who can be reached buy most, quiet hours left out; nothing if
     * none of them has bought.
     */
    Optional<Integer> bestHour() {
        Optional<Integer> best = Optional.empty();
        for (int hour = 0; hour < hours.length; hour++) {
            ZonedDateTime begins = vantage.today().atTime(hour, 0).atZone(vantage.zone());
            long most = best.map(known -> hours[known]).orElse(0L);
            if (hours[hour] > most && !quietHours.at(begins.toInstant())) {
                best = Optional.of(hour);
            }
        }
        return best;
    }
}
