package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One DynamoDB item, read attribute by attribute. Every item was written by a {@code …Format} of
 * this package, so an attribute of the wrong type is a defect and throws.
 *
 * @param values by attribute name
 */
public record Row(Map<String, AttributeValue> values) {

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> absent(name));
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(AttributeValue::s);
    }

    public long number(String name) {
        return optionalNumber(name).orElseThrow(() -> absent(name));
    }

    public Optional<Long> optionalNumber(String name) {
        return Optional.ofNullable(values.get(name)).map(AttributeValue::n).map(Long::valueOf);
    }

    /** An attribute that is left out of the item when it is zero. */
    public long numberOrZero(String name) {
        return optionalNumber(name).orElse(0L);
    }

    /** A time, kept as epoch seconds. */
    public Instant time(String name) {
        return optionalTime(name).orElseThrow(() -> absent(name));
    }

    public Optional<Instant> optionalTime(String name) {
        return optionalNumber(name).map(Instant::ofEpochSecond);
    }

    /** A map attribute; absent is empty. */
    public Row map(String name) {
        AttributeValue value = values.get(name);
        return new Row(value == null ? Map.of() : value.m());
    }

    /** A list attribute; absent is empty. */
    public List<AttributeValue> list(String name) {
        AttributeValue value = values.get(name);
        return value == null ? List.of() : value.l();
    }

    /** A list of texts; absent is empty. */
    public List<String> texts(String name) {
        return list(name).stream().map(AttributeValue::s).toList();
    }

    private static IllegalStateException absent(String name) {
        return new IllegalStateException("the item has no attribute " + name);
    }
}
