package io.memberday.json;

import java.io.Serial;

/**
 * Input that cannot be taken. The exception's message names the field and the mend and never the
 * value, which may be personal; {@link #answer} adds the value, for the sender's eyes only.
 */
public final class BadInput extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    private final String field;
    private final String value;

    public BadInput(String field, Object value, String mend) {
        super(field + ": " + mend);
        this.field = field;
        this.value = String.valueOf(value);
    }

    /** The path of the field, such as {@code order.lines[2].price}. */
    public String field() {
        return field;
    }

    /** What the sender is told: field, value (shortened) and mend. */
    public String answer() {
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return getMessage() + " (got: " + shown + ")";
    }
}
