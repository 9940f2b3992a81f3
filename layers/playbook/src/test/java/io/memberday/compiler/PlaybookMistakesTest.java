package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each mistake is made in an otherwise right playbook, and must be found with its place and mend.
 */
final class PlaybookMistakesTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                // file, what stands there, what is written instead, line, mistake
                wrong(
                        "store.yaml",
                        "horizon: 400d",
                        "horison: 400d",
                        14,
                        "horison: unknown field: did you mean horizon?"),
                wrong(
                        "store.yaml",
                        "Asia/Shanghai",
                        "Asia/Shangai",
                        5,
                        "zone: did you mean Asia/Shanghai? (found: Asia/Shangai)"),
                wrong(
                        "store.yaml",
                        "zone: Asia/Shanghai",
                        "zone: Beijing time",
                        5,
                        "zone: write an IANA zone like Asia/Shanghai"),
                wrong(
                        "store.yaml",
                        "name: Shop\n",
                        "",
                        1,
                        "name: is missing: write the store's name"),
                wrong(
                        "store.yaml",
                        "\"0.05 CNY\"",
                        "\"-0.05 CNY\"",
                        8,
                        "channels.sms.price: cannot be below nothing (found: -0.05 CNY)"),
                wrong(
                        "store.yaml",
                        "\"0.05 CNY\"",
                        "\"0.05 USD\"",
                        8,
                        "channels.sms.price: must be in the store's currency, CNY"),
                wrong(
                        "store.yaml",
                        "\"0.05 CNY\"",
                        "five cents",
                        8,
                        "channels.sms.price: write a price like \"0.05 CNY\""),
                wrong(
                        "store.yaml",
                        "  email:",
                        "  fax:",
                        9,
                        "channels.fax: unknown channel: choose one of email, sms"),
                wrong(
                        "store.yaml",
                        "yto: [yuantong]",
                        "yto: [顺丰]",
                        18,
                        "logistics.carriers.yto: 顺丰 is sf already"),
                wrong(
                        "store.yaml",
                        "yto: [yuantong]",
                        "shunfeng: [yuantong]",
                        18,
                        "logistics.carriers.shunfeng: is another name of sf too"),
                wrong(
                        "store.yaml",
                        "inTransit: 48h",
                        "inTransit: 48m",
                        19,
                        "logistics.silent.inTransit: wait for a scan for 1h to 30d"),
                wrong(
                        "store.yaml",
                        "rate: 100",
                        "rate: 0",
                        8,
                        "channels.sms.rate: write a whole number from 1 to 20000 (found: 0)"),
                wrong(
                        "store.yaml",
                        "<hello@shop.example>",
                        "hello",
                        9,
                        "channels.email.sender: write the From address"),
                wrong(
                        "store.yaml",
                        "signature: 【店】",
                        "signature: 店",
                        2,
                        "signature: put the name in brackets: 【store】"),
                wrong(
                        "store.yaml",
                        "active: 90",
                        "active: 190",
                        15,
                        "stages: active, dormant and preChurn must grow"),
                wrong(
                        "store.yaml",
                        "\"21:00\"",
                        "9 pm",
                        11,
                        "quietFrom: write a time of day like \"10:00\" (found: 9 pm)"),
                wrong(
                        "store.yaml",
                        "country: CN",
                        "country: China",
                        4,
                        "country: write an ISO 3166 code"),
                wrong(
                        "store.yaml",
                        "currency: CNY",
                        "currency: RMB",
                        6,
                        "currency: write an ISO 4217 code"),
                wrong("store.yaml", "holdout: 10%", "holdout: [", 15, "is not YAML: "),
                wrong(
                        "tiers.yaml",
                        "id: gold",
                        "id: member",
                        4,
                        "tiers[1].id: is there twice: ids must differ"),
                wrong(
                        "tiers.yaml",
                        "window: 365d",
                        "window: 500d",
                        1,
                        "window: is longer than the store's horizon (400 days)"),
                wrong(
                        "tiers.yaml",
                        "spent: \"1000.00 CNY\"",
                        "spent: \"-1.00 CNY\"",
                        4,
                        "gold.spent: must be more than nothing"),
                wrong(
                        "tiers.yaml",
                        "name: 会员",
                        "name: 会员, purchases: 1",
                        3,
                        "tiers[0].id: the first tier is everybody's"),
                wrong(
                        "benefits.yaml",
                        "gold:",
                        "golf:",
                        1,
                        "golf: no tier is called so: did you mean gold?"),
                wrong(
                        "segments.yaml",
                        "keptPurchases >= 1",
                        "keptPurchase >= 1",
                        1,
                        "buyers: column 1: unknown field keptPurchase: did you mean"
                                + " keptPurchases?"),
                wrong(
                        "segments.yaml",
                        "keptPurchases >= 2",
                        "keptPurchases >= \"2\"",
                        2,
                        "regulars: column 15: '>=' does not take (int, string)"),
                wrong(
                        "segments.yaml",
                        "\"2026-11-10\"",
                        "\"2024-11-10\"",
                        3,
                        "quiet-ones: column 1: asks for purchases of 2024-11-10"),
                wrong(
                        "campaigns.yaml",
                        "id: last-hours",
                        "id: member-day",
                        16,
                        "id: is there twice: ids must differ"),
                wrong(
                        "campaigns.yaml",
                        "id: last-hours",
                        "id: Last Hours",
                        16,
                        "id: write it in lower case"),
                wrong(
                        "campaigns.yaml",
                        "segment: buyers",
                        "segment: buyer",
                        6,
                        "member-day.segment: no segment is called so: did you mean buyers?"),
                wrong(
                        "campaigns.yaml",
                        "segment: buyers",
                        "segment: spent > 5 &&",
                        6,
                        "member-day.segment: column 13: cannot be read as CEL"),
                wrong(
                        "campaigns.yaml",
                        "holdout: 10%",
                        "holdout: 110%",
                        8,
                        "member-day.holdout: write a share from 0% to 90% (found: 110%)"),
                wrong(
                        "campaigns.yaml",
                        "- { weekly: FRI, at: \"10:00\" }",
                        "- { weekly: FRI, at: \"22:00\" }",
                        2,
                        "member-day.schedule: begins at 22:00, but the store is quiet from 21:00 to"
                                + " 08:00: begin outside"),
                wrong(
                        "campaigns.yaml",
                        "window: 10h",
                        "window: 12h",
                        5,
                        "member-day.window: ends at 22:00, but the store is quiet from 21:00 to"
                                + " 08:00: 11h fits (found: 12h)"),
                wrong(
                        "campaigns.yaml",
                        "window: 10h",
                        "window: ten hours",
                        5,
                        "member-day.window: write a duration like 4d, 10h, 30m or 1d12h"),
                wrong(
                        "campaigns.yaml",
                        "\"2000.00 CNY\"",
                        "\"2000.00 USD\"",
                        10,
                        "member-day.budget: must be in the store's currency, CNY"),
                wrong(
                        "campaigns.yaml",
                        "{ monthly: 8, at: \"10:00\" }",
                        "{ monthly: 32, at: \"10:00\" }",
                        4,
                        "member-day.schedule[1].monthly: write a day from 1 to 31, or last"),
                wrong(
                        "campaigns.yaml",
                        "weekly: FRI, at",
                        "weekly: Friday, at",
                        3,
                        "member-day.schedule[0].weekly: choose one of FRI, MON"),
                wrong(
                        "campaigns.yaml",
                        "{ date: \"2026-11-11\"",
                        "{ date: \"2026-11-31\"",
                        17,
                        "last-hours.schedule[0].date: write a date like \"2026-11-11\""),
                wrong(
                        "campaigns.yaml",
                        "{ sms: member-day }",
                        "{ sms: memberday }",
                        7,
                        "member-day.send: unknown template: there is no"
                                + " templates/memberday.sms.txt"),
                wrong(
                        "campaigns.yaml",
                        "{ sms: member-day }",
                        "{ fax: member-day }",
                        7,
                        "member-day.send[0].fax: unknown channel"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: order\n",
                        20,
                        "last-hours.over: "),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  where: \"!order.shipped\"\n  segment: quiet-ones\n",
                        20,
                        "last-hours.where: is for campaigns over orders: add over: orders"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today, to: today-3d }\n"
                                + "  where: \"!order.shipped\"\n",
                        21,
                        "last-hours.paid: write two dates, or two days that count back"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: \"2026-11-11\", to: today }\n"
                                + "  where: \"!order.shipped\"\n",
                        21,
                        "last-hours.paid: write two dates, or two days that count back"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today-62d, to: today }\n"
                                + "  where: \"!order.shipped\"\n",
                        21,
                        "last-hours.paid: write two dates, or two days that count back like"
                            + " \"today-15d\" and \"today\": the earlier first, 62 days at most"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n  paid: { from: today-3d, to: today }\n",
                        16,
                        "last-hours.where: is missing: say which of the orders"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n  where: \"!order.shipped\"\n",
                        16,
                        "last-hours.paid: is missing: say on which days the orders were paid"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today-3d, to: today }\n"
                                + "  where: order.shiped\n",
                        22,
                        "last-hours.where: column 6: unknown field order.shiped: did you mean"
                                + " order.shipped?"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today-3d, to: today }\n"
                                + "  where: order.state == \"sent\"\n",
                        22,
                        "last-hours.where: column 16: no order.state is called sent: choose one of"
                                + " confirmed, paid, shipped, signed"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today-3d, to: today }\n"
                                + "  where: order.amount\n",
                        22,
                        "last-hours.where: column 1: yields int: a segment must be true or false"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  over: orders\n"
                                + "  paid: { from: today-3d, to: today }\n"
                                + "  where: order == 1\n",
                        22,
                        "last-hours.where: column 1: name a field of the order: one of"
                                + " order.amount"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  segment: \"!order.shipped\"\n",
                        20,
                        "last-hours.segment: column 7: order.shipped is an order's: it is known in"
                                + " the where of a campaign over: orders only"),
                wrong(
                        "campaigns.yaml",
                        "  segment: quiet-ones\n",
                        "  segment: pricePaid(\"A\") > 0\n",
                        20,
                        "last-hours.segment: column 10: pricePaid is an order's: it is known in the"
                                + " where of a campaign over: orders only"),
                wrong(
                        "templates/last-hours.sms.txt",
                        "最后",
                        "最后{{orders}}",
                        1,
                        "{{orders}}: is known in touchpoints and campaigns over: orders only"),
                wrong(
                        "templates/payment-reminder.sms.txt",
                        "付款",
                        "付款{{orders}}",
                        1,
                        "{{orders}}: is known in campaigns over: orders only"),
                wrong(
                        "campaigns.yaml",
                        "  value: 80",
                        "  value: 80\n  outsideHours: later",
                        19,
                        "last-hours.outsideHours: "),
                wrong(
                        "campaigns.yaml",
                        "attribution: 4d",
                        "attribution: 0d",
                        9,
                        "member-day.attribution: count orders for up to 60d"),
                wrong(
                        "campaigns.yaml",
                        "    - { id: friday, weekly: FRI",
                        "    - { id: friday, weekly: MON",
                        11,
                        "member-day.offers: none holds on 2024-01-05, a day of its schedule"),
                wrong(
                        "campaigns.yaml",
                        "  value: 80",
                        "  values: 80",
                        18,
                        "last-hours.values: unknown field: did you mean value?"),
                wrong(
                        "touchpoints.yaml",
                        "order-unpaid",
                        "order-unpayed",
                        2,
                        "payment-reminder.on: did you mean order-unpaid?"),
                wrong(
                        "touchpoints.yaml",
                        "validFor: 12h",
                        "validFor: 0h",
                        4,
                        "payment-reminder.validFor: would never be sent"),
                wrong(
                        "touchpoints.yaml",
                        "least: \"100.00 CNY\"",
                        "least: 100",
                        5,
                        "payment-reminder.least: write an amount like \"2000.00 CNY\" (found:"
                                + " 100)"),
                wrong(
                        "templates/member-day.sms.txt",
                        "{{name|亲}}",
                        "{{nmae|亲}}",
                        1,
                        "{{nmae}}: unknown variable: did you mean name?"),
                wrong(
                        "templates/member-day.sms.txt",
                        "{{name|亲}}",
                        "{{name|亲}",
                        1,
                        "braces that are not {{name}} or {{name|otherwise}}"),
                wrong(
                        "templates/member-day.sms.txt",
                        "{{name|亲}}",
                        "{{order}}",
                        1,
                        "{{order}}: is known in touchpoints and campaigns over: orders only, not in"
                                + " member-day"),
                wrong(
                        "templates/last-hours.sms.txt",
                        "最后",
                        "{{offer}}",
                        1,
                        "{{offer}}: last-hours has no offers: add offers to it"),
                wrong("templates/last-hours.sms.txt", "最后", "【店】", 1, "take 【】 away"),
                wrong(
                        "templates/payment-reminder.sms.txt",
                        "付款",
                        "{{offer}}",
                        1,
                        "{{offer}}: is known in campaigns only, not in payment-reminder"),
                wrong(
                        "templates/payment-reminder.sms.txt",
                        "付款",
                        "字".repeat(700),
                        1,
                        "is 11 SMS parts long: shorten it to 10"),
                wrong(
                        "templates/member-day.email.html",
                        "{{unsubscribe}}",
                        "#",
                        1,
                        "{{unsubscribe}}: is missing: a marketing email must offer its one-click"
                                + " refusal"),
                wrong(
                        "templates/member-day.email.html",
                        "<title>会员日</title>",
                        "",
                        1,
                        "write the subject as <title> in the <head>"));
    }

    private static Arguments wrong(
            String file, String right, String wrong, int line, String mistake) {
        return Arguments.of(file, right, wrong, line, mistake);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("mistakes")
    void shouldSayFileLineFieldAndMend(
            String file, String right, String wrong, int line, String mistake) {
        // When
        PlaybookCompiler.Result result = SmallShop.compile(Map.of(file + "|" + right, wrong));

        // Then
        List<Mistake> errors = result.mistakes().stream().filter(m -> !m.warning()).toList();
        String expected = file + ":" + line + ": " + mistake;
        assertTrue(
                errors.stream().anyMatch(error -> error.toString().startsWith(expected)),
                () -> expected + "\nbut found\n" + result.mistakes());
        assertTrue(result.playbook().isEmpty());
    }
}
