package io.memberday.local.aws;

import io.memberday.json.Json;
import io.memberday.local.engine.LocalCredentials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** CloudWatch Logs as far as functions are woken by it: what AWS itself logs, and who reads it. */
public final class LogGroups {
    private final Map<String, List<Consumer<String>>> subscribers;
    private final InstantSource clock;

    /**
     * @param subscribers by the group's name, each takes the JSON of Lambda's event
     */
    public LogGroups(Map<String, List<Consumer<String>>> subscribers, InstantSource clock) {
        this.subscribers = subscribers;
        this.clock = clock;
    }

    /** Writes a line; nobody may be listening. */
    void put(String group, String line) {
        List<Consumer<String>> listening = subscribers.getOrDefault(group, List.of());
        if (!listening.isEmpty()) {
            String event =
                    Json.write(Map.of("awslogs", Map.of("data", zipped(batch(group, line)))));
            listening.forEach(subscriber -> subscriber.accept(event));
        }
    }

    private String batch(String group, String line) {
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("messageType", "DATA_MESSAGE");
        batch.put("owner", LocalCredentials.ACCOUNT_ID);
        batch.put("logGroup", group);
        batch.put("logStream", UUID.randomUUID().toString());
        batch.put("subscriptionFilters", List.of("local"));
        batch.put(
                "logEvents",
                List.of(
                        Map.of(
                                "id", UUID.randomUUID().toString(),
                                "timestamp", clock.instant().toEpochMilli(),
                                "message", line)));
        return Json.write(batch);
    }

    private static String zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
