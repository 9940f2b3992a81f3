package io.memberday.local.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.clock.Activity;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class QueueTest {
    private static final Duration VISIBILITY = Duration.ofMinutes(12);

    private final StoppedClock clock = new StoppedClock();
    private final Activity activity = new Activity();
    private final Queue deadLetters = new Queue("dead", Queue.Settings.DEFAULT, clock, activity);
    private final Queue queue =
            new Queue(
                    "orders",
                    new Queue.Settings(
                            VISIBILITY,
                            Duration.ZERO,
                            Optional.of(new Queue.Redrive(deadLetters, 2))),
                    clock,
                    activity);

    @Test
    void shouldHideAReceivedMessageForTheVisibilityTimeOut() {
        queue.send("a");

        assertEquals(1, queue.receive(10).size());
        assertEquals(List.of(), queue.receive(10));

        clock.pass(VISIBILITY.minusSeconds(1));
        assertEquals(List.of(), queue.receive(10));

        clock.pass(Duration.ofSeconds(1));
        assertEquals(2, queue.receive(10).getFirst().receiveCount());
    }

    @Test
    void shouldForgetADeletedMessage() {
        queue.send("a");
        queue.delete(queue.receive(1).getFirst().id());

        clock.pass(VISIBILITY);

        assertEquals(List.of(), queue.receive(10));
        assertEquals(0, queue.size());
    }

    @Test
    void shouldMoveAMessageReceivedTooOftenToTheDeadLetters() {
        queue.send("poison");
        String id = queue.messages().getFirst().id();
        for (int i = 0; i < 2; i++) {
            assertEquals(1, queue.receive(1).size());
            clock.pass(VISIBILITY);
        }

        assertEquals(List.of(), queue.receive(1));

        assertEquals(0, queue.size());
        assertEquals("poison", deadLetters.messages().getFirst().body());
        assertEquals(id, deadLetters.messages().getFirst().id());
    }

    @Test
    void shouldHandOutOldestFirstAndNoMoreThanAsked() {
        List.of("a", "b", "c").forEach(queue::send);

        assertEquals(
                List.of("a", "b"), queue.receive(2).stream().map(Queue.Message::body).toList());
        assertEquals(List.of("c"), queue.receive(2).stream().map(Queue.Message::body).toList());
    }

    @Test
    void shouldTellWhenTheNextHiddenMessageShows() {
        queue.send("a");
        String id = queue.receive(1).getFirst().id();
        assertEquals(Optional.empty(), queue.nextVisible(), "it is in work");

        queue.release(id);

        assertEquals(Optional.of(clock.instant().plus(VISIBILITY)), queue.nextVisible());
    }

    @Test
    void shouldDelayNewMessages() {
        Queue slow =
                new Queue(
                        "slow",
                        new Queue.Settings(VISIBILITY, Duration.ofSeconds(90), Optional.empty()),
                        clock,
                        activity);
        slow.send("a");

        assertEquals(0, slow.visible());
        clock.pass(Duration.ofSeconds(90));
        assertEquals(1, slow.visible());
    }

    @Test
    void shouldRefuseAMessageOverOneMebibyte() {
        String body = "章".repeat(350_000);

        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> queue.send(body))
                        .getMessage()
                        .contains("orders is over 1 MiB"));
    }
}
