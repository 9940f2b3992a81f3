package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.Feedback.Kind;
import io.memberday.member.Channel;
import io.memberday.result.CampaignResult.Day;
import io.memberday.result.CampaignResult.Deliveries;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class ResultComputationTest {
    private final RunScene scene = new RunScene();

    @BeforeEach
    void plan() {
        scene.page(Map.of("segment", 40, "consent", 3), Optional.empty());
    }

    @Test
    void shouldAddUpToTheMembersOfTheBatches() {
        // Given
        scene.batch("000000-00", List.of("a", "b", "c", "d", "e", "f"), List.of("h1", "h2"), true);
        scene.outcome("000000-00", "a", Status.SENT, "");
        scene.outcome("000000-00", "b", Status.SENT, "");
        scene.outcome("000000-00", "c", Status.FAILED, "InvalidParameter");
        scene.outcome("000000-00", "d", Status.UNKNOWN, "");
        scene.outcome("000000-00", "e", Status.SUPPRESSED, "consent");
        scene.outcome("000000-00", "f", Status.SUPPRESSED, "cap");

        // When
        CampaignResult result = scene.compute();

        // Then
        assertEquals(
                "2 sent + 1 failed + 1 unknown + 2 suppressed + 2 held out = 8 members",
                Report.sum(result.touches()));
        assertEquals(Map.of("consent", 1L, "cap", 1L), result.touches().suppressed());
        assertEquals(Map.of("InvalidParameter", 1L), result.touches().failed());
        assertEquals(Map.of("segment", 40L, "consent", 3L), result.excluded());
        assertTrue(result.progress().finished());
    }

    @Test
    void shouldCountATouchOnceWhereTwoInvocationsLeftARecord() {
        scene.batch("000000-00", List.of("a"), List.of(), true);
        scene.outcome("000000-00", "a", Status.UNKNOWN, "");
        scene.outcome("000000-00", "a", Status.SENT, "");

        CampaignResult result = scene.compute();

        assertEquals(1, result.touches().sent());
        assertEquals(0, result.touches().unknown());
        assertEquals(0, result.touches().open());
        assertEquals(50_000, result.touches().costMicros());
    }

    @Test
    void shouldSayThatARunIsUnfinished() {
        scene.batch("000000-00", List.of("a", "b"), List.of(), false);
        scene.page(Map.of(), Optional.of("m9"));
        scene.outcome("000000-00", "a", Status.SENT, "");

        CampaignResult result = scene.compute();

        assertFalse(result.progress().finished());
        assertEquals(1, result.touches().open());
        assertTrue(
                Remarks.of(result)
                        .getFirst()
                        .startsWith(
                                "Not finished: 0 of 1 slices scanned, 1 of 1 batches not done."));
        assertTrue(Report.sum(result.touches()).contains("1 still open"));
    }

    @Test
    void shouldCountOrdersOnlyWithinTheWindowAfterTheClaim() {
        // Given
        scene.batch("000000-00", List.of("a", "b"), List.of(), true);
        scene.sent("000000-00", "a");
        scene.sent("000000-00", "b");
        Instant claim = RunScene.CLAIM;
        scene.order("a", claim.minusSeconds(1), 1_00);
        scene.order("a", claim, 2_00);
        scene.order("a", claim.plusSeconds(1), 4_00);
        scene.order("a", claim.plus(Duration.ofDays(4)).minusSeconds(1), 8_00);
        scene.order("a", claim.plus(Duration.ofDays(4)), 16_00);
        scene.order("b", claim.plusSeconds(9), 0);
        scene.order("stranger", claim.plusSeconds(9), 32_00);

        // When
        CampaignResult result = scene.compute();

        // Then: the order refunded in full is no order, and b no buyer
        assertEquals(new Arm(2, 1, 2, 12_00, 12_00.0 * 12_00), result.sent());
    }

    @Test
    void shouldNotCountBuyersWhoseMessageWasNotSent() {
        scene.batch("000000-00", List.of("a", "b", "c"), List.of(), true);
        scene.outcome("000000-00", "a", Status.FAILED, "Denied");
        scene.outcome("000000-00", "b", Status.UNKNOWN, "");
        for (String member : List.of("a", "b", "c")) {
            scene.member(scene.claimed(member));
            scene.order(member, RunScene.CLAIM.plusSeconds(60), 5_00);
        }

        assertEquals(new Arm(0, 0, 0, 0, 0), scene.compute().sent());
    }

    @Test
    void shouldCountHeldOutMembersFromTheRunsPlannedTime() {
        scene.batch("000000-00", List.of(), List.of("h1", "h2", "h3"), true);
        scene.member(scene.unclaimed("h1"));
        scene.member(scene.unclaimed("h2"));
        scene.order("h1", RunScene.AT.plusSeconds(1), 3_00);
        scene.order("h1", RunScene.AT.plusSeconds(2), 4_00);
        scene.order("h2", RunScene.AT.minusSeconds(1), 9_00);
        scene.order("h2", RunScene.AT.plus(Duration.ofDays(4)), 9_00);

        CampaignResult result = scene.compute();

        assertEquals(new Arm(3, 1, 2, 7_00, 7_00.0 * 7_00), result.held());
        assertEquals(0, result.sent().buyers());
    }

    @Test
    void shouldFollowMergesFromOrderAndFromOutcome() {
        // Given: the message went to "old", the orders to "old" and "winner", and then they merged
        scene.batch("000000-00", List.of("old"), List.of("winner"), true);
        scene.outcome("000000-00", "old", Status.SENT, "");
        scene.member(scene.unclaimed("old").change().mergedInto("middle").done());
        scene.member(scene.unclaimed("middle").change().mergedInto("winner").done());
        scene.member(scene.claimed("winner").change().was(Set.of("old", "middle")).done());
        scene.order("old", RunScene.CLAIM.plusSeconds(60), 5_00);
        scene.order("winner", RunScene.CLAIM.plusSeconds(90), 7_00);

        // When
        CampaignResult result = scene.compute();

        // Then: one buyer, a participant, not one of those held out
        assertEquals(new Arm(1, 1, 2, 12_00, 12_00.0 * 12_00), result.sent());
        assertEquals(0, result.held().buyers());
    }

    @Test
    void shouldGiveTheDaysOfTheStoresZone() {
        scene.batch("000000-00", List.of("a", "b"), List.of(), true);
        scene.sent("000000-00", "a");
        scene.sent("000000-00", "b");
        // 23:30 and 00:30 in Shanghai, both the same day in UTC
        scene.order("a", Instant.parse("2026-05-08T15:30:00Z"), 5_00);
        scene.order("b", Instant.parse("2026-05-08T16:30:00Z"), 7_00);
        scene.order("b", Instant.parse("2026-05-09T16:30:00Z"), 9_00);

        List<Day> days = scene.compute().days();

        assertEquals(
                List.of(
                        new Day(LocalDate.parse("2026-05-08"), 2, 1, 1, 5_00),
                        new Day(LocalDate.parse("2026-05-09"), 0, 1, 1, 7_00),
                        new Day(LocalDate.parse("2026-05-10"), 0, 0, 1, 9_00),
                        new Day(LocalDate.parse("2026-05-11"), 0, 0, 0, 0),
                        new Day(LocalDate.parse("2026-05-12"), 0, 0, 0, 0)),
                days);
    }

    @Test
    void shouldSayNothingOfDeliveryUntilTheProviderReports() {
        scene.batch("000000-00", List.of("a"), List.of(), true);
        scene.sent("000000-00", "a");

        CampaignResult result = scene.compute();

        assertEquals(Optional.empty(), result.feedback());
        assertTrue(ReportPage.of(result).contains("<td>–</td><td>–</td><td>–</td>"));
        assertEquals(null, Report.json(result).get("delivered"));
    }

    @Test
    void shouldPickTheRunsOwnSmsFromAllThatTheAccountSentThatDay() {
        // Given three SMS, one of them dropped at the account's spend limit; and a stranger's
        scene.batch("000000-00", List.of("a", "b", "c"), List.of(), true);
        List.of("a", "b", "c").forEach(member -> scene.sentSms("000000-00", member));
        Feedback.Bill bill = new Feedback.Bill(2, 6_450);
        scene.smsReport("sms-a", Kind.DELIVERED, "", Optional.of(bill));
        scene.smsReport("sms-b", Kind.BOUNCED, "spend-limit", Optional.empty());
        scene.smsReport("stranger", Kind.BOUNCED, "unreachable", Optional.of(bill));

        // When
        CampaignResult result = scene.compute();

        // Then
        assertEquals(
                Optional.of(
                        new Deliveries(
                                1,
                                1,
                                0,
                                Map.of("spend-limit", 1L),
                                Optional.of(new CampaignResult.Bill(1, 2, 6_450)))),
                result.feedback());
        assertEquals(3, result.touches().sent());
        assertEquals(Map.of("spend-limit", 1L), Report.json(result).get("bouncedBy"));
        assertEquals("0.006450", Report.json(result).get("billedUsd").toString());
        assertTrue(ReportPage.of(result).contains("<td>sent, but bounced</td><td>spend-limit"));
    }

    @Test
    void shouldKeepApartAHundredThousandIdsAndAsManyStrangers() {
        MessageIds ids = new MessageIds();
        for (int i = 0; i < 100_000; i++) {
            ids.add(new UUID(0x5eed, i).toString());
        }

        for (int i = 0; i < 100_000; i++) {
            assertTrue(ids.contains(new UUID(0x5eed, i).toString()));
            assertFalse(ids.contains(new UUID(0x5eee, i).toString()));
        }
    }

    @Test
    void shouldTakeTheProvidersLastWordOnEachMessage() {
        scene.feedback("1", Kind.DELIVERED, false);
        scene.feedback("2", Kind.DELIVERED, false);
        scene.feedback("2", Kind.COMPLAINED, false);
        scene.feedback("3", Kind.BOUNCED, true);
        scene.feedback("4", Kind.DELIVERED, false);
        scene.feedback("4", Kind.BOUNCED, false);
        scene.feedback("5", Kind.DELIVERED, false);
        scene.feedback("5", Kind.BOUNCED, true);

        assertEquals(
                Optional.of(new Deliveries(3, 2, 1, Map.of(), Optional.empty())),
                scene.compute().feedback());
    }

    @Test
    void shouldShowWhatEachTemplateDid() {
        scene.batch("000000-00", List.of("a", "b"), List.of(), true);
        scene.outcome("000000-00", "a", Status.SENT, "", Channel.SMS, 2, "hello zh");
        scene.outcome("000000-00", "b", Status.SENT, "", Channel.EMAIL, 1, "hello en");
        scene.member(scene.claimed("a"));
        scene.order("a", RunScene.CLAIM.plusSeconds(60), 5_00);

        assertEquals(
                List.of(
                        new CampaignResult.Line(Channel.EMAIL, "hello en", 1, 1, 50_000, 0, 0, 0),
                        new CampaignResult.Line(
                                Channel.SMS, "hello zh", 1, 2, 100_000, 1, 1, 5_00)),
                scene.compute().lines());
    }
}
