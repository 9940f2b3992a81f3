package io.memberday.member;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A tag's origin (R6).
 *
 * @param by who or what set it: {@code operator:…}, {@code rule:…}, {@code order:…}
 * @param at when, whole seconds
 */
public record Tag(String by, Instant at) {
    /** How tags may be called, in words. */
    public static final String FORM = "must be letters, digits, : . _ -, 40 at most";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}:._-]{1,40}");

    /** Whether a tag may be called so: {@link #FORM}. */
    public static boolean mayBeCalled(String name) {
        return NAME.matcher(name).matches();
    }
}
