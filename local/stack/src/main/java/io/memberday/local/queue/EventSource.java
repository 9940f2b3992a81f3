package io.memberday.local.queue;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.clock.Activity;
import io.memberday.local.engine.LocalCredentials;
import io.memberday.local.function.Invocable;
import io.memberday.local.function.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A queue as the source of a function's events: batches in, and back to the queue what the function
 * did not manage, all of it or the items it names.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">How
 *     Lambda handles a batch</a>
 */
public final class EventSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);

    private final Queue queue;
    private final Settings settings;
    private final Invocable function;
    private final InstantSource clock;
    private final Pollers pollers;

    /**
     * @param arn the queue's, as events name it
     * @param batchSize most messages of an event
     * @param window how long a batch that is not full waits for more
     * @param concurrency most invocations at once
     * @param reportsFailures whether the answer names the items that failed
     */
    public record Settings(
            String arn, int batchSize, Duration window, int concurrency, boolean reportsFailures) {}

    public EventSource(
            Queue queue,
            Settings settings,
            Invocable function,
            InstantSource clock,
            Activity activity) {
        this.queue = queue;
        this.settings = settings;
        this.function = function;
        this.clock = clock;
        this.pollers = new Pollers(this::pollOnce, this::next, clock, activity);
        activity.watch(this::doing);
    }

    /** Starts to poll, with as many threads as invocations may run at once. */
    public void start() {
        pollers.start(queue.name(), settings.concurrency());
    }

    /**
     * Invokes the function with one batch, if there is one.
     *
     * @return whether there was
     */
    public boolean pollOnce() {
        List<Queue.Message> batch =
                batchIsReady() ? queue.receive(settings.batchSize()) : List.of();
        if (batch.isEmpty()) {
            return false;
        }
        Outcome outcome = function.invoke(event(batch).getBytes(StandardCharsets.UTF_8));
        Set<String> failed = failed(batch, outcome);
        if (!failed.isEmpty()) {
            LOG.info(
                    "{} of {} messages of {} go back to it",
                    failed.size(),
                    batch.size(),
                    queue.name());
        }
        for (Queue.Message message : batch) {
            if (failed.contains(message.id())) {
                queue.release(message.id());
            } else {
                queue.delete(message.id());
            }
        }
        return true;
    }

    @Override
    public void close() {
        pollers.close();
    }

    private boolean batchIsReady() {
        return settings.window().isZero()
                || queue.visible() >= settings.batchSize()
                || queue.oldestVisible()
                        .map(at -> !at.plus(settings.window()).isAfter(clock.instant()))
                        .orElse(false);
    }

    /** When a hidden message shows, or the window of those that show is over. */
    private Optional<Instant> next() {
        return queue.oldestVisible().map(at -> at.plus(settings.window())).or(queue::nextVisible);
    }

    private String doing() {
        int held = queue.held();
        int visible = queue.visible();
        return held + visible == 0
                ? ""
                : "%s (%d waiting, %d in work)".formatted(queue.name(), visible, held);
    }

    private Set<String> failed(List<Queue.Message> batch, Outcome outcome) {
        Set<String> all = new HashSet<>();
        batch.forEach(message -> all.add(message.id()));
        if (outcome.failed()) {
            return all;
        }
        if (!settings.reportsFailures()) {
            return Set.of();
        }
        Optional<Set<String>> named = named(outcome.payload());
        // An answer that names what was not in the batch, or nothing at all, fails the whole batch.
        return named.filter(all::containsAll).orElse(all);
    }

    private static Optional<Set<String>> named(String answer) {
        if (answer.isBlank() || answer.strip().equals("null")) {
            return Optional.of(Set.of());
        }
        try {
            Set<String> named = new HashSet<>();
            for (Fields item : Json.read(answer).objects("batchItemFailures")) {
                named.add(item.text("itemIdentifier"));
            }
            return Optional.of(named);
        } catch (BadInput e) {
            LOG.warn("an answer that names no failed items: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private String event(List<Queue.Message> batch) {
        return Json.write(Map.of("Records", batch.stream().map(this::record).toList()));
    }

    private Map<String, Object> record(Queue.Message message) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("messageId", message.id());
        record.put("receiptHandle", message.id() + "#" + message.receiveCount());
        record.put("body", message.body());
        record.put(
                "attributes",
                Map.of(
                        "ApproximateReceiveCount",
                        Integer.toString(message.receiveCount()),
                        "SentTimestamp",
                        Long.toString(message.sentAt().toEpochMilli()),
                        "SenderId",
                        LocalCredentials.ACCOUNT_ID,
                        "ApproximateFirstReceiveTimestamp",
                        Long.toString(message.firstReceivedAt().toEpochMilli())));
        record.put("messageAttributes", Map.of());
        record.put("md5OfBody", md5(message.body()));
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", settings.arn());
        record.put("awsRegion", LocalCredentials.REGION);
        return record;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
