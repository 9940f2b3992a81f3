package io.memberday.member;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that the shop's trade knows of a member, such as a size or a skin type, with the time
 * at which it was stated (R7).
 *
 * @param value empty if it was taken away
 * @param at when it was stated, to the second
 */
public record Attribute(Optional<Value> value, Instant at) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    /** What is stated: it keeps its type. */
    public sealed interface Value {
        /** The value in one text, its type's letter first: {@code tXL}, {@code n3}, {@code b1}. */
        default String written() {
            return switch (this) {
                case Text(String text) -> "t" + text;
                case Whole(long number) -> "n" + number;
                case Truth(boolean truth) -> truth ? "b1" : "b0";
            };
        }

        /**
         * Reads {@link #written}.
         *
         * @throws IllegalArgumentException if it is none
         */
        static Value ofWritten(String written) {
            String value = written.substring(1);
            return switch (written.charAt(0)) {
                case 't' -> new Text(value);
                case 'n' -> new Whole(Long.parseLong(value));
                case 'b' -> new Truth(value.equals("1"));
                default -> throw new IllegalArgumentException("not a written attribute");
            };
        }
    }

    /** A text. */
    public record Text(String text) implements Value {}

    /** A whole number. */
    public record Whole(long number) implements Value {}

    /** A truth. */
    public record Truth(boolean truth) implements Value {}

    public Attribute {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }

    /** Whether an attribute may be called so: a letter, then letters, digits and _, 40 at most. */
    public static boolean mayBeCalled(String name) {
        return NAME.matcher(name).matches();
    }
}
