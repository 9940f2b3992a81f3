package io.memberday.local.engine;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the names in a template stand for: parameters, pseudo parameters, resources, conditions. */
final class Names {
    /** {@code ${Name}}, {@code ${Name.Attribute}}, or {@code ${!literal}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private static final Map<String, String> PSEUDO_PARAMETERS =
            Map.of(
                    "AWS::Region", LocalCredentials.REGION,
                    "AWS::AccountId", LocalCredentials.ACCOUNT_ID,
                    "AWS::StackName", "memberday",
                    "AWS::Partition", "aws",
                    "AWS::URLSuffix", "amazonaws.com");

    /** The property that names a resource of a type; others go by their logical id. */
    private static final Map<String, String> NAME_PROPERTY =
            Map.of(
                    "AWS::DynamoDB::Table", "TableName",
                    "AWS::SQS::Queue", "QueueName",
                    "AWS::S3::Bucket", "BucketName",
                    "AWS::Events::EventBus", "Name",
                    "AWS::SNS::Topic", "TopicName",
                    "AWS::SecretsManager::Secret", "Name",
                    "AWS::Serverless::Function", "FunctionName",
                    "AWS::Lambda::Function", "FunctionName",
                    "AWS::Logs::LogGroup", "LogGroupName");

    private final Map<String, Object> parameters;
    private final Map<String, Object> conditions;
    private final Map<String, Object> resources;
    private final Map<String, String> given;

    Names(Map<String, Object> template, Map<String, String> given) {
        this.parameters = Yaml.map(template.get("Parameters"));
        this.conditions = Yaml.map(template.get("Conditions"));
        this.resources = Yaml.map(template.get("Resources"));
        this.given = Map.copyOf(given);
    }

    Map<String, String> given() {
        return given;
    }

    Map<String, Object> resources() {
        return resources;
    }

    Map<String, String> parameterDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> {
                    Object value = Yaml.map(parameter).get("Default");
                    if (value != null) {
                        defaults.put(name, value.toString());
                    }
                });
        return defaults;
    }

    @Nullable Object resolve(@Nullable Object value) {
        return switch (value) {
            case Intrinsic intrinsic -> resolve(intrinsic);
            case Map<?, ?> map -> {
                Map<String, Object> resolved = new LinkedHashMap<>();
                Yaml.map(map)
                        .forEach(
                                (key, each) -> {
                                    Object one = resolve(each);
                                    if (one != null) {
                                        resolved.put(key, one);
                                    }
                                });
                yield resolved;
            }
            case List<?> list -> list.stream().map(this::resolve).filter(Objects::nonNull).toList();
            case null, default -> value;
        };
    }

    private @Nullable Object resolve(Intrinsic intrinsic) {
        return switch (intrinsic) {
            case Intrinsic.Ref ref -> ref(ref.name());
            case Intrinsic.GetAtt(String logicalId, String attribute) ->
                    attribute(logicalId, attribute);
            case Intrinsic.Sub sub -> substitute(sub);
            case Intrinsic.Join(String separator, Object parts) ->
                    Yaml.list(resolve(parts)).stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(separator));
            case Intrinsic.If(String condition, Object then, Object otherwise) ->
                    resolve(holds(condition) ? then : otherwise);
            case Intrinsic.Other other -> holds(other);
        };
    }

    /** Whether a named condition holds; no condition always does. */
    boolean holds(@Nullable String condition) {
        if (condition == null) {
            return true;
        }
        return holds(known(conditions.get(condition), "condition " + condition));
    }

    private boolean holds(Object expression) {
        return switch (expression) {
            case Intrinsic.Other(String function, Object argument) ->
                    switch (function) {
                        case "Condition" -> holds((String) argument);
                        case "Equals" -> {
                            List<Object> sides = Yaml.list(argument);
                            yield String.valueOf(resolve(sides.get(0)))
                                    .equals(String.valueOf(resolve(sides.get(1))));
                        }
                        case "Not" -> !holds(Yaml.list(argument).get(0));
                        case "And" -> Yaml.list(argument).stream().allMatch(this::holds);
                        case "Or" -> Yaml.list(argument).stream().anyMatch(this::holds);
                        default ->
                                throw new IllegalArgumentException(
                                        "cannot resolve !%s %s".formatted(function, argument));
                    };
            case Map<?, ?> longForm when longForm.get("Condition") instanceof String name ->
                    holds(name);
            default -> throw new IllegalArgumentException("not a condition: " + expression);
        };
    }

    private @Nullable Object ref(String name) {
        if (name.equals("AWS::NoValue")) {
            return null;
        }
        if (given.containsKey(name)) {
            return given.get(name);
        }
        if (PSEUDO_PARAMETERS.containsKey(name)) {
            return PSEUDO_PARAMETERS.get(name);
        }
        if (parameters.containsKey(name)) {
            return known(parameterDefaults().get(name), "value for parameter " + name);
        }
        return switch (typeOf(name)) {
            case "AWS::SNS::Topic", "AWS::SecretsManager::Secret" -> attribute(name, "Arn");
            default -> physicalName(name);
        };
    }

    String physicalName(String logicalId) {
        if (given.containsKey(logicalId)) {
            return given.get(logicalId);
        }
        String type = typeOf(logicalId);
        String nameProperty = NAME_PROPERTY.get(type);
        Object name =
                nameProperty == null
                        ? null
                        : resolve(
                                Yaml.map(Yaml.map(resources.get(logicalId)).get("Properties"))
                                        .get(nameProperty));
        if (name != null) {
            return name.toString();
        }
        // S3 refuses capitals.
        return type.equals("AWS::S3::Bucket") ? logicalId.toLowerCase(Locale.ROOT) : logicalId;
    }

    private String attribute(String logicalId, String attribute) {
        String asGiven = given.get(logicalId + "." + attribute);
        if (asGiven != null) {
            return asGiven;
        }
        return switch (attribute) {
            case "Arn", "TopicArn" -> arn(logicalId);
            case "StreamArn" -> arn(logicalId) + "/stream/2026-01-01T00:00:00.000";
            case "Name", "QueueName", "TopicName" -> physicalName(logicalId);
            case "ApiEndpoint" ->
                    "https://%s.execute-api.%s.%s"
                            .formatted(
                                    physicalName(logicalId),
                                    ref("AWS::Region"),
                                    ref("AWS::URLSuffix"));
            default ->
                    throw new IllegalArgumentException(
                            "the template's %s.%s is known on AWS only: give it a value"
                                    .formatted(logicalId, attribute));
        };
    }

    private String arn(String logicalId) {
        String name = physicalName(logicalId);
        String type = typeOf(logicalId);
        return switch (type) {
            case "AWS::DynamoDB::Table" -> arn("dynamodb", "table/" + name);
            case "AWS::S3::Bucket" -> "arn:%s:s3:::%s".formatted(ref("AWS::Partition"), name);
            case "AWS::Serverless::Function", "AWS::Lambda::Function" ->
                    arn("lambda", "function:" + name);
            case "AWS::Events::EventBus" -> arn("events", "event-bus/" + name);
            case "AWS::SecretsManager::Secret" -> arn("secretsmanager", "secret:" + name);
            case "AWS::Logs::LogGroup" -> arn("logs", "log-group:" + name + ":*");
            case "AWS::IAM::Role" ->
                    "arn:%s:iam::%s:role/%s"
                            .formatted(ref("AWS::Partition"), ref("AWS::AccountId"), name);
            default -> arn(type.split("::")[1].toLowerCase(Locale.ROOT), name);
        };
    }

    private String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s"
                .formatted(
                        ref("AWS::Partition"),
                        service,
                        ref("AWS::Region"),
                        ref("AWS::AccountId"),
                        resource);
    }

    private String substitute(Intrinsic.Sub sub) {
        return VARIABLE.matcher(sub.text())
                .replaceAll(
                        variable ->
                                Matcher.quoteReplacement(
                                        String.valueOf(variable(sub, variable.group(1).strip()))));
    }

    private @Nullable Object variable(Intrinsic.Sub sub, String name) {
        if (name.startsWith("!")) {
            return "${" + name.substring(1) + "}";
        }
        if (sub.variables().containsKey(name)) {
            return resolve(sub.variables().get(name));
        }
        int dot = name.indexOf('.');
        return dot < 0 ? ref(name) : attribute(name.substring(0, dot), name.substring(dot + 1));
    }

    private String typeOf(String logicalId) {
        Object resource = known(resources.get(logicalId), logicalId);
        return (String) known(Yaml.map(resource).get("Type"), "type of " + logicalId);
    }

    private static <T> T known(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("the template has no " + what);
        }
        return value;
    }
}
