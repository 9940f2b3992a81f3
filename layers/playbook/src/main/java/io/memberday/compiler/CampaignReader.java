package io.memberday.compiler;

import io.memberday.campaign.Marks;
import io.memberday.json.Nearest;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Offer;
import io.memberday.playbook.OrderAudience;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;
import io.memberday.playbook.Store;
import io.memberday.playbook.Variant;
import io.memberday.segment.Segment;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code campaigns.yaml}. */
final class CampaignReader {
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    static final Map<String, Kind> KINDS =
            Map.of(Kind.MARKETING.key(), Kind.MARKETING, Kind.SERVICE.key(), Kind.SERVICE);
    private static final int MOST_HOLDOUT = 90;
    private static final int MOST_VALUE = 1000;
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(15);

    private final Store store;
    private final Map<String, Coupon> coupons;
    private final SegmentReader segments;
    private final ScheduleReader schedules;
    private final VariantReader variants;

    /**
     * @param coupons that they may issue, by id
     */
    CampaignReader(
            Store store, SegmentReader segments, Festivals festivals, Map<String, Coupon> coupons) {
        this.store = store;
        this.coupons = coupons;
        this.segments = segments;
        this.schedules = new ScheduleReader(festivals);
        this.variants = new VariantReader(store.language());
    }

    /** What was read, with the places for checks that follow. */
    record Read(Section section, Campaign campaign, Map<Variant, Section> variants) {}

    List<Read> read(List<Section> sections) {
        List<Read> campaigns = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : sections) {
            String id = id(section, ids);
            Section named = section.named(id);
            named.node("id");
            campaigns.addAll(
                    named.node("waves").isPresent()
                            ? waves(id, named)
                            : List.of(single(id, named)));
            named.close();
        }
        return campaigns;
    }

    static String id(Section section, Set<String> taken) {
        String id = section.text("id", "write an id like member-day");
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            section.error("id", "write it in lower case letters, digits and dashes");
        }
        if (!taken.add(id)) {
            section.error("id", "is there twice: ids must differ");
        }
        return id;
    }

    private Read single(String id, Section section) {
        return read(id, Optional.empty(), section, section, schedules(section));
    }

    /** Each wave of a promotion: it has its own day, time, audience and text. */
    private List<Read> waves(String id, Section section) {
        for (String name :
                List.of(
                        "window",
                        "segment",
                        "over",
                        "paid",
                        "where",
                        "sendAt",
                        "send",
                        "variants",
                        "budget")) {
            if (section.has(name)) {
                section.node(name);
                section.error(name, "write it in each wave: each is a run of its own");
            }
        }
        List<Read> waves = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section one : section.sections("waves")) {
            String wave = id(one, ids);
            Section named = one.named(id + "#" + wave);
            named.node("id");
            Schedule schedule = waveDay(section, named);
            waves.add(read(id, Optional.of(wave), section, named, List.of(schedule)));
        }
        if (waves.isEmpty()) {
            section.error(
                    "waves", "list them, each with id, daysBefore, at, window, segment, send");
        }
        return waves;
    }

    private Schedule waveDay(Section section, Section wave) {
        LocalTime at = wave.time("at");
        int before = ScheduleReader.daysBefore(wave);
        if (!wave.has("daysBefore")) {
            wave.error("daysBefore", "is missing: say how many days before the promotion, 0 to 60");
        }
        Section day = section.section("schedule", "say when the promotion is: yearly: \"11-11\"");
        Schedule promotion = schedules.read(day, at);
        day.close();
        if (!ScheduleReader.dated(promotion)) {
            section.error(
                    "schedule", "waves count back from one day: a date, yearly or a festival");
        }
        return new Schedule.Before(promotion, before);
    }

    /**
     * @param common what all waves share
     * @param own the wave's; the same section where there are no waves
     */
    private Read read(
            String id,
            Optional<String> wave,
            Section common,
            Section own,
            List<Schedule> schedule) {
        Optional<LocalDate> last =
                schedule.stream()
                        .flatMap(one -> ScheduleReader.last(one).stream())
                        .max(LocalDate::compareTo);
        Optional<OrderAudience> over = new OrderAudienceReader(segments).read(own, last);
        Segment segment =
                over.isPresent() && !own.has("segment")
                        ? segments.everybody()
                        : segments.of(own, "segment", last);
        Kind kind = common.word("kind", KINDS, Kind.MARKETING);
        int value = either(own, common, "value").whole("value", 0, MOST_VALUE, Optional.of(0));
        Duration window = own.duration("window", Optional.empty());
        if (window.compareTo(SHORTEST_WINDOW) < 0) {
            own.error("window", "give it 15m at least: so often the calendar is looked at");
        }
        SendTimes times =
                new SendTimes(
                        window,
                        either(own, common, "clock")
                                .word("clock", Map.of("store", false, "member", true), false),
                        others(own, last, window),
                        either(own, common, "outsideHours")
                                .word("outsideHours", Map.of("wait", false, "drop", true), false));
        if (times.others().stream().anyMatch(other -> other.daysBefore() > 0)
                && !schedule.stream().allMatch(ScheduleReader::dated)) {
            own.error("sendAt", "daysBefore counts back from a date, yearly or a festival only");
        }
        VariantReader.Read spoken = variants.read(own);
        Map<String, Segment> compared =
                segments.listed(
                        either(own, common, "compare"), "compare", Marks.MOST_SEGMENTS, last);
        // One control group for all waves: a share of its own would make another.
        int holdout = common.percent("holdout", MOST_HOLDOUT, store.holdoutPercent());
        Duration attribution =
                either(own, common, "attribution").duration("attribution", Optional.empty());
        if (attribution.compareTo(Duration.ofDays(60)) > 0 || attribution.isZero()) {
            either(own, common, "attribution")
                    .error("attribution", "count orders for up to 60d, and for some time");
        }
        var budget = own.money("budget", store.currency());
        List<Offer> offers = new OfferReader(store, schedules).read(common);
        if (offers.isEmpty()) {
            spoken.variants()
                    .forEach(
                            (variant, place) -> {
                                if (!variant.offer().isEmpty()) {
                                    place.error(
                                            "offer",
                                            "the campaign has no offers to be told in other words:"
                                                    + " add offers to it");
                                }
                            });
        }
        spoken.variants()
                .forEach(
                        (variant, place) ->
                                offers.forEach(offer -> figures(variant, place, offer)));
        boolean optOut =
                either(own, common, "optOut")
                        .word("optOut", Map.of("store", true, "none", false), true);
        Section issuing = either(own, common, CouponReader.ISSUES);
        Optional<Coupon> issues = CouponReader.named(issuing, CouponReader.ISSUES, coupons);
        if (over.isEmpty() && issues.filter(Coupon::isDifference).isPresent()) {
            issuing.error(
                    CouponReader.ISSUES, "a difference follows from orders: write over: orders");
        }
        if (wave.isPresent()) {
            own.close();
        }
        return new Read(
                own,
                new Campaign(
                        id,
                        wave,
                        kind,
                        value,
                        schedule,
                        times,
                        segment,
                        spoken.send(),
                        holdout,
                        attribution,
                        budget,
                        offers,
                        optOut,
                        spoken.list(),
                        compared,
                        over,
                        issues),
                spoken.variants());
    }

    /** Segments with a time of their own. */
    private List<SendTimes.Other> others(
            Section section, Optional<LocalDate> last, Duration usual) {
        List<SendTimes.Other> others = new ArrayList<>();
        for (Section one : section.sections("sendAt")) {
            Duration window =
                    one.node("window").isPresent()
                            ? one.duration("window", Optional.empty())
                            : usual;
            if (window.compareTo(SHORTEST_WINDOW) < 0) {
                one.error("window", "give it 15m at least: so often the calendar is looked at");
            }
            others.add(
                    new SendTimes.Other(
                            segments.of(one, "segment", last),
                            ScheduleReader.daysBefore(one),
                            one.time("at"),
                            window));
            one.close();
        }
        return others;
    }

    /** What an offer in a variant's words names must be known of the offer. */
    private static void figures(Variant variant, Section place, Offer offer) {
        for (String words : variant.offer().values()) {
            OfferReader.lacking(
                            OfferReader.slots(place, "offer", words),
                            offer.sizing(),
                            offer.freeShipping())
                    .forEach(mend -> place.error("offer", mend));
        }
    }

    private static Section either(Section own, Section common, String name) {
        return own.node(name).isPresent() ? own : common;
    }

    private List<Schedule> schedules(Section section) {
        List<Schedule> read = new ArrayList<>();
        for (Section one : section.sections("schedule")) {
            read.add(schedules.read(one, one.time("at")));
            one.close();
        }
        if (read.isEmpty()) {
            section.error("schedule", "say when, such as { weekly: FRI, at: \"10:00\" }");
        }
        if (read.size() > 1 && read.stream().anyMatch(Schedule.Birthday.class::isInstance)) {
            section.error("schedule", "a birthday stands alone: make another campaign of the rest");
        }
        return read;
    }

    static List<Campaign.Send> send(Section section) {
        List<String> known = Arrays.stream(Channel.values()).map(Channel::key).toList();
        List<Campaign.Send> send = new ArrayList<>();
        for (Section one : section.sections("send")) {
            for (String channel : one.names()) {
                String template = one.text(channel, "name a template");
                if (known.contains(channel)) {
                    send.add(new Campaign.Send(Channel.of(channel), template));
                } else {
                    one.error(channel, "unknown channel: " + Nearest.mend(channel, known));
                }
            }
        }
        if (send.isEmpty()) {
            section.error("send", "say what to send, such as { sms: member-day }");
        }
        return send;
    }
}
