package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.member.Stages;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.money.Money;
import io.memberday.money.Price;
import io.memberday.playbook.Logistics.Silent;
import io.memberday.playbook.Store.Caps;
import io.memberday.playbook.Store.ChannelPolicy;
import io.memberday.playbook.Store.Measuring;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The compiled form of the store and its tiers. Objects keep their fields' sequence. */
final class StoreFormat {
    private StoreFormat() {}

    static Map<String, Object> write(Store store) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", store.name());
        object.put("signature", store.signature());
        object.put("zone", store.zone().getId());
        object.put("currency", store.currency());
        object.put("country", store.country());
        object.put("language", store.language());
        object.put("channels", channels(store.channels()));
        object.put(
                "caps",
                List.of(store.caps().perDay(), store.caps().perWeek(), store.caps().perYear()));
        object.put("quietFrom", store.quietFrom().toString());
        object.put("quietTo", store.quietTo().toString());
        object.put("holdoutPercent", store.holdoutPercent());
        object.put("horizon", store.horizon().toString());
        Stages stages = store.stages();
        object.put("stages", List.of(stages.active(), stages.dormant(), stages.preChurn()));
        object.put("pointsPerUnit", store.pointsPerUnit());
        store.monthBudget().ifPresent(budget -> object.put("monthBudget", budget.toString()));
        object.put("optOut", new TreeMap<>(store.optOut()));
        object.put("signatures", new TreeMap<>(store.signatures()));
        object.put("placeholders", List.copyOf(new TreeSet<>(store.placeholders())));
        object.put("measuring", write(store.measuring()));
        store.approveAbove().ifPresent(most -> object.put("approveAbove", most));
        object.put("logistics", write(store.logistics()));
        return object;
    }

    static Store read(Fields fields) {
        List<Integer> caps = wholes(fields, "caps", 3);
        List<Integer> stages = wholes(fields, "stages", 3);
        return new Store(
                fields.text("name"),
                fields.text("signature"),
                ZoneId.of(fields.text("zone")),
                fields.text("currency"),
                fields.text("country"),
                fields.text("language"),
                channels(fields.object("channels")),
                new Caps(caps.get(0), caps.get(1), caps.get(2)),
                LocalTime.parse(fields.text("quietFrom")),
                LocalTime.parse(fields.text("quietTo")),
                whole(fields, "holdoutPercent"),
                Duration.parse(fields.text("horizon")),
                new Stages(stages.get(0), stages.get(1), stages.get(2)),
                whole(fields, "pointsPerUnit"),
                fields.optionalText("monthBudget").map(Money::parse),
                texts(fields.object("optOut")),
                texts(fields.object("signatures")),
                Set.copyOf(fields.texts("placeholders")),
                fields.has("measuring") ? measuring(fields.object("measuring")) : Measuring.USUAL,
                fields.optionalWhole("approveAbove", 0, Long.MAX_VALUE),
                fields.optionalObject("logistics")
                        .map(StoreFormat::logistics)
                        .orElse(Logistics.USUAL));
    }

    private static Map<String, Object> write(Measuring measuring) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("globalHoldoutPercent", measuring.globalHoldoutPercent());
        object.put("refundPeriod", measuring.refundPeriod().toString());
        object.put("buyersOfTenThousand", measuring.buyersOfTenThousand());
        return object;
    }

    private static Measuring measuring(Fields fields) {
        return new Measuring(
                whole(fields, "globalHoldoutPercent"),
                Duration.parse(fields.text("refundPeriod")),
                whole(fields, "buyersOfTenThousand"));
    }

    private static Map<String, Object> write(Logistics logistics) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("names", new TreeMap<>(logistics.names()));
        Silent silent = logistics.silent();
        object.put("silentShipped", silent.shipped().toString());
        object.put("silentInTransit", silent.inTransit().toString());
        object.put("silentArrived", silent.arrived().toString());
        object.put("massDelay", logistics.massDelay());
        return object;
    }

    private static Logistics logistics(Fields fields) {
        return new Logistics(
                texts(fields.object("names")),
                new Silent(
                        Duration.parse(fields.text("silentShipped")),
                        Duration.parse(fields.text("silentInTransit")),
                        Duration.parse(fields.text("silentArrived"))),
                whole(fields, "massDelay"));
    }

    private static Map<String, Object> channels(Map<Channel, ChannelPolicy> channels) {
        Map<String, Object> object = new LinkedHashMap<>();
        new EnumMap<>(channels)
                .forEach(
                        (channel, policy) -> {
                            Map<String, Object> written = new LinkedHashMap<>();
                            written.put("micros", policy.price().micros());
                            written.put("currency", policy.price().currency());
                            written.put("perSecond", policy.perSecond());
                            written.put("sender", policy.sender());
                            object.put(channel.key(), written);
                        });
        return object;
    }

    private static Map<Channel, ChannelPolicy> channels(Fields object) {
        Map<Channel, ChannelPolicy> channels = new EnumMap<>(Channel.class);
        for (String key : object.names()) {
            Fields policy = object.object(key);
            channels.put(
                    Channel.of(key),
                    new ChannelPolicy(
                            new Price(
                                    policy.whole("micros", 0, Long.MAX_VALUE),
                                    policy.text("currency")),
                            whole(policy, "perSecond"),
                            policy.optionalText("sender").orElse("")));
        }
        return Map.copyOf(channels);
    }

    static Map<String, Object> write(TierLadder ladder) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("window", ladder.window().toString());
        object.put("tiers", ladder.tiers().stream().map(StoreFormat::write).toList());
        ladder.valuableMinor().ifPresent(least -> object.put("valuableMinor", least));
        return object;
    }

    private static Map<String, Object> write(Tier tier) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", tier.id());
        object.put("name", tier.name());
        object.put("minor", tier.minor());
        object.put("count", tier.count());
        object.put("core", tier.core());
        object.put("discountPercent", tier.discountPercent());
        object.put("pointsPercent", tier.pointsPercent());
        return object;
    }

    static TierLadder ladder(Fields fields) {
        return new TierLadder(
                Duration.parse(fields.text("window")),
                fields.objects("tiers").stream().map(StoreFormat::tier).toList(),
                fields.has("valuableMinor")
                        ? Optional.of(fields.whole("valuableMinor", 0, Long.MAX_VALUE))
                        : Optional.empty());
    }

    private static Tier tier(Fields fields) {
        return new Tier(
                fields.text("id"),
                fields.text("name"),
                fields.whole("minor", 0, Long.MAX_VALUE),
                whole(fields, "count"),
                fields.optionalTruth("core").orElse(false),
                whole(fields, "discountPercent"),
                whole(fields, "pointsPercent"));
    }

    static Map<String, Object> write(Benefits benefits) {
        Map<String, Object> object = new TreeMap<>();
        benefits.texts().forEach((tier, texts) -> object.put(tier, new TreeMap<>(texts)));
        return object;
    }

    static Map<String, Object> write(Coupon coupon) {
        Map<String, Object> object = new TreeMap<>();
        object.put("id", coupon.id());
        object.put("minor", coupon.minor());
        object.put("overMinor", coupon.overMinor());
        object.put("downTo", new TreeMap<>(coupon.downTo()));
        object.put("validFor", coupon.validFor().toString());
        object.put("once", coupon.once());
        return object;
    }

    static Coupon coupon(Fields fields) {
        Map<String, Long> downTo = new TreeMap<>();
        Fields prices = fields.object("downTo");
        prices.names()
                .forEach(product -> downTo.put(product, prices.whole(product, 0, Long.MAX_VALUE)));
        return new Coupon(
                fields.text("id"),
                fields.whole("minor", 0, Long.MAX_VALUE),
                fields.whole("overMinor", 0, Long.MAX_VALUE),
                downTo,
                Duration.parse(fields.text("validFor")),
                fields.optionalTruth("once").orElse(false));
    }

    static Benefits benefits(Fields object) {
        Map<String, Map<String, String>> benefits = new TreeMap<>();
        object.names().forEach(tier -> benefits.put(tier, texts(object.object(tier))));
        return new Benefits(benefits);
    }

    /** Texts by language. */
    static Map<String, String> texts(Fields object) {
        Map<String, String> texts = new TreeMap<>();
        object.names().forEach(name -> texts.put(name, object.text(name)));
        return Map.copyOf(texts);
    }

    static int whole(Fields fields, String name) {
        return Math.toIntExact(fields.whole(name, 0, Integer.MAX_VALUE));
    }

    private static List<Integer> wholes(Fields fields, String name, int many) {
        List<Integer> wholes =
                fields.list(name).stream()
                        .filter(Integer.class::isInstance)
                        .map(Integer.class::cast)
                        .toList();
        if (wholes.size() != many) {
            throw fields.bad(name, "must be a list of " + many + " whole numbers");
        }
        return wholes;
    }
}
