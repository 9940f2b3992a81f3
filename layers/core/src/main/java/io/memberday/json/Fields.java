package io.memberday.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON object, read field by field; a field that is not as it must be is a {@link BadInput}.
 */
public final class Fields {
    private final String path;
    private final Map<String, Object> values;

    private Fields(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** Wraps an object that was read; {@code path} is its name in errors, empty for the whole. */
    public static Fields of(String path, Map<?, ?> object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Fields(path, values);
    }

    /** The field's full name in errors. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** The field as it was read: map, list, string, number, boolean or nothing. */
    public Optional<Object> raw(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The object as it was read. */
    public Map<String, Object> asMap() {
        return values;
    }

    public String text(String name) {
        return optionalText(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> bad(name, "is required, as text that is not empty"));
    }

    public Optional<String> optionalText(String name) {
        return raw(name)
                .map(
                        value -> {
                            if (value instanceof String text) {
                                return text;
                            }
                            throw bad(name, "must be text");
                        });
    }

    /** Text, or a whole number as its digits: ids beyond 2^53 arrive as either. */
    public Optional<String> optionalId(String name) {
        return raw(name)
                .map(
                        value -> {
                            if (value instanceof String text) {
                                return text;
                            }
                            if (value instanceof Integer
                                    || value instanceof Long
                                    || value instanceof BigInteger) {
                                return value.toString();
                            }
                            throw bad(name, "must be text or a whole number");
                        });
    }

    public String id(String name) {
        return optionalId(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> bad(name, "is required, as text or a whole number"));
    }

    public long whole(String name, long least, long most) {
        return optionalWhole(name, least, most)
                .orElseThrow(
                        () ->
                                bad(
                                        name,
                                        "is required, a whole number from %d to %d"
                                                .formatted(least, most)));
    }

    public Optional<Long> optionalWhole(String name, long least, long most) {
        return raw(name)
                .map(
                        value -> {
                            if (value instanceof Integer || value instanceof Long) {
                                long number = ((Number) value).longValue();
                                if (number >= least && number <= most) {
                                    return number;
                                }
                            }
                            throw bad(
                                    name,
                                    "must be a whole number from %d to %d".formatted(least, most));
                        });
    }

    /** A decimal written as text ("12.50") or as a JSON number. */
    public Optional<BigDecimal> optionalDecimal(String name) {
        return raw(name)
                .map(
                        value -> {
                            try {
                                if (value instanceof String || value instanceof Number) {
                                    return new BigDecimal(value.toString());
                                }
                            } catch (NumberFormatException e) {
                                throw bad(name, "must be a decimal number");
                            }
                            throw bad(name, "must be a decimal number");
                        });
    }

    public Optional<Boolean> optionalTruth(String name) {
        return raw(name)
                .map(
                        value -> {
                            if (value instanceof Boolean truth) {
                                return truth;
                            }
                            throw bad(name, "must be true or false");
                        });
    }

    public Instant time(String name) {
        return optionalTime(name)
                .orElseThrow(() -> bad(name, "is required, as ISO 8601 with an offset"));
    }

    /** An ISO 8601 time with an offset. */
    public Optional<Instant> optionalTime(String name) {
        return optionalText(name)
                .map(
                        text -> {
                            try {
                                return OffsetDateTime.parse(text).toInstant();
                            } catch (DateTimeParseException e) {
                                throw bad(
                                        name,
                                        "must be ISO 8601 with an offset, such as"
                                                + " 2026-05-08T10:00:00+08:00");
                            }
                        });
    }

    public Fields object(String name) {
        return optionalObject(name).orElseThrow(() -> bad(name, "is required, as an object"));
    }

    public Optional<Fields> optionalObject(String name) {
        return raw(name)
                .map(
                        value -> {
                            if (value instanceof Map<?, ?> map) {
                                return of(pathOf(name), map);
                            }
                            throw bad(name, "must be an object");
                        });
    }

    /** A list of objects; an absent field is an empty list. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object item : list(name)) {
            String itemName = name + "[" + objects.size() + "]";
            if (!(item instanceof Map<?, ?> map)) {
                throw new BadInput(pathOf(itemName), item, "must be an object");
            }
            objects.add(of(pathOf(itemName), map));
        }
        return objects;
    }

    /** A list of texts; an absent field is an empty list. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw new BadInput(pathOf(name + "[" + texts.size() + "]"), item, "must be text");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A list; an absent field is an empty list. */
    public List<?> list(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad(name, "must be a list");
    }

    /**
     * @throws BadInput if there are other fields: a misspelt one would be lost in silence
     */
    public void only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw bad(
                        name, "is not a field here; known are " + known.stream().sorted().toList());
            }
        }
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> E word(String name, Class<E> type) {
        String word = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw bad(
                name,
                "must be one of "
                        + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    /** Refuses the named field of this object. */
    public BadInput bad(String name, String mend) {
        return new BadInput(pathOf(name), values.get(name), mend);
    }
}
