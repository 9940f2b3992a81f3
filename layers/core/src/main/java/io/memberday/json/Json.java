package io.memberday.json;

import com.fasterxml.jackson.jr.ob.JSON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON as plain maps, lists, strings, numbers and booleans. Whole numbers of any size stay exact,
 * decimals are {@code BigDecimal}.
 */
public final class Json {
    private static final JSON READER =
            JSON.builder()
                    .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
                    .build();
    private static final JSON WRITER =
            JSON.builder().enable(JSON.Feature.WRITE_NULL_PROPERTIES).build();

    private Json() {}

    /**
     * Reads one JSON object.
     *
     * @throws BadInput if the text is not one JSON object
     */
    public static Fields read(String text) {
        try {
            Object any = READER.anyFrom(text);
            if (any instanceof Map<?, ?> map) {
                return Fields.of("", map);
            }
            throw new BadInput("body", any, "send one JSON object");
        } catch (IOException e) {
            // The parser's own message quotes the input, which may be personal: it is left out.
            throw new BadInput("body", text, "send well-formed JSON in UTF-8");
        }
    }

    /** Writes maps, lists, strings, numbers, booleans and nulls as compact JSON. */
    public static String write(Object value) {
        try {
            return WRITER.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
