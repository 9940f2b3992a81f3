package io.memberday.json;

import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Input that cannot be taken. The exception's message names the field and the mend and never the
 * value, which may be personal; {@link #answer} adds the value, for the sender's eyes only, and of
 * a person's fields only what kind of value it is: senders keep answers.
 */
public final class BadInput extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    /**
     * A whole body, and what a buyer is: not how, when and in which language they are written to.
     */
    private static final Pattern PERSONAL =
            Pattern.compile(
                    "body|buyer(\\.(?!(consents|tags|timezone|language|country)\\b|attributes$).*)?");

    private final String field;
    private final String value;

    public BadInput(String field, Object value, String mend) {
        super(field + ": " + mend);
        this.field = field;
        this.value =
                PERSONAL.matcher(field).matches() ? kind(value) : shortened(String.valueOf(value));
    }

    private static String shortened(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }

    private static String kind(Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> "text of %d characters".formatted(text.length());
            case Number _ -> "a number";
            case Boolean truth -> truth.toString();
            case Map<?, ?> _ -> "an object";
            case List<?> list -> "a list of %d".formatted(list.size());
            default -> "something else";
        };
    }

    /** The path of the field, such as {@code order.lines[2].price}. */
    public String field() {
        return field;
    }

    /** What the sender is told: field, value (shortened) and mend. */
    public String answer() {
        return getMessage() + " (got: " + value + ")";
    }
}
