package io.memberday.compiler;

import io.memberday.campaign.OwnFigures;
import io.memberday.campaign.RunMessage;
import io.memberday.json.Nearest;
import io.memberday.message.Pieces;
import io.memberday.money.Money;
import io.memberday.playbook.FreeShipping;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Sizing;
import io.memberday.playbook.Store;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code offers} of a campaign. */
final class OfferReader {
    private static final int MOST_VALUE = 1000;
    private static final int MOST_SHARE = 1000;
    private static final int MOST_OFF = 90;
    private static final int HUNDRED = 100;
    private static final Duration MONTH = Duration.ofDays(30);

    private final Store store;
    private final ScheduleReader schedules;

    OfferReader(Store store, ScheduleReader schedules) {
        this.store = store;
        this.schedules = schedules;
    }

    List<Offer> read(Section campaign) {
        List<Offer> offers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : campaign.sections("offers")) {
            offers.add(offer(CampaignReader.id(section, ids), section));
            section.close();
        }
        return offers;
    }

    private Offer offer(String id, Section section) {
        Schedule on =
                schedules.anyDays(section)
                        ? schedules.read(section, LocalTime.MIN)
                        : new Schedule.Daily(LocalTime.MIN);
        if (on instanceof Schedule.Birthday) {
            section.error("birthday", "offers hold on days, not on members' birthdays");
        }
        Optional<Sizing> sizing = sizing(section);
        Optional<FreeShipping> freeShipping = freeShipping(section);
        Map<String, String> text = section.texts("text", store.language());
        if (!text.isEmpty() && !text.containsKey(store.language())) {
            section.error("text", "is missing in the store's language, " + store.language());
        }
        for (String words : text.values()) {
            lacking(slots(section, "text", words), sizing, freeShipping)
                    .forEach(mend -> section.error("text", mend));
        }
        return new Offer(
                id,
                on,
                section.whole("value", 0, MOST_VALUE, Optional.of(0)),
                text,
                sizing,
                freeShipping);
    }

    /** The variables that an offer's words name; none where they cannot be read, which is noted. */
    static Set<String> slots(Section section, String field, String words) {
        Set<String> names;
        try {
            names = Pieces.parse(words).names();
        } catch (IllegalArgumentException e) {
            section.error(field, e.getMessage());
            return Set.of();
        }
        Set<String> known = new TreeSet<>(Variables.MEMBER);
        known.addAll(OwnFigures.NAMES);
        known.add(RunMessage.BENEFIT);
        for (String name : names) {
            if (!known.contains(name)) {
                section.error(field, "unknown variable " + name + ": " + Nearest.mend(name, known));
            }
        }
        return names;
    }

    /** What a text names and an offer does not have. */
    static List<String> lacking(
            Set<String> names, Optional<Sizing> sizing, Optional<FreeShipping> freeShipping) {
        List<String> mends = new ArrayList<>();
        for (String name : List.of(OwnFigures.THRESHOLD, OwnFigures.REDUCTION)) {
            if (names.contains(name) && sizing.isEmpty()) {
                mends.add("{{%s}} needs a size: say how the offer is sized".formatted(name));
            }
        }
        if (names.contains(OwnFigures.FREE_SHIPPING) && freeShipping.isEmpty()) {
            mends.add(
                    "{{freeShipping}} needs its amount: write freeShipping: { over: \"80.00 CNY\""
                            + " }");
        }
        return mends;
    }

    private Optional<FreeShipping> freeShipping(Section offer) {
        if (!offer.has("freeShipping")) {
            offer.node("freeShipping");
            return Optional.empty();
        }
        Section section = offer.section("freeShipping", "write { over: \"80.00 CNY\" }");
        long over =
                section.required(
                        "over",
                        this::notNegative,
                        "write from which order it holds, like \"80.00 %s\"; 0.00 is every order"
                                .formatted(store.currency()),
                        0L);
        Duration justPaid = section.duration("justPaid", Optional.of(MONTH));
        if (justPaid.compareTo(store.horizon()) > 0) {
            section.error("justPaid", "is longer than the store's horizon");
        }
        section.close();
        return Optional.of(new FreeShipping(over, justPaid));
    }

    private long notNegative(String written) {
        Money money = Money.parse(written);
        if (money.minor() < 0 || !money.currency().equals(store.currency())) {
            throw new IllegalArgumentException("negative, or of another currency");
        }
        return money.minor();
    }

    private Optional<Sizing> sizing(Section offer) {
        if (!offer.has("size")) {
            offer.node("size");
            return Optional.empty();
        }
        Section size = offer.section("size", "give threshold and reduction");
        Section from =
                size.section(
                        "threshold",
                        "write { ofAverageOrder: 110%, atLeast: \"99.00 CNY\", atMost: \"999.00"
                                + " CNY\", roundTo: \"1.00 CNY\" }");
        Section off =
                size.section(
                        "reduction",
                        "write { ofAverageDiscount: 120%, atLeast: 5%, atMost: 20%, roundTo: \"1.00"
                                + " CNY\" }");
        Sizing sizing = new Sizing(threshold(from), reduction(off));
        bounds(from, off, sizing);
        from.close();
        off.close();
        size.close();
        return Optional.of(sizing);
    }

    private Sizing.Threshold threshold(Section section) {
        return new Sizing.Threshold(
                share(section, "ofAverageOrder", 1, MOST_SHARE),
                money(section, "atLeast"),
                money(section, "atMost"),
                money(section, "roundTo"));
    }

    private Sizing.Reduction reduction(Section section) {
        return new Sizing.Reduction(
                share(section, "ofAverageDiscount", 1, MOST_SHARE),
                share(section, "atLeast", 1, MOST_OFF),
                share(section, "atMost", 1, MOST_OFF),
                money(section, "roundTo"));
    }

    private static void bounds(Section from, Section off, Sizing sizing) {
        Sizing.Threshold threshold = sizing.threshold();
        Sizing.Reduction reduction = sizing.reduction();
        if (threshold.mostMinor() < threshold.leastMinor()) {
            from.error("atMost", "is less than atLeast: exchange them");
        }
        if (threshold.leastMinor() % threshold.stepMinor() != 0) {
            from.error("atLeast", "is not a whole number of roundTo: make it one");
        }
        if (threshold.mostMinor() % threshold.stepMinor() != 0) {
            from.error("atMost", "is not a whole number of roundTo: make it one");
        }
        if (reduction.mostPercent() < reduction.leastPercent()) {
            off.error("atMost", "is less than atLeast: exchange them");
        }
        // Rounded up, it must still leave something to pay.
        long left = threshold.leastMinor() * (HUNDRED - reduction.mostPercent()) / HUNDRED;
        if (reduction.stepMinor() > left) {
            off.error("roundTo", "could take off the whole threshold: round to less");
        }
    }

    private static int share(Section section, String name, int least, int most) {
        return section.required(
                name,
                text -> Section.bounded(text.replaceFirst("%$", ""), least, most),
                "write a share from %d%% to %d%%".formatted(least, most),
                least);
    }

    /** More than nothing; 1 stands in for what cannot be read. */
    private long money(Section section, String name) {
        if (!section.has(name)) {
            section.node(name);
            section.error(
                    name,
                    "is missing: write an amount like \"1.00 %s\"".formatted(store.currency()));
            return 1;
        }
        return section.money(name, store.currency())
                .map(Money::minor)
                .filter(minor -> minor > 0)
                .orElse(1L);
    }
}
