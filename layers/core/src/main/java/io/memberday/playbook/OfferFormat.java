package io.memberday.playbook;

import io.memberday.json.Fields;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The compiled form of offers. */
final class OfferFormat {
    private OfferFormat() {}

    static Map<String, Object> write(Offer offer) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", offer.id());
        object.put("on", ScheduleFormat.write(offer.on()));
        object.put("value", offer.value());
        object.put("text", new TreeMap<>(offer.text()));
        offer.sizing().ifPresent(sizing -> object.put("sizing", write(sizing)));
        offer.freeShipping()
                .ifPresent(
                        free -> {
                            object.put("freeShippingOver", free.overMinor());
                            object.put("justPaid", free.justPaid().toString());
                        });
        return object;
    }

    static Offer read(Fields fields) {
        return new Offer(
                fields.text("id"),
                ScheduleFormat.read(fields.object("on")),
                StoreFormat.whole(fields, "value"),
                StoreFormat.texts(fields.object("text")),
                fields.optionalObject("sizing").map(OfferFormat::sizing),
                fields.optionalText("justPaid")
                        .map(
                                justPaid ->
                                        new FreeShipping(
                                                minor(fields, "freeShippingOver"),
                                                Duration.parse(justPaid))));
    }

    private static Map<String, Object> write(Sizing sizing) {
        Sizing.Threshold from = sizing.threshold();
        Sizing.Reduction off = sizing.reduction();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("ofAverageOrder", from.percent());
        object.put("from", List.of(from.leastMinor(), from.mostMinor(), from.stepMinor()));
        object.put("ofAverageDiscount", off.percent());
        object.put("percent", List.of(off.leastPercent(), off.mostPercent()));
        object.put("step", off.stepMinor());
        return object;
    }

    private static Sizing sizing(Fields fields) {
        List<Long> from = wholes(fields, "from");
        List<Long> percent = wholes(fields, "percent");
        return new Sizing(
                new Sizing.Threshold(
                        StoreFormat.whole(fields, "ofAverageOrder"),
                        from.get(0),
                        from.get(1),
                        from.get(2)),
                new Sizing.Reduction(
                        StoreFormat.whole(fields, "ofAverageDiscount"),
                        Math.toIntExact(percent.get(0)),
                        Math.toIntExact(percent.get(1)),
                        minor(fields, "step")));
    }

    private static List<Long> wholes(Fields fields, String name) {
        return fields.list(name).stream()
                .map(each -> each instanceof Number number ? number.longValue() : 0L)
                .toList();
    }

    private static long minor(Fields fields, String name) {
        return fields.whole(name, 0, Long.MAX_VALUE);
    }
}
