package io.memberday.local.engine;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A SAM template: what it declares, and the values its {@link Intrinsic}s would have once deployed.
 *
 * <p>Parameters have their defaults, resources a name by convention: see {@link #with}. Immutable.
 *
 * {@snippet :
 * Template template = Template.read(Repository.template());
 * template.function("OrderWebhookFunction").environment().get("MEMBERS_TABLE"); // "MembersTable"
 * }
 */
public final class Template {
    private final Map<String, Object> root;
    private final Names names;

    private Template(Map<String, Object> root, Map<String, String> given) {
        this.root = root;
        this.names = new Names(root, given);
    }

    /**
     * One resource.
     *
     * @param properties unresolved; for a function, merged with Globals
     */
    public record Resource(String logicalId, String type, Map<String, Object> properties) {}

    /**
     * One Lambda function.
     *
     * @param handler as in {@code io.memberday.webhook.OrderWebhookLambda::handleRequest}
     * @param codeUri relative to the template
     * @param environment resolved
     * @param events in the template's order
     * @param timeout Lambda's 3 s unless given
     * @param properties all of them, unresolved, merged with Globals
     */
    public record Function(
            String logicalId,
            String handler,
            String codeUri,
            Map<String, String> environment,
            List<Event> events,
            Duration timeout,
            Map<String, Object> properties) {}

    /**
     * One entry of a function's Events.
     *
     * @param type as in {@code HttpApi} or {@code SQS}
     * @param properties unresolved
     */
    public record Event(String name, String type, Map<String, Object> properties) {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is not there or cannot be read
     */
    public static Template read(Path file) {
        return new Template(Yaml.read(file), Map.of());
    }

    /**
     * This template with values in place of defaults and conventions.
     *
     * @param given by parameter ({@code Zone}), pseudo parameter ({@code AWS::StackName}), resource
     *     ({@code MembersTable}: its physical name, which its ARN follows) or attribute ({@code
     *     OrdersQueue.Arn}). By convention a resource is named by its name property, else by its
     *     logical id, in lower case for a bucket.
     */
    public Template with(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(names.given());
        all.putAll(given);
        return new Template(root, all);
    }

    /** Every parameter that has a default. */
    public Map<String, String> parameterDefaults() {
        return names.parameterDefaults();
    }

    /** The resources whose condition holds, in the template's order. */
    public List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        names.resources()
                .forEach(
                        (logicalId, value) -> {
                            Map<String, Object> resource = Yaml.map(value);
                            if (names.holds((String) resource.get("Condition"))) {
                                resources.add(resource(logicalId, resource));
                            }
                        });
        return resources;
    }

    /** The resources of one type, such as {@code AWS::DynamoDB::Table}. */
    public List<Resource> resources(String type) {
        return resources().stream().filter(resource -> resource.type().equals(type)).toList();
    }

    /** Every output with its properties, unresolved. */
    public Map<String, Object> outputs() {
        return Yaml.map(root.get("Outputs"));
    }

    /** Every Lambda function. */
    public List<Function> functions() {
        return resources("AWS::Serverless::Function").stream().map(this::function).toList();
    }

    /**
     * One Lambda function.
     *
     * @throws IllegalArgumentException if the template has none of that name
     */
    public Function function(String logicalId) {
        return resources("AWS::Serverless::Function").stream()
                .filter(resource -> resource.logicalId().equals(logicalId))
                .map(this::function)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the template has no function " + logicalId));
    }

    /**
     * A value with every intrinsic below it replaced; what is {@code AWS::NoValue} is left out.
     *
     * @throws IllegalArgumentException for a name that the template does not know, or a function
     *     other than Ref, GetAtt, Sub, Join, If and those of conditions
     */
    public @Nullable Object resolve(@Nullable Object value) {
        return names.resolve(value);
    }

    /** The physical name of a resource: what {@code !Ref} gives for a table, queue or bucket. */
    public String nameOf(String logicalId) {
        return names.physicalName(logicalId);
    }

    private Resource resource(String logicalId, Map<String, Object> resource) {
        String type = (String) resource.get("Type");
        Map<String, Object> own = Yaml.map(resource.get("Properties"));
        return new Resource(
                logicalId,
                type,
                type.equals("AWS::Serverless::Function")
                        ? merge(Yaml.map(Yaml.map(root.get("Globals")).get("Function")), own)
                        : own);
    }

    private Function function(Resource resource) {
        Map<String, Object> properties = resource.properties();
        Map<String, String> environment = new LinkedHashMap<>();
        Yaml.map(resolve(Yaml.map(properties.get("Environment")).get("Variables")))
                .forEach((name, value) -> environment.put(name, value.toString()));
        List<Event> events = new ArrayList<>();
        Yaml.map(properties.get("Events"))
                .forEach(
                        (name, value) -> {
                            Map<String, Object> event = Yaml.map(value);
                            events.add(
                                    new Event(
                                            name,
                                            (String) event.get("Type"),
                                            Yaml.map(event.get("Properties"))));
                        });
        Object timeout = properties.getOrDefault("Timeout", 3);
        return new Function(
                resource.logicalId(),
                text(resource, "Handler"),
                text(resource, "CodeUri"),
                environment,
                events,
                Duration.ofSeconds(Long.parseLong(String.valueOf(resolve(timeout)))),
                properties);
    }

    private String text(Resource resource, String property) {
        Object value = resolve(resource.properties().get(property));
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(resource.logicalId() + " has no " + property);
    }

    /**
     * Globals below a function's own properties, by SAM's rule: maps unite, lists join, globals
     * first, else the function's own wins.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals</a>
     */
    private static Map<String, Object> merge(Map<String, Object> globals, Map<String, Object> own) {
        BinaryOperator<Object> rule =
                (global, mine) -> {
                    if (global instanceof Map && mine instanceof Map) {
                        return merge(Yaml.map(global), Yaml.map(mine));
                    }
                    if (global instanceof List && mine instanceof List) {
                        List<Object> joined = Yaml.list(global);
                        joined.addAll(Yaml.list(mine));
                        return joined;
                    }
                    return mine;
                };
        Map<String, Object> merged = new LinkedHashMap<>(globals);
        own.forEach((key, value) -> merged.merge(key, value, rule));
        return merged;
    }
}
