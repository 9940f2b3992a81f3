package io.memberday.local.wiring;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.aws.AwsCall;
import io.memberday.local.clock.Activity;
import io.memberday.local.engine.Template;
import io.memberday.local.pipe.Pipe;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The template's pipes: each from a table's stream to a bus. */
public final class Pipes implements AutoCloseable {
    private static final int AS_MANY_AS_PUT_EVENTS_TAKES = 10;

    private final List<Pipe> pipes = new ArrayList<>();

    /**
     * Makes them; nothing is read before {@link #start}.
     *
     * @param streams of a table by its name
     * @param aws answers calls to AWS
     * @throws IllegalArgumentException if the template says what the local AWS cannot do
     */
    public Pipes(
            Template template,
            Wiring wiring,
            Function<String, Pipe.Source> streams,
            Function<AwsCall, String> aws,
            InstantSource clock,
            Activity activity) {
        for (Template.Resource resource : template.resources("AWS::Pipes::Pipe")) {
            Properties properties = Properties.of(template, resource);
            properties.refuse("Enrichment", "EnrichmentParameters");
            String table = table(properties.text("Source"));
            Pipe pipe =
                    new Pipe(
                            settings(template, wiring, resource, properties.fields()),
                            streams.apply(table),
                            entries -> put(aws, entries),
                            clock,
                            activity);
            pipes.add(pipe);
            template.functions().stream()
                    .filter(function -> function.environment().containsValue(table))
                    .forEach(function -> wiring.function(function.logicalId()).onEnd(pipe::look));
        }
    }

    /** Has them read from now on. */
    public void start() {
        pipes.forEach(Pipe::start);
    }

    /** Says that tables may have changed. */
    public void look() {
        pipes.forEach(Pipe::look);
    }

    /** Begins anew with tables that were made anew. */
    public void forget() {
        pipes.forEach(Pipe::forget);
    }

    @Override
    public void close() {
        pipes.forEach(Pipe::close);
    }

    private static Pipe.Settings settings(
            Template template, Wiring wiring, Template.Resource resource, Fields pipe) {
        Fields source = pipe.object("SourceParameters");
        Fields stream = source.object("DynamoDBStreamParameters");
        Fields target = pipe.object("TargetParameters");
        Fields bus = target.object("EventBridgeEventBusParameters");
        return new Pipe.Settings(
                resource.logicalId(),
                Properties.arn(template, resource.logicalId()),
                source
                        .optionalObject("FilterCriteria")
                        .map(criteria -> criteria.objects("Filters"))
                        .orElse(List.of())
                        .stream()
                        .map(filter -> filter.text("Pattern"))
                        .toList(),
                Math.toIntExact(stream.whole("BatchSize", 1, AS_MANY_AS_PUT_EVENTS_TAKES)),
                // For ever, as on AWS without a limit, would never come to rest here.
                Math.toIntExact(stream.whole("MaximumRetryAttempts", 0, 10_000)),
                pipe.text("Target"),
                bus.text("Source"),
                bus.text("DetailType"),
                target.text("InputTemplate"),
                wiring.queueByArn(stream.object("DeadLetterConfig").text("Arn"))::send);
    }

    private static List<Boolean> put(
            Function<AwsCall, String> aws, List<Map<String, Object>> entries) {
        String answer =
                aws.apply(
                        new AwsCall("events", "PutEvents", Json.write(Map.of("Entries", entries))));
        return Json.read(answer).objects("Entries").stream()
                .map(entry -> !entry.has("ErrorCode"))
                .toList();
    }

    /** {@code arn:…:table/NAME/stream/…}. */
    private static String table(String stream) {
        int from = stream.indexOf(":table/");
        int to = stream.indexOf("/stream/");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the local AWS pipes no " + stream);
        }
        return stream.substring(from + ":table/".length(), to);
    }
}
