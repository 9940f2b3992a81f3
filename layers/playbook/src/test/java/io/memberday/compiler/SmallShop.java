package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** A right playbook, to be made wrong in one place. */
final class SmallShop {
    static final LocalDate TODAY = LocalDate.of(2026, 5, 8);

    private SmallShop() {}

    /** Compiles it with changes: {@code file|what stands there} → what is written instead. */
    static PlaybookCompiler.Result compile(Map<String, String> changes) {
        Map<String, String> files = files();
        changes.forEach(
                (where, written) -> {
                    String file = where.substring(0, where.indexOf('|'));
                    String right = where.substring(where.indexOf('|') + 1);
                    String text = files.get(file);
                    assertTrue(text.contains(right), () -> right + " is not in " + file);
                    int at = text.indexOf(right);
                    files.put(
                            file,
                            text.substring(0, at) + written + text.substring(at + right.length()));
                });
        return compileFiles(files);
    }

    /** Compiles files on the tests' day. */
    static PlaybookCompiler.Result compileFiles(Map<String, String> files) {
        return PlaybookCompiler.compile(files, TODAY);
    }

    static Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        files.put(
                "store.yaml",
                """
                name: Shop
                signature: 【店】
                language: zh
                country: CN
                zone: Asia/Shanghai
                currency: CNY
                channels:
                  sms: { price: "0.05 CNY", rate: 100 }
                  email: { price: "0.0007 CNY", rate: 50, sender: "Shop <hello@shop.example>" }
                caps: { day: 1, week: 3, year: 60 }
                quietFrom: "21:00"
                quietTo: "08:00"
                holdout: 10%
                horizon: 400d
                stages: { active: 90, dormant: 180, preChurn: 365 }
                optOut: 拒收请回复R
                logistics:
                  carriers: { sf: [shunfeng, 顺丰], yto: [yuantong] }
                  silent: { shipped: 24h, inTransit: 48h, arrived: 24h }
                  massDelay: 50
                """);
        files.put(
                "tiers.yaml",
                """
                window: 365d
                tiers:
                  - { id: member, name: 会员 }
                  - { id: gold, name: 金卡, spent: "1000.00 CNY", purchases: 2, core: true }
                """);
        files.put("benefits.yaml", "gold: 95折\n");
        files.put(
                "segments.yaml",
                """
                buyers: keptPurchases >= 1
                regulars: keptPurchases >= 2
                quiet-ones: segment("regulars") && !bought("2026-11-10", "2026-11-11")
                """);
        files.put(
                "campaigns.yaml",
                """
                - id: member-day
                  schedule:
                    - { weekly: FRI, at: "10:00" }
                    - { monthly: 8, at: "10:00" }
                  window: 10h
                  segment: buyers
                  send: [{ sms: member-day }, { email: member-day }]
                  holdout: 10%
                  attribution: 4d
                  budget: "2000.00 CNY"
                  offers:
                    - { id: friday, weekly: FRI, value: 1, text: 满200减20 }
                    - { id: the-eighth, monthly: 8, value: 2, text: 88折 }
                # The last hours.

                - id: last-hours
                  schedule: { date: "2026-11-11", at: "20:30" }
                  value: 80
                  window: 30m
                  segment: quiet-ones
                  send: { sms: last-hours }
                  attribution: 4d
                """);
        files.put(
                "touchpoints.yaml",
                """
                - id: payment-reminder
                  on: order-unpaid
                  after: 1h
                  validFor: 12h
                  least: "100.00 CNY"
                  send: { sms: payment-reminder }
                """);
        files.put("templates/member-day.sms.txt", "{{name|亲}}，{{offer}}，{{benefit}}。\n");
        files.put(
                "templates/member-day.email.html",
                """
                <html><head><title>会员日</title></head>
                <body><p>{{name|亲}}，您好</p><div>今天会员日</div>
                <a href="{{unsubscribe}}">退订</a></body></html>
                """);
        files.put("templates/last-hours.sms.txt", "最后\n");
        files.put("templates/payment-reminder.sms.txt", "付款\n");
        return files;
    }
}
