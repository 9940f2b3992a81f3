package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.playbook.Coupon;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Coupons and who issues them, and what can be wrong with them. */
final class CouponMistakesTest {
    private static final String BENEFITS =
            """
            gold: 95折
            coupons:
              gift: { value: "20.00 CNY", over: "99.00 CNY", validFor: 30d }
              difference: { downTo: { A-1: "199.00 CNY", B-2: "9.90 CNY" }, validFor: 15d }
            """;
    private static final String CAMPAIGN =
            """
            - id: difference
              kind: service
              schedule: { yearly: "11-11", daysBefore: 3, at: "12:30" }
              window: 2h
              over: orders
              paid: { from: today-15d, to: today }
              where: order.amount > 0
              send: { sms: last-hours }
              issues: difference
              attribution: 4d
            """;
    private static final String TEMPLATE = "{{worth}}元券{{code}}，{{until}}止\n";

    @Test
    void shouldCompileACampaignThatIssuesACoupon() {
        // When
        PlaybookCompiler.Result result = compile(Map.of());

        // Then
        assertEquals(List.of(), result.mistakes().stream().filter(one -> !one.warning()).toList());
        Coupon difference =
                new Coupon(
                        "difference",
                        0,
                        0,
                        Map.of("A-1", 19_900L, "B-2", 990L),
                        Duration.ofDays(15));
        var playbook = Playbooks.read(Playbooks.write(result.playbook().orElseThrow()));
        assertEquals(result.playbook().orElseThrow().benefits(), playbook.benefits());
        assertEquals(
                Optional.of(difference), playbook.campaign("difference").orElseThrow().issues());
        assertTrue(
                result.messages().stream()
                        .anyMatch(one -> one.text().equals("128.50元券K7M2QX9WTHB3F，11月26日止【店】")),
                result.messages().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value: \"20.00 CNY\"|value: \"0.00 CNY\"|benefits.yaml:3: coupons.gift.value: must"
                        + " be more",
                "value: \"20.00 CNY\"|value: \"100.00 CNY\"|benefits.yaml:3: coupons.gift.over: is"
                        + " less",
                "value: \"20.00 CNY\", over|over|benefits.yaml:3: coupons.gift.value: a coupon is"
                        + " worth",
                "validFor: 30d|validFor: 0d|benefits.yaml:3: coupons.gift.validFor: let it hold",
                "validFor: 30d|expires: 30d|benefits.yaml:3: coupons.gift.validFor: is missing",
                "issues: difference|issues: diference|campaigns.yaml:9: difference.issues: no"
                        + " coupon of",
                "  over: orders|  segment: buyers|difference.issues: a difference follows from"
                        + " orders",
                "  issues: difference|  value: 1|last-hours.sms.txt:1: {{code}}: difference issues"
                        + " no coupon",
                "{{worth}}元券{{code}}|{{worth}}元券|difference.issues: nobody learns the code",
            })
    void shouldSayWhatIsWrongWithACoupon(String right, String wrong, String said) {
        String mistakes = compile(Map.of(right, wrong)).mistakes().toString();
        assertTrue(mistakes.contains(said), mistakes);
    }

    private static PlaybookCompiler.Result compile(Map<String, String> changes) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.put("benefits.yaml", BENEFITS);
        files.put("campaigns.yaml", CAMPAIGN);
        files.put("templates/last-hours.sms.txt", TEMPLATE);
        changes.forEach(
                (right, wrong) -> {
                    assertTrue(
                            files.values().stream().anyMatch(text -> text.contains(right)), right);
                    files.replaceAll((name, text) -> text.replace(right, wrong));
                });
        return SmallShop.compileFiles(files);
    }
}
