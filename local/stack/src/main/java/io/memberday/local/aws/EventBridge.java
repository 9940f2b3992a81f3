package io.memberday.local.aws;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.bus.EventBus;
import io.memberday.local.engine.LocalCredentials;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * EventBridge: PutEvents, with its limits.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridge implements AwsService {
    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 1024 * 1024;

    /** What an entry's time counts. */
    private static final int TIME_BYTES = 14;

    private final Map<String, EventBus> buses;
    private final InstantSource clock;

    /**
     * @param buses by name
     */
    public EventBridge(Map<String, EventBus> buses, InstantSource clock) {
        this.buses = buses;
        this.clock = clock;
    }

    @Override
    public String signingName() {
        return "events";
    }

    @Override
    public boolean speaksJson() {
        return true;
    }

    @Override
    public String answer(AwsCall call) {
        if (!call.action().equals("PutEvents")) {
            throw new AwsError(400, "UnknownOperationException", call.action() + " is not local");
        }
        List<Fields> entries = call.json().objects("Entries");
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            throw new AwsError(400, "ValidationException", "Entries must have 1 to 10 members");
        }
        if (entries.stream().mapToInt(EventBridge::bytes).sum() >= MOST_BYTES) {
            throw new AwsError(
                    413,
                    "RequestEntityTooLarge",
                    "Total size of the entries in the request is over the limit.");
        }
        List<Map<String, Object>> results = entries.stream().map(this::put).toList();
        return Json.write(
                Map.of(
                        "FailedEntryCount",
                        results.stream().filter(each -> each.containsKey("ErrorCode")).count(),
                        "Entries",
                        results));
    }

    private Map<String, Object> put(Fields entry) {
        String source = entry.optionalText("Source").orElse("");
        String detailType = entry.optionalText("DetailType").orElse("");
        String detail = entry.optionalText("Detail").orElse("");
        if (source.isEmpty() || detailType.isEmpty() || detail.isEmpty()) {
            return refused("InvalidArgument", "Source, DetailType and Detail are required");
        }
        if (source.startsWith("aws.")) {
            return refused("NotAuthorizedForSourceException", "Source is reserved");
        }
        String named = entry.optionalText("EventBusName").orElse("default");
        EventBus bus = buses.get(named.substring(named.lastIndexOf('/') + 1));
        if (bus == null) {
            return refused("InvalidArgument", "there is no event bus " + named);
        }
        Map<String, Object> event = new LinkedHashMap<>();
        String id = UUID.randomUUID().toString();
        event.put("version", "0");
        event.put("id", id);
        event.put("detail-type", detailType);
        event.put("source", source);
        event.put("account", LocalCredentials.ACCOUNT_ID);
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", LocalCredentials.REGION);
        event.put("resources", new ArrayList<>(entry.texts("Resources")));
        try {
            event.put("detail", Json.read(detail).asMap());
        } catch (BadInput e) {
            return refused("MalformedDetail", "Detail is malformed.");
        }
        bus.put(Json.write(event));
        return Map.of("EventId", id);
    }

    private static Map<String, Object> refused(String code, String message) {
        return Map.of("ErrorCode", code, "ErrorMessage", message);
    }

    private static int bytes(Fields entry) {
        int bytes = entry.has("Time") ? TIME_BYTES : 0;
        for (String name : List.of("Source", "DetailType", "Detail")) {
            bytes += entry.optionalText(name).map(EventBridge::length).orElse(0);
        }
        return bytes + entry.texts("Resources").stream().mapToInt(EventBridge::length).sum();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
