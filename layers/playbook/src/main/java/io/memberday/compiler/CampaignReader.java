package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Store;
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

    private final Store store;
    private final SegmentReader segments;

    CampaignReader(Store store, SegmentReader segments) {
        this.store = store;
        this.segments = segments;
    }

    /** What was read, with the place for checks that follow. */
    record Read(Section section, Campaign campaign) {}

    List<Read> read(List<Section> sections) {
        List<Read> campaigns = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : sections) {
            String id = id(section, ids);
            campaigns.add(campaign(id, section.named(id)));
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

    private Read campaign(String id, Section section) {
        section.node("id");
        List<Schedule> schedules = schedules(section);
        Optional<LocalDate> last =
                schedules.stream()
                        .filter(Schedule.On.class::isInstance)
                        .map(on -> ((Schedule.On) on).date())
                        .max(LocalDate::compareTo);
        Segment segment = segments.of(section, "segment", last);
        Kind kind = section.word("kind", KINDS, Kind.MARKETING);
        int value = section.whole("value", 0, MOST_VALUE, Optional.of(0));
        Duration window = section.duration("window", Optional.empty());
        List<Campaign.Send> send = send(section);
        int holdout = section.percent("holdout", MOST_HOLDOUT, store.holdoutPercent());
        Duration attribution = section.duration("attribution", Optional.empty());
        if (attribution.compareTo(Duration.ofDays(60)) > 0 || attribution.isZero()) {
            section.error("attribution", "count orders for up to 60d, and for some time");
        }
        var budget = section.money("budget", store.currency());
        List<Offer> offers = offers(section);
        boolean optOut = section.word("optOut", Map.of("store", true, "none", false), true);
        section.close();
        return new Read(
                section,
                new Campaign(
                        id,
                        kind,
                        value,
                        schedules,
                        window,
                        segment,
                        send,
                        holdout,
                        attribution,
                        budget,
                        offers,
                        optOut));
    }

    private static List<Schedule> schedules(Section section) {
        List<Schedule> schedules = new ArrayList<>();
        for (Section one : section.sections("schedule")) {
            schedules.add(ScheduleReader.read(one, one.time("at")));
            one.close();
        }
        if (schedules.isEmpty()) {
            section.error("schedule", "say when, such as { weekly: FRI, at: \"10:00\" }");
        }
        return schedules;
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

    private List<Offer> offers(Section section) {
        List<Offer> offers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section one : section.sections("offers")) {
            String id = id(one, ids);
            Schedule on = ScheduleReader.read(one, LocalTime.MIN);
            Map<String, String> text = one.texts("text", store.language());
            if (!text.containsKey(store.language())) {
                one.error("text", "is missing in the store's language, " + store.language());
            }
            offers.add(new Offer(id, on, one.whole("value", 0, MOST_VALUE, Optional.of(0)), text));
            one.close();
        }
        return offers;
    }
}
