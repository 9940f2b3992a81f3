package io.memberday.benchmark;

import io.memberday.json.Json;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of DynamoDB as it writes them. */
public final class DynamoJson {
    private DynamoJson() {}

    /** Of a scan or query. */
    public static byte[] page(
            List<Map<String, AttributeValue>> items, Map<String, AttributeValue> last) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("Count", items.size());
        answer.put("Items", items.stream().map(DynamoJson::item).toList());
        if (!last.isEmpty()) {
            answer.put("LastEvaluatedKey", item(last));
        }
        answer.put("ScannedCount", items.size());
        return bytes(answer);
    }

    /** Of a single read; an empty item is none. */
    public static byte[] found(Map<String, AttributeValue> item) {
        return bytes(item.isEmpty() ? Map.of() : Map.of("Item", item(item)));
    }

    /** Of a batch of reads. */
    public static byte[] batch(Map<String, List<Map<String, AttributeValue>>> found) {
        Map<String, Object> responses = new LinkedHashMap<>();
        found.forEach(
                (table, items) ->
                        responses.put(table, items.stream().map(DynamoJson::item).toList()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("Responses", responses);
        answer.put("UnprocessedKeys", Map.of());
        return bytes(answer);
    }

    private static byte[] bytes(Map<String, Object> answer) {
        return Json.write(answer).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> item(Map<String, AttributeValue> item) {
        Map<String, Object> values = new LinkedHashMap<>();
        item.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static Map<String, Object> value(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case BOOL -> Map.of("BOOL", value.bool());
            case M -> Map.of("M", item(value.m()));
            case L -> {
                List<Object> list = new ArrayList<>();
                value.l().forEach(each -> list.add(value(each)));
                yield Map.of("L", list);
            }
            default -> throw new IllegalArgumentException("no row of ours has a " + value.type());
        };
    }
}
