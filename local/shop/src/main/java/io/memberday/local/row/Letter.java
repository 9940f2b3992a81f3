package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.Signer;
import io.memberday.local.engine.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a source sends, before it is signed and put in its envelope.
 *
 * @param source as its path ends
 * @param path of the HTTP API
 * @param headers that tell what it is about; signatures are none
 * @param text the JSON; of Kuaidi100 that within the form
 */
record Letter(String source, String path, Map<String, String> headers, String text) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TYPE = "content-type";
    private static final String PARAM = "param=";

    /**
     * What is posted.
     *
     * @param headers all of them
     */
    record Posted(String path, Map<String, String> headers, byte[] body) {
        Posted with(byte[] other) {
            return new Posted(path, headers, other);
        }

        Posted without(String header) {
            Map<String, String> fewer = new HashMap<>(headers);
            fewer.remove(header);
            return new Posted(path, fewer, body);
        }
    }

    /** One of the committed events, such as {@code order-webhook/shopify-orders-paid}. */
    static Letter of(String event) {
        try {
            Fields file =
                    Json.read(
                            Files.readString(
                                    Repository.root().resolve("events/" + event + ".json")));
            Map<String, String> headers = new HashMap<>();
            Fields given = file.object("headers");
            given.names().stream()
                    .filter(name -> name.matches("x-(shopify|wc)-.*(topic|domain|source)"))
                    .forEach(name -> headers.put(name, given.text(name)));
            String body = file.text("body");
            int param = body.indexOf(PARAM);
            return new Letter(
                    file.object("pathParameters").text("source"),
                    file.text("rawPath"),
                    headers,
                    param < 0 || body.startsWith("{")
                            ? body
                            : URLDecoder.decode(
                                    body.substring(param + PARAM.length()),
                                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another text. */
    Letter saying(String other) {
        return new Letter(source, path, headers, other);
    }

    /** The same with words replaced, which must be there. */
    Letter with(String word, String other) {
        if (!text.contains(word)) {
            throw new IllegalArgumentException(source + " does not say " + word);
        }
        return saying(text.replace(word, other));
    }

    /** About something else, as far as its headers say. */
    Letter about(String header, String value) {
        Map<String, String> others = new HashMap<>(headers);
        others.put(header, value);
        return new Letter(source, path, others, text);
    }

    boolean isForm() {
        return source.equals("kuaidi100");
    }

    /** Signed in its own envelope. */
    Posted signed(Signer signer, Instant at) {
        return signed(signer, at, StandardCharsets.UTF_8);
    }

    /** Signed in another charset. */
    Posted signed(Signer signer, Instant at, Charset charset) {
        String wire =
                isForm() ? signer.body(source, PARAM + URLEncoder.encode(text, charset)) : text;
        return signed(signer, at, wire.getBytes(charset), isForm() ? FORM : "application/json");
    }

    /** Bytes of any kind, signed where a header signs. */
    Posted signed(Signer signer, Instant at, byte[] body, String type) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(TYPE, type);
        all.putAll(signer.headers(source, at, body));
        return new Posted(path, all, body);
    }

    /** Without a signature. */
    Posted unsigned() {
        Map<String, String> all = new HashMap<>(headers);
        all.put(TYPE, isForm() ? FORM : "application/json");
        String wire = isForm() ? PARAM + URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
        return new Posted(path, all, wire.getBytes(StandardCharsets.UTF_8));
    }

    /** The one envelope in the other's place. */
    Posted inTheOtherEnvelope(Signer signer, Instant at) {
        byte[] other = (isForm() ? text : "id=1&status=paid").getBytes(StandardCharsets.UTF_8);
        return signed(signer, at, other, isForm() ? "application/json" : FORM);
    }
}
