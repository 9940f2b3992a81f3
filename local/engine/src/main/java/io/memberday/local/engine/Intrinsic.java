package io.memberday.local.engine;

import java.util.List;
import java.util.Map;

/** A CloudFormation function in a template, such as {@code !Ref} or {@code !Sub}, unresolved. */
public sealed interface Intrinsic {
    /** {@code !Ref name}: a parameter, a pseudo parameter or a resource. */
    record Ref(String name) implements Intrinsic {}

    /** {@code !GetAtt Resource.Attribute}. */
    record GetAtt(String logicalId, String attribute) implements Intrinsic {}

    /** {@code !Sub "text with ${names}"}, with variables of its own or none. */
    record Sub(String text, Map<String, Object> variables) implements Intrinsic {}

    /** {@code !Join [separator, parts]}. */
    record Join(String separator, Object parts) implements Intrinsic {}

    /** {@code !If [condition, then, otherwise]}. */
    record If(String condition, Object then, Object otherwise) implements Intrinsic {}

    /** Any other function, by its name without "Fn::" or "!". */
    record Other(String function, Object argument) implements Intrinsic {}

    /**
     * Reads one function from its short form ({@code !Sub}) or its long form ({@code Fn::Sub}).
     *
     * @throws IllegalArgumentException if the argument does not have the function's shape
     */
    static Intrinsic of(String function, Object argument) {
        return switch (function) {
            case "Ref" -> new Ref((String) argument);
            case "GetAtt" -> getAtt(argument);
            case "Sub" ->
                    argument instanceof List<?> pair
                            ? new Sub((String) pair.get(0), Yaml.map(pair.get(1)))
                            : new Sub((String) argument, Map.of());
            case "Join" -> {
                List<Object> pair = arguments(function, argument, 2);
                yield new Join((String) pair.get(0), pair.get(1));
            }
            case "If" -> {
                List<Object> three = arguments(function, argument, 3);
                yield new If((String) three.get(0), three.get(1), three.get(2));
            }
            default -> new Other(function, argument);
        };
    }

    private static GetAtt getAtt(Object argument) {
        if (argument instanceof String text) {
            int dot = text.indexOf('.');
            if (dot < 1) {
                throw new IllegalArgumentException("!GetAtt takes Resource.Attribute, not " + text);
            }
            return new GetAtt(text.substring(0, dot), text.substring(dot + 1));
        }
        List<Object> pair = arguments("GetAtt", argument, 2);
        return new GetAtt((String) pair.get(0), (String) pair.get(1));
    }

    private static List<Object> arguments(String function, Object argument, int count) {
        List<Object> arguments = Yaml.list(argument);
        if (arguments.size() != count) {
            throw new IllegalArgumentException(
                    "!%s takes a list of %d, not %s".formatted(function, count, argument));
        }
        return arguments;
    }
}
