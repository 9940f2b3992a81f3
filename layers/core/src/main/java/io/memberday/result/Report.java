package io.memberday.result;

import io.memberday.file.SafeCsv;
import io.memberday.money.Money;
import io.memberday.result.CampaignResult.Deliveries;
import io.memberday.result.CampaignResult.Touches;
import io.memberday.result.Uplift.Difference;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A result as data: JSON for programs and CSV for spreadsheets, with the same names in both. */
public final class Report {
    private static final int MICROS = 6;

    private Report() {}

    /**
     * The result as a JSON object. What the providers have not reported yet is null, not 0; amounts
     * are decimals in the store's currency.
     */
    public static Map<String, Object> json(CampaignResult result) {
        Map<String, Object> json = summary(result);
        json.put("failed", result.touches().failed());
        json.put("bouncedBy", bouncedBy(result));
        json.put("suppressed", result.touches().suppressed());
        json.put("excluded", result.excluded());
        json.put(
                "uplift",
                result.uplift().map(uplift -> uplift(result, result.sent(), uplift)).orElse(null));
        json.put("days", result.days().stream().map(day -> day(result, day)).toList());
        json.put("groups", result.groups().stream().map(group -> group(result, group)).toList());
        json.put("versus", result.versus().stream().map(one -> versus(result, one)).toList());
        json.put("templates", result.lines().stream().map(line -> line(result, line)).toList());
        json.put("remarks", Remarks.of(result));
        return json;
    }

    /**
     * The result in rows of {@code part, item, measure, value}: a form that pivot tables take as it
     * is.
     */
    public static byte[] csv(CampaignResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(bytes)) {
            csv.row(List.of("part", "item", "measure", "value"));
            rows(csv, "summary", "", summary(result));
            rows(csv, "failed", "", result.touches().failed());
            rows(csv, "bounced", "", bouncedBy(result));
            rows(csv, "suppressed", "", result.touches().suppressed());
            rows(csv, "excluded", "", result.excluded());
            result.uplift()
                    .ifPresent(
                            uplift ->
                                    rows(csv, "uplift", "", uplift(result, result.sent(), uplift)));
            each(csv, "day", result.days(), day -> day(result, day));
            for (Group group : result.groups()) {
                Map<String, Object> values = group(result, group);
                values.keySet().removeAll(List.of("by", "name"));
                rows(csv, group.key().by().key(), group.key().name(), values);
            }
            for (Group.Versus versus : result.versus()) {
                Map<String, Object> values = versus(result, versus);
                values.keySet().removeAll(List.of("variant", "than"));
                rows(csv, "versus " + versus.than(), versus.variant(), values);
            }
            each(csv, "template", result.lines(), line -> line(result, line));
            Remarks.of(result).forEach(remark -> csv.row(List.of("remark", "", "", remark)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> summary(CampaignResult result) {
        Touches touches = result.touches();
        String currency = result.terms().currency();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", result.run().id());
        values.put("campaign", result.run().campaign());
        values.put("at", result.run().at().toString());
        values.put("computedAt", result.computedAt().toString());
        values.put("finished", result.progress().finished());
        values.put("settled", result.settled());
        values.put("settledAt", result.settledAt().toString());
        values.put("currency", currency);
        values.put("members", touches.members());
        values.put("sent", touches.sent());
        values.put("failedInAll", Touches.total(touches.failed()));
        values.put("unknown", touches.unknown());
        values.put("suppressedInAll", Touches.total(touches.suppressed()));
        values.put("heldOut", touches.heldOut());
        values.put("open", touches.open());
        values.put("sum", sum(touches));
        values.put("delivered", fedBack(result, Deliveries::delivered));
        values.put("bounced", fedBack(result, Deliveries::bounced));
        values.put("complained", fedBack(result, Deliveries::complained));
        result.feedback()
                .flatMap(Deliveries::bill)
                .ifPresent(
                        bill -> {
                            values.put("billedMessages", bill.messages());
                            values.put("billedParts", bill.parts());
                            values.put(
                                    "billedUsd", BigDecimal.valueOf(bill.microDollars(), MICROS));
                        });
        values.put("parts", touches.parts());
        values.put("cost", cost(touches.costMicros()));
        values.put("attribution", result.terms().attribution().toString());
        values.put("buyers", result.sent().buyers());
        values.put("orders", result.sent().orders());
        values.put("amount", amount(result.sent().minor(), currency));
        values.put("conversion", Figures.percent(result.sent().buyers(), touches.sent()));
        values.put("roi", Figures.ratio(result.sent().minor(), touches.costMicros(), currency));
        values.put("heldOutBuyers", result.held().buyers());
        values.put("heldOutAmount", amount(result.held().minor(), currency));
        return values;
    }

    /** P5's sum as it stands: {@code 90 sent + 1 failed + … = 100 members}. */
    static String sum(Touches touches) {
        String terms =
                "%s sent + %s failed + %s unknown + %s suppressed + %s held out"
                        .formatted(
                                Figures.count(touches.sent()),
                                Figures.count(Touches.total(touches.failed())),
                                Figures.count(touches.unknown()),
                                Figures.count(Touches.total(touches.suppressed())),
                                Figures.count(touches.heldOut()));
        String open =
                touches.open() == 0 ? "" : " + " + Figures.count(touches.open()) + " still open";
        return terms + open + " = " + Figures.count(touches.members()) + " members";
    }

    static Map<String, Long> bouncedBy(CampaignResult result) {
        return result.feedback().map(Deliveries::bouncedBy).orElse(Map.of());
    }

    private static @Nullable Long fedBack(
            CampaignResult result, Function<Deliveries, Long> figure) {
        return result.feedback().map(figure).orElse(null);
    }

    private static Map<String, Object> uplift(CampaignResult result, Uplift uplift) {
        Map<String, Object> values = new LinkedHashMap<>();
        String currency = result.terms().currency();
        values.put("conversionPoints", Figures.points(uplift.conversion().value()));
        values.put("conversionInterval", interval(uplift.conversion(), Figures::points));
        values.put("conversionTold", uplift.conversion().told());
        Function<Double, String> money = minor -> Figures.difference(minor, currency);
        values.put("revenuePerMember", money.apply(uplift.revenue().value()));
        values.put("revenueInterval", interval(uplift.revenue(), money));
        values.put("revenueTold", uplift.revenue().told());
        return values;
    }

    /** What the sent members brought beyond what they would have without the message. */
    private static Map<String, Object> uplift(CampaignResult result, Arm sent, Uplift uplift) {
        String currency = result.terms().currency();
        Map<String, Object> values = uplift(result, uplift);
        Function<Double, String> inAll =
                minor -> Figures.difference(minor * sent.members(), currency);
        values.put("extraAmount", inAll.apply(uplift.revenue().value()));
        values.put("extraInterval", interval(uplift.revenue(), inAll));
        return values;
    }

    private static Map<String, Object> group(CampaignResult result, Group group) {
        String currency = result.terms().currency();
        Arm sent = group.sent();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("by", group.key().by().key());
        values.put("name", group.key().name());
        values.put("sent", sent.members());
        values.put("parts", group.parts());
        values.put("cost", cost(group.costMicros()));
        values.put("buyers", sent.buyers());
        values.put("orders", sent.orders());
        values.put("amount", amount(sent.minor(), currency));
        values.put("conversion", Figures.percent(sent.buyers(), sent.members()));
        values.put("roi", Figures.ratio(sent.minor(), group.costMicros(), currency));
        values.put("heldOut", group.held().members());
        values.put("heldOutBuyers", group.held().buyers());
        values.put("heldOutAmount", amount(group.held().minor(), currency));
        group.uplift().ifPresent(uplift -> values.putAll(uplift(result, sent, uplift)));
        return values;
    }

    private static Map<String, Object> versus(CampaignResult result, Group.Versus versus) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("variant", versus.variant());
        values.put("than", versus.than());
        values.putAll(uplift(result, versus.difference()));
        return values;
    }

    /** {@code +0.12 to +0.45}, or that there are too few for an interval. */
    static String interval(Difference difference, Function<Double, String> print) {
        return difference
                .interval()
                .map(range -> print.apply(range.low()) + " to " + print.apply(range.high()))
                .orElse("too few");
    }

    private static Map<String, Object> day(CampaignResult result, CampaignResult.Day day) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("date", day.date().toString());
        values.put("sent", day.sent());
        values.put("buyers", day.buyers());
        values.put("orders", day.orders());
        values.put("amount", amount(day.minor(), result.terms().currency()));
        return values;
    }

    private static Map<String, Object> line(CampaignResult result, CampaignResult.Line line) {
        String currency = result.terms().currency();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", line.channel().key() + " " + line.template());
        values.put("sent", line.sent());
        values.put("parts", line.parts());
        values.put("cost", cost(line.costMicros()));
        values.put("buyers", line.buyers());
        values.put("orders", line.orders());
        values.put("amount", amount(line.minor(), currency));
        values.put("conversion", Figures.percent(line.buyers(), line.sent()));
        values.put("roi", Figures.ratio(line.minor(), line.costMicros(), currency));
        return values;
    }

    private static <T> void each(
            SafeCsv csv, String part, List<T> items, Function<T, Map<String, Object>> values) {
        for (T item : items) {
            List<Map.Entry<String, Object>> measures =
                    new ArrayList<>(values.apply(item).entrySet());
            String name = String.valueOf(measures.removeFirst().getValue());
            measures.forEach(measure -> row(csv, part, name, measure));
        }
    }

    private static void rows(SafeCsv csv, String part, String item, Map<String, ?> values) {
        values.entrySet().forEach(measure -> row(csv, part, item, measure));
    }

    private static void row(SafeCsv csv, String part, String item, Map.Entry<String, ?> measure) {
        Object value = measure.getValue();
        csv.row(
                List.of(
                        part,
                        item,
                        measure.getKey(),
                        value == null ? Figures.NOTHING : value.toString()));
    }

    private static BigDecimal amount(long minor, String currency) {
        return new BigDecimal(new Money(minor, currency).decimal());
    }

    /** Exact: an email costs less than the minor unit. */
    private static BigDecimal cost(long micros) {
        BigDecimal plain = BigDecimal.valueOf(micros, MICROS).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
