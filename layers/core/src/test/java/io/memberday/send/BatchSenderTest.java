package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.RUN;
import static io.memberday.send.BatchScene.TEN;
import static io.memberday.send.BatchScene.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Holdout;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Purchases;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.UnsubscribeTokens;
import io.memberday.message.Unsubscription;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The sample shop sends 100 SMS a second; two senders share that; one message a member and day. */
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
                new Batch(
                        run.id(),
                        0,
                        "000000-00",
                        Channel.SMS,
                        List.of("m001", "m002"),
                        List.of(),
                        TEN,
                        run.until(),
                        ZoneOffset.ofHours(8),
                        PART,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        List.of("memberday:shop:A1\t1\t100", "memberday:shop:A:2\t2\t300"));
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
    void shouldNeverResendAMarketingMessageOfUnknownOutcome() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.faults(1, 0, 0);

        // When
        for (int i = 0; i < 5; i++) {
            scene.deliver(scene.sender(), batch);
            scene.clock.advance(Duration.ofMinutes(5));
        }

        // Then
        assertEquals("unknown timeout", scene.end(batch, "m001"));
        assertEquals(2 * PART, scene.run().spentMicros(), "it may have been billed");
        assertTrue(scene.provider.accepted().size() <= 2);
    }

    @Test
    void shouldTakeTheClaimBackWhenTheProviderTakesNoMoreAndGoOnLater() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.faults(0, 1, 0);

        // When
        scene.deliver(scene.sender(), batch);

        // Then nothing is left on the member, and the batch comes back in a minute
        assertEquals(Map.of(), scene.members.member("m001").orElseThrow().claims());
        assertEquals(
                List.of(0, 0, 0),
                List.copyOf(scene.members.member("m001").orElseThrow().counters().values()));
        assertTrue(scene.clock.instant().isAfter(TEN.plusSeconds(6)), "it tried a few times");
        assertTrue(scene.now(batch).dueAt().isBefore(TEN.plusSeconds(70)));

        // When
        scene.provider.faults(0, 0, 0);
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(new Tally(2, 0, 0, 0, 2 * PART), scene.batches.tally(batch));
    }

    @Test
    void shouldLeaveABatchToItsLivingOwner() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);

        // When its invocation could still be alive
        scene.clock.advance(Duration.ofSeconds(119));
        scene.deliver(scene.sender(), batch);

        // Then
        assertTrue(scene.outcomes(batch).isEmpty());
        assertEquals(1, scene.provider.accepted().size());
    }

    @Test
    void shouldCloseWhatADeadOwnerClaimedAsUnknownAndSendTheRest() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);

        // When
        scene.clock.advance(Duration.ofMinutes(5));
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("unknown claim", scene.end(batch, "m001"));
        assertEquals("sent ", scene.end(batch, "m002"));
        assertEquals(2, scene.provider.accepted().size());
    }

    @Test
    void shouldCloseUnsentWhatIsPastItsWindow() {
        // Given one of them may have been sent by a dead owner
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);
        scene.clock.set(TEN.plus(Duration.ofHours(10)).plusSeconds(1));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("unknown claim", scene.end(batch, "m001"));
        assertEquals("suppressed window", scene.end(batch, "m002"));
        assertEquals(PART, scene.run().committedMicros());
    }

    @Test
    void shouldSayOfAWindowThatTheQuietHoursCutThatTheyDroppedWhatWasLeft() {
        // Given: the sample store is quiet from 21:00, the run's window ends at 20:00
        Batch cut = scene.batch(Channel.SMS, PART, List.of("m001"), "2026-05-08T07:00:00Z");
        Batch over = scene.batch(Channel.SMS, PART, List.of("m001"), "2026-05-08T06:59:00Z");
        scene.clock.set(Instant.parse("2026-05-08T07:00:01Z"));

        // When
        scene.deliver(scene.sender(), cut);
        scene.deliver(scene.sender(), over);

        // Then: 7:00 is 21:00 in Kiritimati
        assertEquals("suppressed quiet-hours", scene.end(cut, "m001"));
        assertEquals("suppressed window", scene.end(over, "m001"));
    }

    @Test
    void shouldCloseACancelledRunsBatchesAsSuchAtOnce() {
        // Given one of them may have been sent by a dead owner
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);
        scene.change(Run.State.CANCELLED);
        scene.clock.advance(Duration.ofMinutes(4));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("unknown claim", scene.end(batch, "m001"));
        assertEquals("suppressed cancelled", scene.end(batch, "m002"));
        assertEquals(PART, scene.run().committedMicros());
        assertEquals(List.of("m001"), acceptedMembers());
    }

    @Test
    void shouldStopWithinASecondOfAStopWhileItSends() {
        for (Run.State stop : List.of(Run.State.PAUSED, Run.State.CANCELLED)) {
            // Given a provider that takes a second for each, and a stop while it has the second
            BatchScene stopped = new BatchScene(new Random(1), Optional.empty());
            Batch batch = stopped.batch(Channel.SMS, "m001", "m002", "m003", "m004");
            stopped.provider.after(
                    () -> {
                        stopped.clock.advance(Duration.ofSeconds(1));
                        if (stopped.provider.accepted().size() == 2) {
                            stopped.change(stop);
                        }
                    });

            // When
            stopped.deliver(stopped.sender(), batch);

            // Then
            assertEquals(2, stopped.provider.accepted().size());
            assertEquals(List.of("m001", "m002"), List.copyOf(stopped.outcomes(batch).keySet()));

            // When it comes back
            stopped.clock.advance(Duration.ofMinutes(1));
            stopped.deliver(stopped.sender(), batch);
            assertEquals(2, stopped.provider.accepted().size());
            stopped.change(stop == Run.State.PAUSED ? Run.State.RUNNING : stop);
            stopped.deliver(stopped.sender(), batch);

            // Then
            assertEquals(
                    stop == Run.State.PAUSED ? "sent " : "suppressed cancelled",
                    stopped.end(batch, "m004"));
            assertTrue(stopped.now(batch).done().isPresent());
        }
    }

    @Test
    void shouldClaimNobodyOnceTheChannelIsStopped() {
        // Given a stop while the first is sent to, and another batch that was released before it
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        Batch letters = scene.batch(Channel.EMAIL, "m003");
        scene.provider.after(
                () -> {
                    scene.paces.stop(Channel.SMS, TEN, TEN.plus(Duration.ofDays(23)));
                    scene.clock.advance(Duration.ofSeconds(1));
                });

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(List.of("m001"), List.copyOf(scene.outcomes(batch).keySet()));
        assertEquals(Map.of(), scene.members.member("m002").orElseThrow().claims());
        assertEquals("sms MONTHLY_SPEND_LIMIT", scene.run().why());

        // When the operator sees to it
        scene.paces.lift(Channel.SMS, scene.clock.instant());
        scene.change(Run.State.RUNNING);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), letters);

        // Then
        assertEquals("sent ", scene.end(batch, "m002"));
        assertEquals("sent ", scene.end(letters, "m003"));
    }

    @Test
    void shouldLeaveNobodyInDoubtWhenTheLookAtTheStopFails() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001");
        ChannelStops unread =
                new InMemoryPaceStore() {
                    @Override
                    public Stop of(Channel channel) {
                        throw new IllegalStateException("no answer");
                    }
                };

        // When
        assertThrows(IllegalStateException.class, () -> scene.deliver(scene.sender(unread), batch));
        scene.clock.advance(Duration.ofMinutes(20));
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("sent ", scene.end(batch, "m001"));
    }

    @Test
    void shouldPauseTheRunWhenTheAccountCannotSendAndLoseNobodysTouch() {
        // Given the account is paused after the first message
        Batch batch = scene.batch(Channel.SMS, "m001", "m002", "m003");
        Batch other = scene.batch(Channel.SMS, "m004");
        String code = "AccountSendingPausedException";
        scene.provider.after(() -> scene.provider.halt(Optional.of(code)));

        // When two batches come, and the second is there already when the first meets it
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), other);

        // Then the run waits, said once; who was not sent to has neither claim nor count
        assertEquals(Run.State.PAUSED, scene.run().state());
        assertEquals("sms " + code, scene.run().why());
        assertEquals(List.of(BusEvent.runHalted(RUN, "paused", "sms " + code)), scene.bus.events());
        assertEquals(List.of("m001"), List.copyOf(scene.outcomes(batch).keySet()));
        Member spared = scene.members.member("m002").orElseThrow();
        assertEquals(Map.of(), spared.claims());
        assertTrue(spared.counters().values().stream().allMatch(count -> count == 0));

        // When somebody has seen to it
        scene.provider.after(() -> {});
        scene.provider.halt(Optional.empty());
        scene.change(Run.State.RUNNING);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), other);

        // Then
        assertEquals(List.of("m001", "m002", "m003", "m004"), acceptedMembers());
        assertEquals(4 * PART, scene.run().committedMicros());
    }

    @Test
    void shouldNotWakeACancelledRunByPausingIt() {
        // Given it is cancelled while the provider says that the account cannot send
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.after(
                () -> {
                    scene.change(Run.State.CANCELLED);
                    scene.provider.halt(Optional.of("OptInRequired"));
                });

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(Run.State.CANCELLED, scene.run().state());
        assertEquals(List.of(), scene.bus.events());
    }

    private List<String> acceptedMembers() {
        return scene.provider.accepted().stream().map(tags -> tags.get("member")).toList();
    }

    @Test
    void shouldSendNothingOfAPausedRunUntilItGoesOn() {
        Batch batch = scene.batch(Channel.SMS, "m001");
        scene.change(Run.State.PAUSED);
        scene.deliver(scene.sender(), batch);
        assertEquals(0, scene.provider.accepted().size());

        scene.change(Run.State.RUNNING);
        scene.deliver(scene.sender(), batch);

        assertEquals("sent ", scene.end(batch, "m001"));
    }

    @Test
    void shouldStopWhereQuietHoursBegin() {
        // Given a run that may send until late, one second before 21:00 in Shanghai
        scene.runs.change(RUN, TEN.plus(Duration.ofDays(1)));
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.clock.set(Instant.parse("2026-05-08T12:59:59Z"));
        scene.provider.after(() -> scene.clock.advance(Duration.ofSeconds(1)));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(List.of("m001"), List.copyOf(scene.outcomes(batch).keySet()));

        // When released in them by mistake, then after them
        scene.deliver(scene.sender(), batch);
        assertEquals(1, scene.provider.accepted().size());
        scene.clock.set(Instant.parse("2026-05-09T00:00:00Z"));
        scene.deliver(scene.sender(), batch);
        assertEquals(2, scene.provider.accepted().size());
    }

    @Test
    void shouldKeepTheQuietHoursOfItsMembersClockNotOfTheStores() {
        // Given 10:00 in Shanghai: 4:00 in Vienna
        scene.live("Europe/Vienna");
        Batch batch = scene.batch(Channel.SMS, "m001");

        // When released by mistake, then at 8:00 in Vienna
        scene.deliver(scene.sender(), batch);
        assertEquals(0, scene.provider.accepted().size());
        scene.clock.set(Instant.parse("2026-05-08T06:00:00Z"));
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("sent ", scene.end(batch, "m001"));
    }

    @Test
    void shouldSendNothingAfterTheBatchsOwnWindow() {
        // Given a batch that may go until two days after, in a run that is open longer
        scene.runs.change(RUN, TEN.plus(Duration.ofDays(5)));
        Batch batch = scene.batch(Channel.SMS, "m001");
        scene.clock.set(TEN.plus(Duration.ofDays(2)).plusSeconds(1));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("suppressed window", scene.end(batch, "m001"));
    }

    @Test
    void shouldStopInTimeAndGiveBackTheRest() {
        // Given each message takes 20 seconds
        Batch batch = scene.batch(Channel.SMS, "m001", "m002", "m003", "m004", "m005", "m006");
        scene.provider.after(() -> scene.clock.advance(Duration.ofSeconds(20)));

        // When an invocation of two minutes sends
        scene.deliver(scene.sender(), batch);

        // Then it ends with time in hand, and the next goes on where it stopped
        assertEquals(5, scene.provider.accepted().size());
        assertFalse(scene.now(batch).done().isPresent());
        scene.deliver(scene.sender(), batch);
        assertEquals(6, scene.provider.accepted().size());
        assertTrue(scene.now(batch).done().isPresent());
    }

    @Test
    void shouldSendNoFasterThanItsShareOfTheChannelsRate() {
        // Given 100 a second for two
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add("m%03d".formatted(i));
            scene.members.put(member(ids.getLast()));
        }
        Batch batch = scene.batch(Channel.SMS, PART, ids);

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(100, scene.provider.accepted().size());
        assertEquals(TEN.plusMillis(99 * 20), scene.clock.instant());
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
