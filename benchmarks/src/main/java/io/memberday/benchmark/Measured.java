package io.memberday.benchmark;

import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one JVM took for one line.
 *
 * @param items how many
 * @param cpuNanos processor time of the whole process, user and system
 * @param wallNanos time that passed
 * @param peakKilobytes most memory that the process had at once
 * @param traffic requests, bytes sent and bytes received by operation
 */
record Measured(
        long items,
        long cpuNanos,
        long wallNanos,
        long peakKilobytes,
        Map<String, List<Long>> traffic) {

    double cpuMicros() {
        return cpuNanos / 1_000.0 / items;
    }

    double wallMicros() {
        return wallNanos / 1_000.0 / items;
    }

    String json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("items", items);
        values.put("cpu", cpuNanos);
        values.put("wall", wallNanos);
        values.put("peak", peakKilobytes);
        values.put("traffic", traffic);
        return Json.write(values);
    }

    static Measured read(String json) {
        Fields fields = Json.read(json);
        Map<String, List<Long>> traffic = new TreeMap<>();
        Fields operations = fields.object("traffic");
        for (String operation : operations.names()) {
            traffic.put(
                    operation,
                    operations.list(operation).stream()
                            .map(count -> ((Number) count).longValue())
                            .toList());
        }
        return new Measured(
                whole(fields, "items"),
                whole(fields, "cpu"),
                whole(fields, "wall"),
                whole(fields, "peak"),
                traffic);
    }

    private static long whole(Fields fields, String name) {
        return fields.whole(name, 0, Long.MAX_VALUE);
    }
}
