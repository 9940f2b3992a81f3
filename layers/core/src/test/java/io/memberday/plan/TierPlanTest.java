package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The sample shop's gold begins at 1,000.00 CNY and two purchases in 365 days. */
class TierPlanTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final String OTHERS =
            "{'tiers': [{'id': 'member'}, {'id': 'silver', 'spent': '300.00 CNY'},"
                    + " {'id': 'gold', 'spent': '600.00 CNY', 'purchases': 2}]%s}";

    private final List<Member> members = new ArrayList<>();

    TierPlanTest() {
        buyer("m1", MARCH, 100_00);
        buyer("m2", MARCH, 350_00);
        buyer("m3", MARCH, 400_00, 450_00);
        buyer("m4", MARCH, 900_00, 500_00, 100_00);
        buyer("m5", NOW.minus(Duration.ofDays(400)), 9_000_00, 9_000_00);
        buyer("m6", MARCH);
        members.add(Member.fresh("m7", MARCH).change().mergedInto("m1").done());
    }

    @Test
    void shouldHoldTheThresholdsAgainstTheRealPurchases() {
        Fields plan = plan("{'tiers': true}");

        assertEquals(6, plan.whole("members", 0, 99));
        assertEquals(4, plan.whole("buyers", 0, 99), "one bought too long ago");
        assertEquals("350.00 CNY", plan.object("spent").text("p50"));
        assertEquals("1,500.00 CNY", plan.object("spent").text("p99"));
        assertEquals(2, plan.object("purchases").whole("1", 0, 99));
        assertEquals(1, plan.object("purchases").whole("3-4", 0, 99));
        assertEquals("5 1", tiers(plan, "now"));
        assertEquals("5 1", tiers(plan, "then"));
    }

    @Test
    void shouldSayWhoWouldBeWhereUnderOtherThresholds() {
        Fields plan = plan(OTHERS.formatted(""));

        assertEquals("5 1", tiers(plan, "now"));
        assertEquals(1, plan.object("then").whole("silver", 0, 99));
        assertEquals("3 2", tiers(plan, "then"));
        assertEquals(1, plan.object("moves").whole("member to gold", 0, 99));
        assertEquals(1, plan.object("moves").whole("member to silver", 0, 99));
        assertTrue(
                plan.texts("text").contains("gold (from 600.00 CNY and 2 purchases): 2, now 1"),
                plan.texts("text").toString());
    }

    @Test
    void shouldLookFromAnyDayPastOrToCome() {
        // The gold member of then is not the one of now: nobody had bought in March yet.
        Fields past = plan(OTHERS.formatted(", 'at': '2025-12-31'"));
        assertEquals("5 1", tiers(past, "now"));
        assertEquals(1, past.whole("buyers", 0, 99));
        assertEquals(
                "6 0", tiers(plan(OTHERS.formatted(", 'at': '2027-03-02'")), "then"), "expired");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tiers': 7} | tiers",
                "{'tiers': []} | tiers",
                "{'tiers': [{'id': 'a', 'spent': '1.00 CNY'}]} | for everybody",
                "{'tiers': [{'id': 'a'}, {'id': 'a'}]} | twice",
                "{'tiers': [{'id': 'a'}, {'id': 'b', 'spent': '9.00 USD'}]} | 2000.00 CNY",
                "{'tiers': [{'id': 'a'}, {'id': 'b', 'purchases': 3}, {'id': 'c'}]} | lowest first",
                "{'tiers': [{'id': 'a', 'spend': '1.00 CNY'}]} | spent",
                "{'tiers': true, 'windowDays': 3650} | horizon",
                "{'tiers': true, 'at': 'soon'} | 2026-05-08",
                "{'tiers': true, 'on': '2026-05-08'} | on",
            })
    void shouldRefuseWhatIsNoLadder(String request, String mend) {
        BadInput bad = assertThrows(BadInput.class, () -> plan(request));

        assertTrue(bad.getMessage().contains(mend), bad.getMessage());
    }

    private static String tiers(Fields plan, String which) {
        Fields tiers = plan.object(which);
        return tiers.whole("member", 0, 99) + " " + tiers.whole("gold", 0, 99);
    }

    private Fields plan(String request) {
        TierPlan tiers =
                new TierPlan(
                        SamplePlaybook.playbook(),
                        new InMemoryMemberScan(members),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        return Json.read(
                Json.write(tiers.answer(Json.read(request.replace('\'', '"')), () -> true)));
    }

    private void buyer(String id, Instant at, long... amounts) {
        List<Purchase> bought = new ArrayList<>();
        for (long minor : amounts) {
            bought.add(new Purchase(id + ":" + bought.size(), at, minor));
        }
        members.add(
                Member.fresh(id, MARCH)
                        .change()
                        .purchases(Purchases.of(bought, Duration.ofDays(730)))
                        .done());
    }
}
