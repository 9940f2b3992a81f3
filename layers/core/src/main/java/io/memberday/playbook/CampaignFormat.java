package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.money.Money;
import io.memberday.segment.PaidDays;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The compiled form of campaigns. Objects keep their fields' sequence. */
final class CampaignFormat {
    private CampaignFormat() {}

    static Map<String, Object> write(Campaign campaign) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", campaign.id());
        campaign.wave().ifPresent(wave -> object.put("wave", wave));
        object.put("kind", campaign.kind().key());
        object.put("value", campaign.value());
        object.put("schedules", campaign.schedules().stream().map(ScheduleFormat::write).toList());
        object.put("times", write(campaign.times()));
        object.put("segment", campaign.segment().compiled());
        object.put("send", write(campaign.send()));
        object.put("holdoutPercent", campaign.holdoutPercent());
        object.put("attribution", campaign.attribution().toString());
        campaign.budget().ifPresent(budget -> object.put("budget", budget.toString()));
        object.put("offers", campaign.offers().stream().map(OfferFormat::write).toList());
        object.put("optOut", campaign.optOut());
        if (!campaign.variants().isEmpty()) {
            object.put(
                    "variants", campaign.variants().stream().map(CampaignFormat::write).toList());
        }
        if (!campaign.compared().isEmpty()) {
            object.put(
                    "compared",
                    campaign.compared().entrySet().stream().map(CampaignFormat::write).toList());
        }
        campaign.over().ifPresent(over -> object.put("over", write(over)));
        campaign.issues().ifPresent(coupon -> object.put("issues", StoreFormat.write(coupon)));
        return object;
    }

    private static Map<String, Object> write(OrderAudience over) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("from", over.paid().from());
        object.put("to", over.paid().to());
        object.put("where", over.where().compiled());
        return object;
    }

    private static OrderAudience over(Fields fields) {
        return new OrderAudience(
                new PaidDays(fields.text("from"), fields.text("to")),
                Segments.read(fields.object("where").asMap()));
    }

    static Campaign read(Fields fields) {
        return new Campaign(
                fields.text("id"),
                fields.optionalText("wave"),
                Kind.of(fields.text("kind")),
                StoreFormat.whole(fields, "value"),
                fields.objects("schedules").stream().map(ScheduleFormat::read).toList(),
                times(fields.object("times")),
                Segments.read(fields.object("segment").asMap()),
                send(fields.objects("send")),
                StoreFormat.whole(fields, "holdoutPercent"),
                Duration.parse(fields.text("attribution")),
                fields.optionalText("budget").map(Money::parse),
                fields.objects("offers").stream().map(OfferFormat::read).toList(),
                fields.optionalTruth("optOut").orElse(true),
                fields.has("variants")
                        ? fields.objects("variants").stream().map(CampaignFormat::variant).toList()
                        : List.of(),
                fields.has("compared") ? compared(fields.objects("compared")) : Map.of(),
                fields.optionalObject("over").map(CampaignFormat::over),
                fields.optionalObject("issues").map(StoreFormat::coupon));
    }

    private static Map<String, Object> write(Variant variant) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", variant.id());
        object.put("weight", variant.weight());
        object.put("send", write(variant.send()));
        object.put("offer", new TreeMap<>(variant.offer()));
        return object;
    }

    private static Variant variant(Fields fields) {
        return new Variant(
                fields.text("id"),
                StoreFormat.whole(fields, "weight"),
                send(fields.objects("send")),
                StoreFormat.texts(fields.object("offer")));
    }

    /** In a list: their sequence says which bit of a mark is whose. */
    private static Map<String, Object> write(Map.Entry<String, Segment> compared) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", compared.getKey());
        object.put("segment", compared.getValue().compiled());
        return object;
    }

    private static Map<String, Segment> compared(List<Fields> written) {
        Map<String, Segment> compared = new LinkedHashMap<>();
        written.forEach(
                one ->
                        compared.put(
                                one.text("name"), Segments.read(one.object("segment").asMap())));
        return compared;
    }

    private static Map<String, Object> write(SendTimes times) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("window", times.window().toString());
        object.put("local", times.local());
        object.put("drops", times.drops());
        object.put("others", times.others().stream().map(CampaignFormat::write).toList());
        return object;
    }

    private static Map<String, Object> write(SendTimes.Other other) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("segment", other.segment().compiled());
        object.put("daysBefore", other.daysBefore());
        object.put("at", other.at().toString());
        object.put("window", other.window().toString());
        return object;
    }

    private static SendTimes.Other other(Fields fields) {
        return new SendTimes.Other(
                Segments.read(fields.object("segment").asMap()),
                StoreFormat.whole(fields, "daysBefore"),
                LocalTime.parse(fields.text("at")),
                Duration.parse(fields.text("window")));
    }

    private static SendTimes times(Fields fields) {
        return new SendTimes(
                Duration.parse(fields.text("window")),
                fields.optionalTruth("local").orElse(false),
                fields.objects("others").stream().map(CampaignFormat::other).toList(),
                fields.optionalTruth("drops").orElse(false));
    }

    static List<Map<String, Object>> write(List<Campaign.Send> send) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Campaign.Send one : send) {
            written.add(Map.of(one.channel().key(), one.template()));
        }
        return written;
    }

    static List<Campaign.Send> send(List<Fields> written) {
        List<Campaign.Send> send = new ArrayList<>();
        for (Fields one : written) {
            for (String channel : one.names()) {
                send.add(new Campaign.Send(Channel.of(channel), one.text(channel)));
            }
        }
        return send;
    }
}
