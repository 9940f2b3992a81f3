package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * What stands around every message of Youzan.
 *
 * @param type such as {@code trade_TradePaid}
 * @param shop {@code kdt_id}
 * @param test whether it only tries the address
 * @param at its version, which is a time
 * @param msg the message itself, as it came
 */
record YouzanMessage(String type, String shop, boolean test, Instant at, Object msg) {
    /** Versions are in seconds, or in milliseconds. */
    private static final long SECONDS = 100_000_000_000L;

    private static final String MSG = "msg";

    /**
     * Reads a body.
     *
     * @throws BadInput if it is not Youzan's
     */
    static YouzanMessage read(String body, Instant now) {
        Fields message = Json.read(body);
        if (message.optionalTruth("test").orElse(false)) {
            return new YouzanMessage("", "", true, now, Map.of());
        }
        long version = message.whole("version", 0, Long.MAX_VALUE);
        Instant at =
                version < SECONDS ? Instant.ofEpochSecond(version) : Instant.ofEpochMilli(version);
        if (at.isAfter(now.plus(Payload.AHEAD))) {
            throw message.bad("version", "lies in the future: check the sender's clock");
        }
        return new YouzanMessage(
                message.text("type"),
                Payload.key(message, "kdt_id"),
                false,
                at,
                message.raw(MSG).orElseThrow(() -> message.bad(MSG, "is required")));
    }

    /**
     * The message: an object, or its JSON URL-encoded, in which a plus is a blank.
     *
     * @throws BadInput if it is neither
     */
    Fields content() {
        if (msg instanceof Map<?, ?> object) {
            return Fields.of(MSG, object);
        }
        try {
            String json = URLDecoder.decode(String.valueOf(msg), StandardCharsets.UTF_8);
            return Fields.of(MSG, Json.read(json).asMap());
        } catch (IllegalArgumentException _) {
            throw new BadInput(MSG, msg, "must be an object, or its JSON URL-encoded in UTF-8");
        }
    }
}
