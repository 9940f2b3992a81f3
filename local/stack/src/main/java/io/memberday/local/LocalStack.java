package io.memberday.local;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import io.memberday.local.aws.AwsEndpoint;
import io.memberday.local.aws.EventBridge;
import io.memberday.local.aws.SecretsManager;
import io.memberday.local.aws.Ses;
import io.memberday.local.aws.Sns;
import io.memberday.local.clock.Activity;
import io.memberday.local.clock.MovableClock;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Code;
import io.memberday.local.function.Instances;
import io.memberday.local.function.LoadedInstances;
import io.memberday.local.function.Outcome;
import io.memberday.local.http.HttpApi;
import io.memberday.local.http.LocalServer;
import io.memberday.local.outbox.Outbox;
import io.memberday.local.queue.Queue;
import io.memberday.local.runtime.IsolatedInstances;
import io.memberday.local.runtime.Isolation;
import io.memberday.local.schedule.TimeTravel;
import io.memberday.local.wiring.Pipes;
import io.memberday.local.wiring.Wiring;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The system of a template on this machine: its HTTP API, functions, queues, bus, schedules, tables
 * and files, and what it sent to people. One stack per JVM, since functions find it by what is set
 * for the whole process.
 *
 * {@snippet :
 * try (LocalStack stack = LocalStack.start(settings)) {
 *     // a signed order by HTTP to stack.api(), then:
 *     stack.travel().moveTo(Instant.parse("2026-05-08T02:30:00Z"));
 *     stack.outbox().smsTo("+8613800138000");
 * }
 * }
 */
public final class LocalStack implements AutoCloseable {
    /** How long work may take before {@link #settle} gives up, in real time. */
    private static final Duration SETTLE_DEADLINE = Duration.ofMinutes(5);

    private final Deque<AutoCloseable> open;
    private final AtomicReference<HttpHandler> page =
            new AtomicReference<>(exchange -> HttpApi.answer(exchange, 404, "Not Found"));
    private final Activity activity = new Activity();
    private final Outbox outbox = new Outbox();
    private final MovableClock clock;
    private final Template template;
    private final Engines engines;
    private final Wiring wiring;
    private final AwsEndpoint aws;
    private final Sns sns;
    private final Pipes pipes;
    private final DueRows dueRows;
    private final TimeTravel travel;
    private volatile Function<Instant, Optional<Instant>> alsoDue = after -> Optional.empty();
    private final URI api;

    /**
     * What to start.
     *
     * @param template the template's file
     * @param root the folder to which the template's paths are relative
     * @param data a folder of the stack's own: the clock's file, and zips laid out
     * @param isolation if given, every function runs in JVMs of its own
     */
    public record Settings(
            Path template, Path root, Path data, Ports ports, Optional<Isolation> isolation) {
        /** Functions run in this JVM. */
        public Settings(Path template, Path root, Path data, Ports ports) {
            this(template, root, data, ports, Optional.empty());
        }

        /** The same with every function in JVMs of its own. */
        public Settings with(Isolation how) {
            return new Settings(template, root, data, ports, Optional.of(how));
        }
    }

    private LocalStack(Settings settings, Deque<AutoCloseable> open) {
        this.open = open;
        // Before anything of the folder is written: a stack that has the port has the folder, too.
        HttpServer server = LocalServer.bind("the HTTP API", settings.ports().api());
        opened(() -> server.stop(0));
        server.start();
        clock = new MovableClock(settings.data().resolve("clock"));
        clock.onSet(activity::changed);
        api = LocalServer.address(server);
        template = addressed(Template.read(settings.template()), api);
        Code code = new Code(template, settings.root(), settings.data().resolve("code"));
        CompletableFuture<Endpoints> found = new CompletableFuture<>();
        Instances instances =
                settings.isolation()
                        .<Instances>map(
                                how ->
                                        new IsolatedInstances(
                                                code, how, () -> found.join().variables()))
                        .orElseGet(() -> new LoadedInstances(code));
        // Before the engines start, which takes seconds: a template may be refused.
        wiring = new Wiring(template, instances, clock, activity);
        engines = opened(Engines.start(settings.ports(), template));
        opened(wiring);
        sns = new Sns(outbox, wiring.topics(), wiring.logGroups(), clock);
        aws =
                opened(
                        AwsEndpoint.start(
                                settings.ports().aws(),
                                List.of(
                                        sns,
                                        new Ses(outbox, clock),
                                        new SecretsManager(wiring.secrets()),
                                        new EventBridge(wiring.buses(), clock))));
        Endpoints endpoints =
                new Endpoints(aws.address(), engines.dynamoDbAddress(), engines.s3Address());
        endpoints.applyToThisProcess();
        found.complete(endpoints);
        pipes = opened(new Pipes(template, wiring, engines::stream, aws::answer, clock, activity));
        dueRows = new DueRows(engines.dynamoDb(), template);
        travel = new TimeTravel(clock, wiring.schedules(), new Surroundings());
        wiring.start();
        pipes.start();
        server.createContext(
                "/", new HttpApi(wiring.routes(), exchange -> page.get().handle(exchange), clock));
    }

    /**
     * Starts everything; when it returns, webhooks are taken.
     *
     * @throws IllegalStateException if a port is in use or something is not built; it says how to
     *     mend it
     */
    public static LocalStack start(Settings settings) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return new LocalStack(settings, open);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    /** The data folder of the stack that ./local/run starts from a base port. */
    public static Path dataOf(int basePort) {
        return Repository.root().resolve("local/.data/" + basePort);
    }

    /** The HTTP API's address; what no route of it is for, the page answers. */
    public URI api() {
        return api;
    }

    /** Where DynamoDB answers. */
    public URI dynamoDbAddress() {
        return engines.dynamoDbAddress();
    }

    /** Where functions find AWS; faults can be injected there. */
    public AwsEndpoint aws() {
        return aws;
    }

    /** The time that functions see. */
    public MovableClock clock() {
        return clock;
    }

    /** Moves the clock, with all that is due on the way. */
    public TimeTravel travel() {
        return travel;
    }

    /**
     * Has the clock's way stop for what a frequent schedule waits for without any row of it: such
     * as the next campaign of a calendar.
     *
     * @param next when something falls due after a time
     */
    public void stopFor(Function<Instant, Optional<Instant>> next) {
        alsoDue = next;
    }

    /**
     * When something falls due after a time that waits for a frequent schedule: a row, or what
     * {@link #stopFor} tells of.
     */
    public Optional<Instant> nextDue(Instant after) {
        return Stream.of(dueRows.next(after), alsoDue.apply(after))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** From now on runs schedules as their time comes by itself. */
    public void keepTime() {
        ScheduledExecutorService ticker =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        opened(ticker);
        ticker.scheduleWithFixedDelay(travel::tick, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Waits until no function runs, no message waits for one and no stream holds unread changes.
     * What failed and is to be tried later does not count: for that the clock must move.
     *
     * @throws IllegalStateException if that takes over 5 minutes; it says what is still at work
     */
    public void settle() {
        pipes.look();
        activity.awaitQuiet(SETTLE_DEADLINE);
    }

    /** What was sent to people. */
    public Outbox outbox() {
        return outbox;
    }

    /** Invokes a function by its logical id and waits for its answer. */
    public Outcome invoke(String function, String payload) {
        return wiring.function(function).invoke(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Invokes a function by its logical id as a schedule does: nobody waits, failures retried. */
    public void invokeAsync(String function, String payload) {
        wiring.async(function).invoke(payload);
    }

    /** Gives a message to all who listen to a topic, such as what a member answered by SMS. */
    public void publish(String topic, String message) {
        wiring.publish(topic, message);
    }

    /** What was published to a topic so far, by its logical id, such as that of alarms. */
    public List<String> published(String topic) {
        return wiring.published(topic);
    }

    /**
     * From now on SNS accepts some SMS and does not deliver them, as its delivery log then says.
     *
     * @param why by phone, in SNS's own words
     */
    public void failToDeliver(Function<String, Optional<String>> why) {
        sns.failToDeliver(why);
    }

    /** A queue by its logical id, such as one of dead letters. */
    public Queue queue(String logicalId) {
        return wiring.queue(logicalId);
    }

    /** Signs webhooks with the secrets of this run, which one secret of the template holds. */
    public Signer signer(String secret) {
        return new Signer(wiring.secret(secret));
    }

    /** The name of a table or bucket by its logical id. */
    public String name(String logicalId) {
        return template.nameOf(logicalId);
    }

    /** A client of the tables; not to be closed. */
    public DynamoDbClient dynamoDb() {
        return engines.dynamoDb();
    }

    /** A client of the files; not to be closed. */
    public S3Client s3() {
        return engines.s3();
    }

    /** Who answers requests that no route is for. */
    public void setPage(HttpHandler handler) {
        page.set(handler);
    }

    /** Empties tables, buckets, queues and outbox, and takes faults out. Time stays as it is. */
    public void reset() {
        settle();
        aws.injectFault(call -> {});
        sns.failToDeliver(phone -> Optional.empty());
        wiring.purge();
        engines.reset();
        pipes.forget();
        outbox.clear();
    }

    /** Ends all that was started, last first. */
    @Override
    public void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        IllegalStateException failed = new IllegalStateException("could not end cleanly");
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }

    /** The template with the address of each of its HTTP APIs as the one of this machine. */
    static Template addressed(Template template, URI api) {
        Map<String, String> addresses = new HashMap<>();
        template.resources("AWS::Serverless::HttpApi")
                .forEach(each -> addresses.put(each.logicalId() + ".ApiEndpoint", api.toString()));
        return template.with(addresses);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private final class Surroundings implements TimeTravel.Surroundings {
        @Override
        public void settle() {
            LocalStack.this.settle();
        }

        @Override
        public long effects() {
            return wiring.events() + outbox.count();
        }

        @Override
        public Optional<Instant> nextRetry() {
            return wiring.nextRetry();
        }

        @Override
        public Optional<Instant> nextDue(Instant after) {
            return LocalStack.this.nextDue(after);
        }

        @Override
        public boolean isDue(Instant at) {
            return dueRows.areThere(at);
        }
    }
}
