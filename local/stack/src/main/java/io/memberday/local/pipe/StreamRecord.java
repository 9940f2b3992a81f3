package io.memberday.local.pipe;

import io.memberday.json.Json;
import io.memberday.local.engine.LocalCredentials;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change of a row, as a pipe sees it.
 *
 * @param shard in which it stands
 * @param sequence its number there
 * @param event JSON
 */
public record StreamRecord(String shard, String sequence, String event) {

    static StreamRecord of(String stream, String shard, Record record) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put(
                "ApproximateCreationDateTime",
                record.dynamodb().approximateCreationDateTime().getEpochSecond());
        change.put("Keys", json(record.dynamodb().keys()));
        if (record.dynamodb().hasNewImage()) {
            change.put("NewImage", json(record.dynamodb().newImage()));
        }
        if (record.dynamodb().hasOldImage()) {
            change.put("OldImage", json(record.dynamodb().oldImage()));
        }
        change.put("SequenceNumber", record.dynamodb().sequenceNumber());
        change.put("StreamViewType", record.dynamodb().streamViewTypeAsString());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventID", record.eventID());
        event.put("eventName", record.eventNameAsString());
        event.put("eventVersion", "1.1");
        event.put("eventSource", "aws:dynamodb");
        event.put("awsRegion", LocalCredentials.REGION);
        event.put("eventSourceARN", stream);
        event.put("dynamodb", change);
        return new StreamRecord(shard, record.dynamodb().sequenceNumber(), Json.write(event));
    }

    /** The text at a path such as {@code $.dynamodb.Keys.memberId.S}; empty if there is no text. */
    String at(String path) {
        Object value = Json.read(event).asMap();
        for (String step : path.substring(2).split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
            if (value == null) {
                return "";
            }
        }
        return value instanceof String text ? text : "";
    }

    private static Map<String, Object> json(Map<String, AttributeValue> item) {
        Map<String, Object> json = new LinkedHashMap<>();
        item.forEach((name, value) -> json.put(name, json(value)));
        return json;
    }

    private static Map<String, Object> json(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case BOOL -> Map.of("BOOL", value.bool());
            case NUL -> Map.of("NULL", true);
            case M -> Map.of("M", json(value.m()));
            case L -> Map.of("L", value.l().stream().map(StreamRecord::json).toList());
            case SS -> Map.of("SS", List.copyOf(value.ss()));
            case NS -> Map.of("NS", List.copyOf(value.ns()));
            case B, BS, UNKNOWN_TO_SDK_VERSION ->
                    throw new IllegalArgumentException("a pipe knows no " + value.type());
        };
    }
}
