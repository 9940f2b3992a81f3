package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.RUN;
import static io.memberday.send.BatchScene.TEN;
import static io.memberday.send.BatchScene.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Holdout;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Purchases;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.UnsubscribeTokens;
import io.memberday.message.Unsubscription;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What a batch sends, and to whom of its members. */
class BatchSenderTest {
    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());

    @Test
    void shouldSendToEachMemberOnceAndReturnTheMoneyThatWasNotNeeded() {
        // Given two of three may be sent to, and each was reckoned at two parts
        List.of("m001", "m002", "m003").forEach(id -> scene.members.put(member(id)));
        Batch batch = scene.batch(Channel.SMS, 2 * PART, List.of("m001", "m002", "m003"));
        scene.optOut("m002", Channel.SMS);

        // When it is delivered twice
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(
                List.of("小m001，双倍积分拒收请回复R【样店】", "小m003，双倍积分拒收请回复R【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(new Tally(2, 0, 0, 1, 2 * PART), scene.batches.tally(batch));
        assertEquals(2 * PART, scene.run().spentMicros());
        assertEquals(2 * PART, scene.run().committedMicros());
        assertEquals(
                new Outcome(
                        "m001",
                        Status.SENT,
                        "",
                        Channel.SMS,
                        1,
                        PART,
                        TEN,
                        "message-1",
                        "member-day/zh"),
                scene.outcomes(batch).get("m001"));
    }

    @Test
    void shouldTellEachBuyerOfTheOrderThatTheBatchSays() {
        // Given
        Campaign late =
                CampaignDraft.like(SamplePlaybook.memberDay())
                        .id("late")
                        .kind(Kind.SERVICE)
                        .send(new Campaign.Send(Channel.SMS, "payment-reminder"))
                        .done();
        Run run = RunPlan.of(late, LocalDate.parse("2026-05-08"), ZoneOffset.ofHours(8)).run(1);
        scene.runs.plan(run, Frozen.of(scene.playbook, late).json());
        List.of("m001", "m002").forEach(id -> scene.members.put(member(id)));
        Batch batch =
                BatchDraft.of(run.id(), 0, TEN)
                        .members(List.of("m001", "m002"))
                        .until(run.until())
                        .bought(List.of("memberday:shop:A1\t1\t100", "memberday:shop:A:2\t2\t300"))
                        .batch();
        scene.audience.write(
                new Page(run.id(), 0, 0, Optional.empty(), 2, 2, Map.of()), List.of(batch));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(
                List.of("订单A1还未付款【样店】", "订单A:2还未付款【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());

        // Then it leaves member day its place in the caps
        Batch memberDay = scene.batch(Channel.SMS, PART, List.of("m001"));
        scene.deliver(scene.sender(), memberDay);
        assertEquals("sent ", scene.end(memberDay, "m001"));
        assertEquals(3, scene.provider.accepted().size());
    }

    @Test
    void shouldSendNothingToWhoOptedOutAfterTheBatchWasRead() {
        // Given the second opts out while the first is sent to
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.after(() -> scene.optOut("m002", Channel.SMS));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(1, scene.provider.accepted().size());
        assertEquals("suppressed consent", scene.end(batch, "m002"));
    }

    @Test
    void shouldSendNothingToWhoLeftTheSegmentSinceItWasPlanned() {
        Batch batch = scene.batch(Channel.SMS, "m001");
        scene.members.change("m001", draft -> draft.purchases(Purchases.NONE));

        scene.deliver(scene.sender(), batch);

        assertEquals("suppressed segment", scene.end(batch, "m001"));
    }

    @Test
    void shouldFollowAMergeToTheWinnerAndSendToItOnce() {
        // Given the loser is in the audience and so is the winner
        Batch first = scene.batch(Channel.SMS, "m001");
        Batch second = scene.batch(Channel.SMS, "m002");
        scene.merge("m001", "m002");

        // When
        scene.deliver(scene.sender(), first);
        scene.deliver(scene.sender(), second);

        // Then
        assertEquals(
                List.of("+861380000002"),
                scene.provider.envelopes().stream().map(Envelope::address).toList());
        assertEquals("sent ", scene.end(first, "m001"));
        assertEquals("suppressed merged", scene.end(second, "m002"));
    }

    @Test
    void shouldSendNothingToWhoHasBecomeAMemberOfTheControlGroup() {
        // Given the addressed member is merged into one whom the campaign holds out
        Holdout holdout = new Holdout("member-day", 10);
        String held =
                IntStream.range(100, 999)
                        .mapToObj(number -> "m" + number)
                        .filter(holdout::holds)
                        .findFirst()
                        .orElseThrow();
        Batch batch = scene.batch(Channel.SMS, "m001");
        scene.members.put(member(held));
        scene.merge("m001", held);

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("suppressed held-out", scene.end(batch, "m001"));
        assertEquals(List.of(), scene.provider.envelopes());
    }

    @Test
    void shouldSendOnceToTwoOfOneBatchWhoBecomeOneWhileTheFirstIsSentTo() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.after(() -> scene.merge("m001", "m002"));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(1, scene.provider.accepted().size());
        assertEquals("suppressed merged", scene.end(batch, "m002"));
    }

    @Test
    void shouldGiveEveryMarketingEmailALinkThatEndsThem() {
        // Given
        Batch batch = scene.batch(Channel.EMAIL, "m001");

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        Envelope sent = scene.provider.envelopes().getFirst();
        String link = sent.unsubscribe().orElseThrow();
        assertTrue(link.startsWith("https://api.sample.example/unsubscribe/"), link);
        assertTrue(sent.body().html().contains("<a href=\"" + link + "\">"), sent.body().html());
        assertEquals(
                Optional.of(new Unsubscription("m001", Channel.EMAIL, Kind.MARKETING, RUN)),
                new UnsubscribeTokens(List.of("key"))
                        .read(link.substring(link.lastIndexOf('/') + 1)));
        assertEquals(
                Map.of("run", RUN, "slice", "0", "batch", batch.id(), "member", "m001"),
                sent.tags());
    }

    @Test
    void shouldEndTheTouchOfAMemberWhoIsGone() {
        Batch batch = scene.batch(Channel.SMS, PART, List.of("m404"));

        scene.deliver(scene.sender(), batch);

        assertEquals("suppressed gone", scene.end(batch, "m404"));
    }

    @Test
    void shouldRefuseABatchThatThereIsNot() {
        Batch batch = scene.batch(Channel.SMS, "m001");

        assertThrows(
                Refused.class,
                () -> scene.sender().send(RUN, 0, "999999-00", () -> Duration.ofMinutes(2)));
        assertThrows(
                Refused.class,
                () ->
                        scene.sender()
                                .send("nothing@2026-05-08", 0, batch.id(), () -> Duration.ZERO));
    }
}
