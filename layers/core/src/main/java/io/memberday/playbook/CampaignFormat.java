package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.money.Money;
import io.memberday.segment.Segments;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The compiled form of campaigns and touchpoints. Objects keep their fields' sequence. */
final class CampaignFormat {
    private CampaignFormat() {}

    static Map<String, Object> write(Campaign campaign) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", campaign.id());
        object.put("kind", campaign.kind().key());
        object.put("value", campaign.value());
        object.put("schedules", campaign.schedules().stream().map(CampaignFormat::write).toList());
        object.put("window", campaign.window().toString());
        object.put("segment", campaign.segment().compiled());
        object.put("send", write(campaign.send()));
        object.put("holdoutPercent", campaign.holdoutPercent());
        object.put("attribution", campaign.attribution().toString());
        campaign.budget().ifPresent(budget -> object.put("budget", budget.toString()));
        object.put("offers", campaign.offers().stream().map(CampaignFormat::write).toList());
        object.put("optOut", campaign.optOut());
        return object;
    }

    static Campaign read(Fields fields) {
        return new Campaign(
                fields.text("id"),
                Kind.of(fields.text("kind")),
                StoreFormat.whole(fields, "value"),
                fields.objects("schedules").stream().map(CampaignFormat::schedule).toList(),
                Duration.parse(fields.text("window")),
                Segments.read(fields.object("segment").asMap()),
                send(fields.objects("send")),
                StoreFormat.whole(fields, "holdoutPercent"),
                Duration.parse(fields.text("attribution")),
                fields.optionalText("budget").map(Money::parse),
                fields.objects("offers").stream().map(CampaignFormat::offer).toList(),
                fields.optionalTruth("optOut").orElse(true));
    }

    static Map<String, Object> write(Touchpoint touchpoint) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", touchpoint.id());
        object.put("kind", touchpoint.kind().key());
        object.put("on", touchpoint.on().key());
        object.put("after", touchpoint.after().toString());
        object.put("validFor", touchpoint.validFor().toString());
        object.put("leastMinor", touchpoint.leastMinor());
        object.put("send", write(touchpoint.send()));
        return object;
    }

    static Touchpoint touchpoint(Fields fields) {
        return new Touchpoint(
                fields.text("id"),
                Kind.of(fields.text("kind")),
                Touchpoint.Trigger.of(fields.text("on")),
                Duration.parse(fields.text("after")),
                Duration.parse(fields.text("validFor")),
                fields.whole("leastMinor", 0, Long.MAX_VALUE),
                send(fields.objects("send")));
    }

    private static List<Map<String, Object>> write(List<Campaign.Send> send) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Campaign.Send one : send) {
            written.add(Map.of(one.channel().key(), one.template()));
        }
        return written;
    }

    private static List<Campaign.Send> send(List<Fields> written) {
        List<Campaign.Send> send = new ArrayList<>();
        for (Fields one : written) {
            for (String channel : one.names()) {
                send.add(new Campaign.Send(Channel.of(channel), one.text(channel)));
            }
        }
        return send;
    }

    private static Map<String, Object> write(Offer offer) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", offer.id());
        object.put("on", write(offer.on()));
        object.put("value", offer.value());
        object.put("text", new TreeMap<>(offer.text()));
        return object;
    }

    private static Offer offer(Fields fields) {
        return new Offer(
                fields.text("id"),
                schedule(fields.object("on")),
                StoreFormat.whole(fields, "value"),
                StoreFormat.texts(fields.object("text")));
    }

    private static Map<String, Object> write(Schedule schedule) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (schedule) {
            case Schedule.Weekly weekly ->
                    object.put("weekly", weekly.day().name().toLowerCase(Locale.ROOT));
            case Schedule.Monthly monthly -> object.put("monthly", monthly.day());
            case Schedule.Coincident both -> {
                object.put("weekly", both.weekday().name().toLowerCase(Locale.ROOT));
                object.put("monthly", both.day());
            }
            case Schedule.On on -> object.put("date", on.date().toString());
        }
        object.put("at", schedule.at().toString());
        return object;
    }

    private static Schedule schedule(Fields fields) {
        LocalTime at = LocalTime.parse(fields.text("at"));
        if (fields.has("weekly")) {
            DayOfWeek day = DayOfWeek.valueOf(fields.text("weekly").toUpperCase(Locale.ROOT));
            return fields.has("monthly")
                    ? new Schedule.Coincident(day, StoreFormat.whole(fields, "monthly"), at)
                    : new Schedule.Weekly(day, at);
        }
        if (fields.has("monthly")) {
            return new Schedule.Monthly(StoreFormat.whole(fields, "monthly"), at);
        }
        return new Schedule.On(LocalDate.parse(fields.text("date")), at);
    }
}
