package io.memberday.memberapi;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The published description of the API, docs/member-api.openapi.yaml. */
final class OpenApi {
    static final OpenApi DOCUMENT = new OpenApi();

    private static final String GOOD = "200";
    private static final String JSON = "application/json";
    private static final int NO_ROUTE = 404;
    private static final String PARAMETERS = "parameters";

    private final Fields components;
    private final Map<String, Operation> operations = new TreeMap<>();

    /**
     * One route as it is described.
     *
     * @param parameters of path and query
     * @param body of the request, if it has one
     * @param answers by status: the schema of their body
     */
    record Operation(
            String route,
            List<Fields> parameters,
            Optional<Fields> body,
            Map<String, Fields> answers) {

        /** The names of its parameters of a kind: {@code path} or {@code query}. */
        Set<String> names(String in) {
            return parameters.stream()
                    .filter(parameter -> parameter.text("in").equals(in))
                    .map(parameter -> parameter.text("name"))
                    .collect(Collectors.toSet());
        }

        /** Bodies that may be sent: the examples; one that is empty where nothing is sent. */
        List<String> examples() {
            return body.map(
                            content -> {
                                Fields examples = content.object("examples");
                                return examples.names().stream()
                                        .map(name -> examples.object(name).object("value"))
                                        .map(value -> Json.write(value.asMap()))
                                        .toList();
                            })
                    .orElse(List.of(""));
        }
    }

    private OpenApi() {
        Fields root;
        try {
            root =
                    Fields.of(
                            "",
                            map(
                                    new Load(LoadSettings.builder().build())
                                            .loadFromString(
                                                    Files.readString(
                                                            Repository.root()
                                                                    .resolve(
                                                                            "docs/member-api.openapi.yaml")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        components = root.object("components");
        Fields paths = root.object("paths");
        for (String path : paths.names()) {
            Fields item = paths.object(path);
            for (String method : item.names()) {
                if (!method.equals(PARAMETERS)) {
                    String route = method.toUpperCase(Locale.ROOT) + " " + path;
                    operations.put(route, operation(route, item, item.object(method)));
                }
            }
        }
    }

    /** The routes that are described: {@code GET /members/{member}}. */
    Map<String, Operation> operations() {
        return operations;
    }

    /** What is not as it is described in a call and its answer. */
    List<String> against(APIGatewayV2HTTPEvent call, APIGatewayV2HTTPResponse response) {
        Operation operation = operations.get(call.getRouteKey());
        if (operation == null) {
            return response.getStatusCode() == NO_ROUTE
                    ? List.of()
                    : List.of("a route: " + call.getRouteKey());
        }
        String status = String.valueOf(response.getStatusCode());
        Fields answer = operation.answers().get(status);
        if (answer == null) {
            return List.of("a status of %s: %s".formatted(operation.route(), status));
        }
        List<String> wrong = new ArrayList<>(violations(answer, response.getBody()));
        if (status.equals(GOOD)) {
            operation
                    .body()
                    .ifPresent(
                            content ->
                                    wrong.addAll(
                                            violations(content.object("schema"), call.getBody())));
            Optional.ofNullable(call.getQueryStringParameters()).orElse(Map.of()).keySet().stream()
                    .filter(name -> !operation.names("query").contains(name))
                    .forEach(name -> wrong.add("a parameter: " + name));
        }
        return wrong;
    }

    private Operation operation(String route, Fields item, Fields described) {
        List<Fields> parameters = new ArrayList<>(item.objects(PARAMETERS));
        parameters.addAll(described.objects(PARAMETERS));
        Map<String, Fields> answers = new TreeMap<>();
        Fields responses = described.object("responses");
        for (String status : responses.names()) {
            answers.put(
                    status,
                    referred(responses.object(status))
                            .object("content")
                            .object(JSON)
                            .object("schema"));
        }
        return new Operation(
                route,
                parameters.stream().map(this::referred).toList(),
                described
                        .optionalObject("requestBody")
                        .map(body -> body.object("content").object(JSON)),
                answers);
    }

    /** What stands in place of a reference to a component. */
    private Fields referred(Fields described) {
        return described
                .optionalText("$ref")
                .map(
                        reference -> {
                            Fields at = components;
                            for (String name :
                                    reference.substring("#/components/".length()).split("/")) {
                                at = at.object(name);
                            }
                            return at;
                        })
                .orElse(described);
    }

    private List<String> violations(Fields schema, String body) {
        Map<String, Object> whole =
                Map.of(
                        "allOf",
                        List.of(schema.asMap()),
                        "$defs",
                        components.object("schemas").asMap());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.write(strict(whole)))
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Callers must put up with fields that are not described, but there should be none. */
    private static Object strict(Object schema) {
        if (schema instanceof List<?> list) {
            return list.stream().map(OpenApi::strict).toList();
        }
        if (schema instanceof String reference) {
            return reference.replace("#/components/schemas/", "#/$defs/");
        }
        if (!(schema instanceof Map<?, ?>)) {
            return schema;
        }
        Map<String, Object> strict = new LinkedHashMap<>();
        map(schema).forEach((name, value) -> strict.put(name, strict(value)));
        if (strict.containsKey("properties")) {
            strict.putIfAbsent("additionalProperties", false);
        }
        return strict;
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, each) -> map.put((String) name, each));
        return map;
    }
}
