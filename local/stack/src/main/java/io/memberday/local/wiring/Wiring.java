package io.memberday.local.wiring;

import io.memberday.local.aws.LogGroups;
import io.memberday.local.aws.Topics;
import io.memberday.local.bus.EventBus;
import io.memberday.local.clock.Activity;
import io.memberday.local.clock.MovableClock;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Instances;
import io.memberday.local.function.Invocable;
import io.memberday.local.function.LocalFunction;
import io.memberday.local.http.Route;
import io.memberday.local.queue.AsyncInvocations;
import io.memberday.local.queue.EventSource;
import io.memberday.local.queue.Queue;
import io.memberday.local.schedule.Schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything between the functions of one template: nothing is here that it does not say. */
public final class Wiring implements AutoCloseable {
    private final Template template;
    private final Queues queues;
    private final Functions functions;
    private final Triggers triggers;
    private final Map<String, EventBus> buses;
    private final Topics topics;
    private final LogGroups logGroups;
    private final Map<String, String> secrets;

    /**
     * Makes it; nothing runs before {@link #start}.
     *
     * @throws IllegalArgumentException if the template says what the local AWS cannot do
     */
    public Wiring(Template template, Instances instances, MovableClock clock, Activity activity) {
        this.template = template;
        this.queues = new Queues(template, clock, activity);
        this.functions =
                new Functions(
                        template,
                        instances,
                        Map.of("MEMBERDAY_CLOCK", clock.file().toString()),
                        queues,
                        clock,
                        activity);
        this.triggers = new Triggers(template, queues, functions, clock, activity);
        this.topics = new Topics(triggers.subscribers(), clock);
        this.logGroups = new LogGroups(triggers.readers(), clock);
        this.buses = new Buses(template, queues, functions, topics).make();
        this.secrets = new Secrets().make(template);
    }

    /** Has queues and events invoke their functions from now on. */
    public void start() {
        triggers.sources().forEach(EventSource::start);
        functions.allAsync().forEach(AsyncInvocations::start);
    }

    public Map<Route, Invocable> routes() {
        return triggers.routes();
    }

    public List<Schedule> schedules() {
        return triggers.schedules();
    }

    public Topics topics() {
        return topics;
    }

    public LogGroups logGroups() {
        return logGroups;
    }

    /** The buses by name. */
    public Map<String, EventBus> buses() {
        return buses;
    }

    /** The secrets' texts by ARN. */
    public Map<String, String> secrets() {
        return secrets;
    }

    /** The text of a secret by its logical id. */
    public String secret(String logicalId) {
        return Optional.ofNullable(secrets.get(Properties.arn(template, logicalId)))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the template has no secret " + logicalId));
    }

    /** Gives a message to all who listen to a topic, by its logical id. */
    public void publish(String topic, String message) {
        topics.publish(Properties.arn(template, topic), message);
    }

    /** What was published to a topic so far, by its logical id. */
    public List<String> published(String topic) {
        return topics.published(Properties.arn(template, topic));
    }

    /** A queue by its logical id. */
    public Queue queue(String logicalId) {
        return queues.byId(logicalId);
    }

    /** A queue by its ARN. */
    Queue queueByArn(String arn) {
        return queues.byArn(arn);
    }

    /** A function by its logical id. */
    public LocalFunction function(String logicalId) {
        return functions.byId(logicalId);
    }

    /** The events before a function that nobody waits for, by its logical id. */
    public AsyncInvocations async(String logicalId) {
        return functions.asyncById(logicalId);
    }

    /** When a message or an event that failed is tried again. */
    public Optional<Instant> nextRetry() {
        return Stream.concat(
                        queues.all().stream().flatMap(queue -> queue.nextVisible().stream()),
                        functions.allAsync().stream()
                                .flatMap(events -> events.nextRetry().stream()))
                .min(Comparator.naturalOrder());
    }

    /** How many events were put so far. */
    public long events() {
        return buses.values().stream().mapToLong(EventBus::count).sum();
    }

    /** Forgets every message and event that waits. */
    public void purge() {
        queues.all().forEach(Queue::purge);
        functions.allAsync().forEach(AsyncInvocations::purge);
        topics.purge();
    }

    /** Ends what runs, once it is done. */
    @Override
    public void close() {
        triggers.sources().forEach(EventSource::close);
        functions.allAsync().forEach(AsyncInvocations::close);
        functions.all().forEach(LocalFunction::close);
    }
}
