package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A DynamoDB item being written. Not for sharing. */
public final class RowDraft {
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    /** A text attribute. */
    public static AttributeValue of(String value) {
        return AttributeValue.fromS(value);
    }

    /** A number attribute. */
    public static AttributeValue of(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** A time, as epoch seconds. */
    public static AttributeValue of(Instant value) {
        return of(value.getEpochSecond());
    }

    public RowDraft put(String name, AttributeValue value) {
        values.put(name, value);
        return this;
    }

    public RowDraft put(String name, String value) {
        return put(name, of(value));
    }

    public RowDraft put(String name, long value) {
        return put(name, of(value));
    }

    public RowDraft put(String name, Instant value) {
        return put(name, of(value));
    }

    public RowDraft putText(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    public RowDraft putTime(String name, Optional<Instant> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    public RowDraft putUnlessZero(String name, long value) {
        return value == 0 ? this : put(name, value);
    }

    public RowDraft putUnlessBlank(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    /** A map attribute, also when it is empty: updates of single entries need it to be there. */
    public <K, V> RowDraft putMap(
            String name,
            Map<K, V> entries,
            Function<K, String> key,
            Function<V, AttributeValue> value) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        entries.forEach((k, v) -> map.put(key.apply(k), value.apply(v)));
        return put(name, AttributeValue.fromM(map));
    }

    /** A map attribute, left out when it is empty. */
    public <K, V> RowDraft putMapUnlessEmpty(
            String name,
            Map<K, V> entries,
            Function<K, String> key,
            Function<V, AttributeValue> value) {
        return entries.isEmpty() ? this : putMap(name, entries, key, value);
    }

    /** A list attribute, left out when it is empty. */
    public <V> RowDraft putListUnlessEmpty(
            String name, Collection<V> entries, Function<V, AttributeValue> value) {
        return entries.isEmpty()
                ? this
                : put(name, AttributeValue.fromL(entries.stream().map(value).toList()));
    }

    /** The item. */
    public Map<String, AttributeValue> done() {
        return values;
    }
}
