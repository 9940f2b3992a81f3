package io.memberday.message;

import io.memberday.json.BadInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with slots, logic-less: {@code {{name}}}, or {@code {{name|亲}}} with what stands there
 * when the value is not known.
 *
 * @param pieces in sequence
 */
public record Pieces(List<Piece> pieces) {
    private static final Pattern SLOT =
            Pattern.compile("(?<!\\{)\\{\\{\\s*([A-Za-z]+)\\s*(?:\\|([^{}]*))?}}(?!})");

    /** A literal text or a slot. */
    public sealed interface Piece {
        /** Text as it stands. */
        record Literal(String text) implements Piece {}

        /** A variable and what stands there without it. */
        record Slot(String name, String otherwise) implements Piece {}
    }

    public Pieces {
        pieces = List.copyOf(pieces);
    }

    /**
     * Reads a text with slots.
     *
     * @throws IllegalArgumentException if a brace pair is left over, with its place in the text
     */
    public static Pieces parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = SLOT.matcher(text);
        int at = 0;
        while (matcher.find()) {
            literal(text.substring(at, matcher.start()), pieces);
            String otherwise = matcher.group(2) == null ? "" : matcher.group(2);
            pieces.add(new Piece.Slot(matcher.group(1), otherwise));
            at = matcher.end();
        }
        literal(text.substring(at), pieces);
        return new Pieces(pieces);
    }

    private static void literal(String text, List<Piece> pieces) {
        if (text.contains("{{") || text.contains("}}")) {
            throw new IllegalArgumentException(
                    "braces that are not {{name}} or {{name|otherwise}}");
        }
        if (!text.isEmpty()) {
            pieces.add(new Piece.Literal(text));
        }
    }

    /** The variables that it names. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Slot slot) {
                names.add(slot.name());
            }
        }
        return names;
    }

    /** Fills the slots; a blank value counts as none. Values pass through {@code escape}. */
    public String fill(Map<String, String> values, UnaryOperator<String> escape) {
        StringBuilder filled = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> filled.append(literal.text());
                case Piece.Slot slot -> {
                    String value = values.getOrDefault(slot.name(), "");
                    filled.append(escape.apply(value.isBlank() ? slot.otherwise() : value));
                }
            }
        }
        return filled.toString();
    }

    /** The compiled form: texts as they are, slots as objects. */
    List<Object> write() {
        List<Object> written = new ArrayList<>();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> written.add(literal.text());
                case Piece.Slot slot -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("slot", slot.name());
                    object.put("otherwise", slot.otherwise());
                    written.add(object);
                }
            }
        }
        return written;
    }

    /**
     * @throws BadInput if it is not what {@link #write} writes
     */
    static Pieces read(List<?> written) {
        List<Piece> pieces = new ArrayList<>();
        for (Object piece : written) {
            switch (piece) {
                case String text -> pieces.add(new Piece.Literal(text));
                case Map<?, ?> object when object.get("slot") instanceof String name ->
                        pieces.add(new Piece.Slot(name, String.valueOf(object.get("otherwise"))));
                default ->
                        throw new BadInput(
                                "template", piece, "is not a compiled template: compile it anew");
            }
        }
        return new Pieces(pieces);
    }
}
