package io.memberday.local.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.clock.Activity;
import io.memberday.local.function.Outcome;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

class EventSourceTest {
    private static final Duration VISIBILITY = Duration.ofMinutes(12);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final StoppedClock clock = new StoppedClock();
    private final Activity activity = new Activity();
    private final Queue queue =
            new Queue(
                    "orders",
                    new Queue.Settings(VISIBILITY, Duration.ZERO, Optional.empty()),
                    clock,
                    activity);
    private final List<List<Fields>> seen = new ArrayList<>();

    @Test
    void shouldInvokeWithBatchesInLambdasShape() {
        List.of("a", "b", "c").forEach(queue::send);
        EventSource source = source(2, records -> "{\"batchItemFailures\": []}");

        while (source.pollOnce()) {
            // until the queue is empty
        }

        assertEquals(List.of(2, 1), seen.stream().map(List::size).toList());
        Fields first = seen.getFirst().getFirst();
        assertEquals("a", first.text("body"));
        assertEquals("arn:orders", first.text("eventSourceARN"));
        assertEquals("1", first.object("attributes").text("ApproximateReceiveCount"));
        assertEquals("0cc175b9c0f1b6a831c399e269772661", first.text("md5OfBody"));
        assertEquals(0, queue.size());
    }

    @Test
    void shouldHaveOnlyTheNamedItemsComeBack() {
        List.of("good", "bad").forEach(queue::send);
        EventSource source = source(10, EventSourceTest::failBad);

        source.pollOnce();

        assertEquals(List.of("bad"), bodies());
        assertFalse(source.pollOnce(), "hidden until the time-out is over");
        clock.pass(VISIBILITY);
        assertTrue(source.pollOnce());
        assertEquals("2", attempts(seen.getLast().getFirst()));
    }

    @Test
    void shouldHaveAllComeBackWhenTheFunctionThrows() {
        List.of("a", "b").forEach(queue::send);
        EventSource source =
                source(
                        10,
                        true,
                        payload -> new Outcome(true, "{\"errorMessage\": \"x\"}"),
                        Duration.ZERO);

        source.pollOnce();

        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void shouldHaveAllComeBackWhenTheAnswerNamesAnUnknownItem() {
        List.of("a", "b").forEach(queue::send);

        source(10, records -> "{\"batchItemFailures\": [{\"itemIdentifier\": \"other\"}]}")
                .pollOnce();

        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void shouldHaveAllComeBackWhenTheAnswerNamesNothing() {
        List.of("a", "b").forEach(queue::send);

        source(10, records -> "{\"batchItemFailures\": [{\"itemIdentifier\": \"\"}]}").pollOnce();

        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void shouldNotReadTheAnswerWhereTheTemplateDoesNotSaySo() {
        queue.send("bad");

        source(10, false, payload -> answer(payload, EventSourceTest::failBad), Duration.ZERO)
                .pollOnce();

        assertEquals(0, queue.size());
    }

    @Test
    void shouldWaitForAFullBatchOrTheEndOfTheWindow() {
        EventSource source =
                source(2, true, payload -> answer(payload, r -> ""), Duration.ofSeconds(20));
        queue.send("a");

        assertFalse(source.pollOnce());
        clock.pass(Duration.ofSeconds(20));
        assertTrue(source.pollOnce());

        List.of("b", "c").forEach(queue::send);
        assertTrue(source.pollOnce());
    }

    @Test
    void shouldRunAsManyAtOnceAsTheTemplateSaysAndTellWhenQuiet() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch threeRun = new CountDownLatch(3);
        for (int i = 0; i < 20; i++) {
            queue.send("m" + i);
        }
        try (EventSource source =
                source(
                        1,
                        true,
                        payload -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            threeRun.countDown();
                            await(threeRun);
                            running.decrementAndGet();
                            return new Outcome(false, "null");
                        },
                        Duration.ZERO)) {
            source.start();
            activity.awaitQuiet(DEADLINE);
        }

        assertEquals(3, most.get());
        assertEquals(0, queue.size());
    }

    @Test
    void shouldSayWhoIsStillAtWorkAfterTheDeadline() {
        queue.send("a");
        source(1, records -> "");

        assertTrue(
                assertThrows(
                                IllegalStateException.class,
                                () -> activity.awaitQuiet(Duration.ofMillis(5)))
                        .getMessage()
                        .contains("orders (1 waiting, 0 in work)"));
    }

    private EventSource source(int batchSize, Function<List<Fields>, String> function) {
        return source(batchSize, true, payload -> answer(payload, function), Duration.ZERO);
    }

    private EventSource source(
            int batchSize,
            boolean reports,
            io.memberday.local.function.Invocable function,
            Duration window) {
        return new EventSource(
                queue,
                new EventSource.Settings("arn:orders", batchSize, window, 3, reports),
                function,
                clock,
                activity);
    }

    private Outcome answer(byte[] payload, Function<List<Fields>, String> function) {
        List<Fields> records =
                Json.read(new String(payload, StandardCharsets.UTF_8)).objects("Records");
        seen.add(records);
        return new Outcome(false, function.apply(records));
    }

    private static String failBad(List<Fields> records) {
        return Json.write(
                Map.of(
                        "batchItemFailures",
                        records.stream()
                                .filter(record -> record.text("body").equals("bad"))
                                .map(record -> Map.of("itemIdentifier", record.text("messageId")))
                                .toList()));
    }

    private List<String> bodies() {
        return queue.messages().stream().map(Queue.Message::body).toList();
    }

    private static String attempts(Fields record) {
        return record.object("attributes").text("ApproximateReceiveCount");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
