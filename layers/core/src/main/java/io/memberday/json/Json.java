package io.memberday.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain maps, lists, strings, numbers and booleans. Whole numbers of any size stay exact,
 * decimals are {@code BigDecimal}. On the token stream alone: a library that binds objects would
 * load more classes at a function's cold start than the function itself has.
 */
public final class Json {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private Json() {}

    /**
     * Reads one JSON object.
     *
     * @throws BadInput if the text is not one JSON object, or a field stands in it twice
     */
    public static Fields read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            Object any = json.nextToken() == null ? null : value(json);
            if (any instanceof Map<?, ?> map && json.nextToken() == null) {
                return Fields.of("", map);
            }
            throw new BadInput("body", any, "send one JSON object");
        } catch (IOException e) {
            // The parser's own message quotes the input, which may be personal: it is left out.
            throw new BadInput("body", text, "send well-formed JSON in UTF-8" + where(e));
        }
    }

    private static String where(IOException broken) {
        return switch (broken) {
            case JsonProcessingException at when at.getLocation() != null ->
                    ": it breaks at line %d, column %d"
                            .formatted(
                                    at.getLocation().getLineNr(), at.getLocation().getColumnNr());
            case FieldTwice _ -> ": a field stands in an object twice";
            default -> "";
        };
    }

    private static final class FieldTwice extends IOException {
        @Serial private static final long serialVersionUID = 1;
    }

    /** Writes maps, lists, strings, numbers, booleans and nulls as compact JSON. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (object.containsKey(name)) {
                throw new FieldTwice();
            }
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                write(field.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(each, json);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(number, json);
        } else {
            json.writeString(value.toString());
        }
    }

    private static void write(Number number, JsonGenerator json) throws IOException {
        if (number instanceof Integer || number instanceof Long) {
            json.writeNumber(number.longValue());
        } else if (number instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else {
            json.writeNumber(number.doubleValue());
        }
    }
}
