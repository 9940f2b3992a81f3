package io.memberday.local.pipe;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.event.ruler.Machine;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A table's stream as the source of a bus's events. It looks when it is told that something may
 * have changed, and is at work until it has read all: so time does not go on over a change that is
 * not told yet. What the target refuses is tried again at once, not after a while as on AWS; then
 * the place in the stream goes to the dead letters.
 */
public final class Pipe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

    /** How long to wait for news before a look anew, in real time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final Source stream;
    private final Target target;
    private final InstantSource clock;
    private final Activity activity;
    private final InputTemplate template;
    private final Machine filter = Machine.builder().build();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final Thread thread;
    private volatile boolean open = true;

    /**
     * @param filters patterns, JSON: a record that none of them matches is left out; with no
     *     pattern all go through
     * @param batch most records of one call
     * @param retries how often a record is tried again
     * @param source of the events
     * @param detailType of the events, or a path in the record where it stands
     * @param template of an event's detail
     * @param deadLetters takes where in the stream stands what could not be told
     */
    public record Settings(
            String name,
            String arn,
            List<String> filters,
            int batch,
            int retries,
            String bus,
            String source,
            String detailType,
            String template,
            Consumer<String> deadLetters) {
        public Settings {
            filters = List.copyOf(filters);
        }
    }

    /** Where the records come from. */
    public interface Source {
        /** Some that were not read yet, in their sequence; none only if there are none now. */
        List<StreamRecord> next();

        /** Begins anew, as all is made anew. */
        void forget();
    }

    /** Takes entries of PutEvents. */
    @FunctionalInterface
    public interface Target {
        /** Puts them and says, one by one, whether each was taken. */
        List<Boolean> put(List<Map<String, Object>> entries);
    }

    /**
     * @throws IllegalArgumentException if a pattern or the template cannot be read
     */
    public Pipe(
            Settings settings,
            Source stream,
            Target target,
            InstantSource clock,
            Activity activity) {
        this.settings = settings;
        this.stream = stream;
        this.target = target;
        this.clock = clock;
        this.activity = activity;
        this.template = new InputTemplate(settings.template());
        for (String pattern : settings.filters()) {
            try {
                filter.addRule(pattern, pattern);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        settings.name() + " has no valid filter: " + e.getMessage(), e);
            }
        }
        activity.watch(() -> seen.get() == told.get() ? "" : settings.name() + " reads");
        thread = Thread.ofVirtual().name(settings.name()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Says that the table may have changed. */
    public void look() {
        told.incrementAndGet();
        activity.changed();
    }

    /** Begins anew with a table that was made anew. */
    public void forget() {
        stream.forget();
    }

    /** Returns when the reading that is under way is done. */
    @Override
    public void close() {
        open = false;
        activity.changed();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                long known = activity.changes();
                if (!open) {
                    return;
                }
                long asked = told.get();
                if (asked == seen.get()) {
                    activity.awaitChange(known, LONGEST_WAIT);
                } else {
                    readAll();
                    seen.set(asked);
                    activity.changed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() {
        try {
            for (List<StreamRecord> records = stream.next();
                    !records.isEmpty();
                    records = stream.next()) {
                take(records);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} cannot read its stream", settings.name(), e);
        }
    }

    /** Brings records to the target, as many in a call as it takes. */
    void take(List<StreamRecord> records) {
        List<StreamRecord> wanted = records.stream().filter(this::wanted).toList();
        for (int from = 0; from < wanted.size(); from += settings.batch()) {
            tell(wanted.subList(from, Math.min(from + settings.batch(), wanted.size())));
        }
    }

    private boolean wanted(StreamRecord record) {
        try {
            return settings.filters().isEmpty()
                    || !filter.rulesForJSONEvent(record.event()).isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(settings.name() + " cannot read a record", e);
        }
    }

    private void tell(List<StreamRecord> batch) {
        List<StreamRecord> left = batch;
        for (int tries = 0; tries <= settings.retries() && !left.isEmpty(); tries++) {
            left = refused(left);
        }
        // One letter each, as where a batch that fails is cut in halves.
        for (StreamRecord record : left) {
            LOG.warn("{} gives a record up after {} tries", settings.name(), settings.retries());
            settings.deadLetters().accept(letter(record));
        }
    }

    private List<StreamRecord> refused(List<StreamRecord> batch) {
        List<Boolean> taken;
        try {
            taken = target.put(batch.stream().map(this::entry).toList());
        } catch (RuntimeException e) {
            LOG.info("{} could not put events: {}", settings.name(), e.toString());
            return batch;
        }
        List<StreamRecord> refused = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (!taken.get(i)) {
                refused.add(batch.get(i));
            }
        }
        return refused;
    }

    private Map<String, Object> entry(StreamRecord record) {
        String type = settings.detailType();
        return Map.of(
                "EventBusName",
                settings.bus(),
                "Source",
                settings.source(),
                "DetailType",
                type.startsWith("$.") ? record.at(type) : type,
                "Detail",
                template.of(record));
    }

    private String letter(StreamRecord record) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("shardId", record.shard());
        place.put("startSequenceNumber", record.sequence());
        place.put("endSequenceNumber", record.sequence());
        place.put("batchSize", 1);
        place.put("streamArn", record.at("$.eventSourceARN"));
        return Json.write(
                Map.of(
                        "context",
                        Map.of(
                                "partnerResourceArn",
                                settings.arn(),
                                "condition",
                                "RetryAttemptsExhausted"),
                        "version",
                        "1.0",
                        "timestamp",
                        clock.instant().toString(),
                        "DDBStreamBatchInfo",
                        place));
    }
}
