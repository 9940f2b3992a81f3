package io.memberday.local.queue;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;
import io.memberday.local.function.LocalFunction;
import io.memberday.local.function.Outcome;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Invocations that nobody waits for: Lambda keeps the event, tries again a minute and then two
 * minutes after a failure, and hands what failed for good to the destination.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How
 *     Lambda handles errors and retries</a>
 */
public final class AsyncInvocations implements AutoCloseable {
    /** How many events of one function are in work at once. */
    private static final int AT_ONCE = 4;

    /** An event in work is nobody else's: the queue's own time-out must never end first. */
    private static final Duration IN_WORK = Duration.ofDays(1);

    private final LocalFunction function;
    private final Settings settings;
    private final InstantSource clock;
    private final Queue events;
    private final Pollers pollers;

    /**
     * @param retries how often a failed event is tried again: twice unless the template says less
     * @param onFailure takes the record of an event that failed for good
     */
    public record Settings(int retries, Optional<Consumer<String>> onFailure) {}

    public AsyncInvocations(
            LocalFunction function, Settings settings, InstantSource clock, Activity activity) {
        this.function = function;
        this.settings = settings;
        this.clock = clock;
        this.events =
                new Queue(
                        "events of " + function.name(),
                        new Queue.Settings(IN_WORK, Duration.ZERO, Optional.empty()),
                        clock,
                        activity);
        this.pollers = new Pollers(this::workOnce, events::nextVisible, clock, activity);
        activity.watch(
                () -> events.visible() + events.held() == 0 ? "" : events.name() + " in work");
    }

    public void start() {
        pollers.start(events.name(), AT_ONCE);
    }

    /** Takes an event; returns before the function runs. */
    public void invoke(String event) {
        events.send(event);
    }

    /** When a failed event is tried next. */
    public Optional<Instant> nextRetry() {
        return events.nextVisible();
    }

    /** Forgets what waits. */
    public void purge() {
        events.purge();
    }

    /**
     * Invokes the function with one event, if one is due.
     *
     * @return whether one was
     */
    public boolean workOnce() {
        return events.receive(1).stream().peek(this::work).findFirst().isPresent();
    }

    @Override
    public void close() {
        pollers.close();
    }

    private void work(Queue.Message event) {
        Outcome outcome = function.invoke(event.body().getBytes(StandardCharsets.UTF_8));
        if (outcome.failed() && event.receiveCount() <= settings.retries()) {
            events.release(event.id(), Duration.ofMinutes(event.receiveCount()));
            return;
        }
        if (outcome.failed()) {
            settings.onFailure().ifPresent(to -> to.accept(record(event, outcome)));
        }
        events.delete(event.id());
    }

    private String record(Queue.Message event, Outcome outcome) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("requestId", event.id());
        request.put("functionArn", function.arn());
        request.put("condition", "RetriesExhausted");
        request.put("approximateInvokeCount", event.receiveCount());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("version", "1.0");
        record.put("timestamp", clock.instant().toString());
        record.put("requestContext", request);
        record.put("requestPayload", Json.read(event.body()).asMap());
        record.put(
                "responseContext",
                Map.of(
                        "statusCode", 200,
                        "executedVersion", "$LATEST",
                        "functionError", "Unhandled"));
        record.put("responsePayload", Json.read(outcome.payload()).asMap());
        return Json.write(record);
    }
}
