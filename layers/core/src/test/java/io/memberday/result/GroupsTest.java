package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.result.Group.By;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Member day in two variants. Letters: A and B are the tiers member and gold; F is new and stage
 * none, G new and active, Q vip and active; the last says whether the member is in the compared
 * segment.
 */
class GroupsTest {
    private final RunScene scene = new RunScene();

    @BeforeEach
    void plan() {
        scene.page(Map.of(), Optional.empty());
        scene.batch("000000-00", List.of("a1", "a2"), List.of("ha"), true, "a", "AGBBQAAGB");
        scene.batch("000000-01", List.of("b1", "b2", "b3"), List.of(), true, "b", "AGABQBAGA");
    }

    @Test
    void shouldTellVariantsTiersLayersStagesSegmentsAndChannelsApart() {
        // Given
        List.of("a1", "a2").forEach(id -> scene.sent("000000-00", id));
        List.of("b1", "b2").forEach(id -> scene.sent("000000-01", id));
        scene.outcome("000000-01", "b3", Status.SUPPRESSED, "consent");
        scene.order("a1", RunScene.CLAIM.plusSeconds(60), 10_00);
        scene.order("b2", RunScene.CLAIM.plusSeconds(60), 70_00);
        scene.order("b2", RunScene.CLAIM.plusSeconds(99), 5_00);
        scene.member(scene.unclaimed("ha"));
        scene.order("ha", RunScene.AT.plusSeconds(9), 3_00);

        // When
        CampaignResult result = scene.compute();

        // Then: members, buyers, orders, amount of those sent to; the same of those held out
        assertEquals("2 1 1 1000 | 1 1 1 300", figures(result, By.VARIANT, "a"));
        assertEquals("2 1 2 7500 | 0 0 0 0", figures(result, By.VARIANT, "b"));
        assertEquals("2 1 1 1000 | 1 1 1 300", figures(result, By.TIER, "member"));
        assertEquals("2 1 2 7500 | 0 0 0 0", figures(result, By.TIER, "gold"));
        assertEquals("2 1 1 1000 | 1 1 1 300", figures(result, By.LAYER, "new"));
        assertEquals("2 1 2 7500 | 0 0 0 0", figures(result, By.LAYER, "vip"));
        assertEquals("4 2 3 8500 | 1 1 1 300", figures(result, By.STAGE, "active"));
        assertEquals("2 2 3 8500 | 1 1 1 300", figures(result, By.SEGMENT, "bought"));
        assertEquals("4 2 3 8500 | 1 1 1 300", figures(result, By.CHANNEL, "sms"));
        assertEquals(100_000, result.groups(By.VARIANT).getFirst().costMicros());
    }

    @Test
    void shouldAddUpToTheWholeHoweverTheAudienceIsDivided() {
        // Given
        List.of("a1", "a2").forEach(id -> scene.sent("000000-00", id));
        List.of("b1", "b2", "b3").forEach(id -> scene.sent("000000-01", id));
        scene.order("a2", RunScene.CLAIM.plusSeconds(60), 10_00);
        scene.order("b3", RunScene.CLAIM.plusSeconds(60), 70_00);

        // When
        CampaignResult result = scene.compute();

        // Then
        for (By by : List.of(By.VARIANT, By.TIER, By.LAYER, By.STAGE, By.CHANNEL)) {
            List<Group> groups = result.groups(by);
            assertEquals(5, groups.stream().mapToLong(one -> one.sent().members()).sum(), by.key());
            assertEquals(1, groups.stream().mapToLong(one -> one.held().members()).sum(), by.key());
            assertEquals(
                    result.sent().minor(),
                    groups.stream().mapToLong(one -> one.sent().minor()).sum(),
                    by.key());
            assertEquals(
                    result.touches().costMicros(),
                    groups.stream().mapToLong(Group::costMicros).sum(),
                    by.key());
        }
    }

    @Test
    void shouldCompareEachVariantWithTheFirst() {
        // Given 400 more of each, of whom 20 and 60 buy
        many("000001-00", "a", "x", 20);
        many("000002-00", "b", "y", 60);

        // When
        CampaignResult result = scene.compute();

        // Then by Newcombe's method 10 for 60 of 400 and 20 of 400
        Group.Versus versus = result.versus().getFirst();
        assertEquals("b than a", versus.variant() + " than " + versus.than());
        assertEquals(0.10, versus.difference().conversion().value(), 1e-9);
        Uplift.Interval interval = versus.difference().conversion().interval().orElseThrow();
        assertEquals(0.0591, interval.low(), 0.0005);
        assertEquals(0.1421, interval.high(), 0.0005);
        assertTrue(versus.difference().conversion().told());
    }

    @Test
    void shouldPrintGroupsInJsonCsvAndPage() {
        // Given
        many("000001-00", "a", "x", 20);
        many("000002-00", "b", "y", 60);

        // When
        CampaignResult result = scene.compute();
        Fields json = Json.read(Json.write(Report.json(result)));
        String csv = new String(Report.csv(result), StandardCharsets.UTF_8);
        String page = ReportPage.of(result);

        // Then
        Fields first = json.objects("groups").getFirst();
        assertEquals("variant a 5.00 %", told(first));
        assertEquals("+10.00", json.objects("versus").getFirst().text("conversionPoints"));
        assertTrue(csv.contains("\r\nvariant,b,conversion,15.00 %\r\n"), csv);
        assertTrue(csv.contains("\r\nversus a,b,conversionTold,true\r\n"), csv);
        assertTrue(page.contains("<h2>By variant</h2>"));
        assertTrue(page.contains("<h2>By tier</h2>"));
        assertTrue(page.contains("<circle"));
        assertFalse(page.contains("<script"));
    }

    @Test
    void shouldBeFinalWhenNoOrderAndNoRefundCanCountAnyMore() {
        // Given the last message was claimed at 10:05; 4 days of orders, 15 of refunds
        List.of("a1", "a2").forEach(id -> scene.sent("000000-00", id));
        Duration all = Duration.ofDays(19);

        // Then
        assertFalse(scene.compute(RunScene.CLAIM.plus(all).minusSeconds(1)).settled());
        assertTrue(scene.compute(RunScene.CLAIM.plus(all)).settled());
    }

    private void many(String batch, String variant, String name, int buyers) {
        List<String> ids = IntStream.range(0, 400).mapToObj(i -> name + i).toList();
        scene.batch(batch, ids, List.of(), true, variant, "AGA".repeat(400));
        ids.forEach(id -> scene.sent(batch, id));
        ids.stream()
                .limit(buyers)
                .forEach(id -> scene.order(id, RunScene.CLAIM.plusSeconds(60), 10_00));
    }

    private static String told(Fields group) {
        return group.text("by") + " " + group.text("name") + " " + group.text("conversion");
    }

    private static String figures(CampaignResult result, By by, String name) {
        Group group =
                result.groups(by).stream()
                        .filter(one -> one.key().name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return arm(group.sent()) + " | " + arm(group.held());
    }

    private static String arm(Arm arm) {
        return "%d %d %d %d".formatted(arm.members(), arm.buyers(), arm.orders(), arm.minor());
    }
}
