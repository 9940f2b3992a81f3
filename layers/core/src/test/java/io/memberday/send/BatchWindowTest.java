package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.RUN;
import static io.memberday.send.BatchScene.TEN;
import static io.memberday.send.BatchScene.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** When a batch is sent: in its window, out of its members' quiet hours, no faster than it may. */
class BatchWindowTest {
    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());

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
}
