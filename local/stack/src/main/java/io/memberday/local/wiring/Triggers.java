package io.memberday.local.wiring;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;
import io.memberday.local.engine.LocalCredentials;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Invocable;
import io.memberday.local.http.Route;
import io.memberday.local.queue.AsyncInvocations;
import io.memberday.local.queue.EventSource;
import io.memberday.local.schedule.Schedule;
import io.memberday.local.schedule.Timing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What wakes the template's functions: the Events of each. */
final class Triggers {
    /** How many invocations Lambda starts with on one queue, where the template gives no most. */
    private static final int LAMBDAS_FIRST_POLLERS = 5;

    private static final int SQS_BATCH = 10;

    private final Template template;
    private final Queues queues;
    private final Functions functions;
    private final InstantSource clock;
    private final Activity activity;
    private final Map<Route, Invocable> routes = new LinkedHashMap<>();
    private final List<EventSource> sources = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private final Map<String, List<Consumer<String>>> subscribers = new LinkedHashMap<>();
    private final Map<String, List<Consumer<String>>> readers = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException if a function is woken by what the local AWS does not know
     */
    Triggers(
            Template template,
            Queues queues,
            Functions functions,
            InstantSource clock,
            Activity activity) {
        this.template = template;
        this.queues = queues;
        this.functions = functions;
        this.clock = clock;
        this.activity = activity;
        template.resources("AWS::SNS::Topic")
                .forEach(
                        topic ->
                                subscribers.put(
                                        Properties.arn(template, topic.logicalId()),
                                        new ArrayList<>()));
        for (Template.Function function : template.functions()) {
            function.events().forEach(event -> add(function.logicalId(), event));
        }
    }

    Map<Route, Invocable> routes() {
        return routes;
    }

    List<EventSource> sources() {
        return sources;
    }

    List<Schedule> schedules() {
        return schedules;
    }

    /** Who reads which log group, by its name. */
    Map<String, List<Consumer<String>>> readers() {
        return readers;
    }

    /** Who listens to which topic, by its ARN. */
    Map<String, List<Consumer<String>>> subscribers() {
        return subscribers;
    }

    private void add(String function, Template.Event event) {
        String name = function + "." + event.name();
        Properties properties = Properties.of(template, name, event.properties());
        switch (event.type()) {
            case "HttpApi" -> addRoute(function, properties);
            case "SQS" -> addSource(function, properties);
            case "ScheduleV2" -> addSchedule(function, name, properties);
            case "SNS" -> addSubscriber(function, properties);
            case "CloudWatchLogs" -> addReader(function, properties);
            default ->
                    throw new IllegalArgumentException(
                            "the local AWS does not know %s, which wakes %s"
                                    .formatted(event.type(), name));
        }
    }

    private void addRoute(String function, Properties properties) {
        Route route =
                new Route(
                        properties.text("Method").toUpperCase(Locale.ROOT),
                        properties.text("Path"),
                        signed(properties));
        routes.put(route, functions.byId(function));
    }

    /** Whether a route's callers must sign, which its API must know of. */
    private boolean signed(Properties route) {
        String authorizer =
                route.optional("Auth").map(auth -> auth.text("Authorizer")).orElse("NONE");
        if (authorizer.equals("NONE")) {
            return false;
        }
        boolean known =
                template.resources("AWS::Serverless::HttpApi").stream()
                        .filter(api -> template.nameOf(api.logicalId()).equals(route.text("ApiId")))
                        .anyMatch(this::knowsIam);
        if (!authorizer.equals("AWS_IAM") || !known) {
            throw new IllegalArgumentException(
                    "the local AWS has no authorizer %s of %s; AWS_IAM needs EnableIamAuthorizer of the API"
                            .formatted(authorizer, route.fields().pathOf("Auth")));
        }
        return true;
    }

    private boolean knowsIam(Template.Resource api) {
        return api.properties().get("Auth") instanceof Map<?, ?> auth
                && String.valueOf(auth.get("EnableIamAuthorizer")).equals("true");
    }

    private void addSource(String function, Properties properties) {
        properties.refuse("FilterCriteria");
        if (!properties.fields().optionalTruth("Enabled").orElse(true)) {
            return;
        }
        String arn = properties.text("Queue");
        int concurrency =
                properties
                        .optional("ScalingConfig")
                        .map(scaling -> scaling.number("MaximumConcurrency", LAMBDAS_FIRST_POLLERS))
                        .orElse(LAMBDAS_FIRST_POLLERS);
        sources.add(
                new EventSource(
                        queues.byArn(arn),
                        new EventSource.Settings(
                                arn,
                                properties.number("BatchSize", SQS_BATCH),
                                Duration.ofSeconds(
                                        properties.number("MaximumBatchingWindowInSeconds", 0)),
                                concurrency,
                                properties
                                        .fields()
                                        .texts("FunctionResponseTypes")
                                        .contains("ReportBatchItemFailures")),
                        functions.byId(function),
                        clock,
                        activity));
    }

    private void addSchedule(String function, String name, Properties properties) {
        if (properties.optionalText("State").orElse("ENABLED").equals("DISABLED")) {
            return;
        }
        String zone = properties.optionalText("ScheduleExpressionTimezone").orElse("UTC");
        AsyncInvocations target = functions.asyncById(function);
        String input = properties.optionalText("Input").orElse("");
        schedules.add(
                new Schedule(
                        name,
                        Timing.of(properties.text("ScheduleExpression"), ZoneId.of(zone)),
                        due -> target.invoke(input(name, input, due))));
    }

    /** The schedule's input with what Scheduler puts into it, or its own event if it has none. */
    private static String input(String name, String input, Instant due) {
        if (!input.isEmpty()) {
            return input.replace("<aws.scheduler.scheduled-time>", due.toString())
                    .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
                    .replace("<aws.scheduler.attempt-number>", "1")
                    .replace("<aws.scheduler.schedule-arn>", arn(name));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.scheduler");
        event.put("account", LocalCredentials.ACCOUNT_ID);
        event.put("time", due.toString());
        event.put("region", LocalCredentials.REGION);
        event.put("resources", List.of(arn(name)));
        event.put("detail", "{}");
        return Json.write(event);
    }

    private static String arn(String name) {
        return "arn:aws:scheduler:%s:%s:schedule/default/%s"
                .formatted(LocalCredentials.REGION, LocalCredentials.ACCOUNT_ID, name);
    }

    private void addReader(String function, Properties properties) {
        if (!properties.optionalText("FilterPattern").orElse("").isEmpty()) {
            properties.refuse("FilterPattern");
        }
        readers.computeIfAbsent(properties.text("LogGroupName"), group -> new ArrayList<>())
                .add(functions.asyncById(function)::invoke);
    }

    private void addSubscriber(String function, Properties properties) {
        properties.refuse("FilterPolicy");
        String topic = properties.text("Topic");
        List<Consumer<String>> others = subscribers.get(topic);
        if (others == null) {
            throw new IllegalArgumentException("the template has no topic " + topic);
        }
        others.add(functions.asyncById(function)::invoke);
    }
}
