package io.memberday.aws;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * DynamoDB's JSON in its bytes, value by value where they stand. A scan's pages are most of what a
 * run reads: here neither a token nor a text is made of what nobody asks for, and the names, which
 * every item repeats, are made once a page.
 */
final class JsonItems implements ItemValue {
    /** No number of so many digits overflows. */
    private static final int PLAIN_DIGITS = 18;

    /** Room for names: it is a power of two, and at most half of it is taken. */
    private static final int NAMES = 512;

    private static final byte[] NO_ITEMS = {'[', ']'};
    private static final int HASH = 31;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final byte[] json;
    private final String[] names = new String[NAMES];
    private final byte[][] nameBytes = new byte[NAMES][];
    private int named;
    private int at;
    private boolean read;

    JsonItems(byte[] json) {
        this.json = json;
    }

    /**
     * Finds a field of the object that the bytes are, and reads each item of the array that it
     * holds; whatever else there is it passes over.
     *
     * @param each reads the {@link #item} at which this stands
     * @return the bytes without the items
     * @throws IOException if the bytes end too early or are no such object
     */
    byte[] items(String field, Runnable each) throws IOException {
        try {
            int from = 0;
            int to = 0;
            take('{');
            do {
                boolean found = name().equals(field);
                take(':');
                blank();
                if (found) {
                    from = at;
                    array(each);
                    to = at;
                } else {
                    skip();
                }
            } while (is(','));
            take('}');
            return without(from, to);
        } catch (ArrayIndexOutOfBoundsException | MalformedJson e) {
            throw new IOException("the JSON breaks off or is damaged", e);
        }
    }

    /** Reads one item. */
    void item(BiConsumer<String, ItemValue> each) {
        fields(each);
    }

    private byte[] without(int from, int to) {
        if (from == to) {
            return json;
        }
        byte[] rest = new byte[json.length - to + from + NO_ITEMS.length];
        System.arraycopy(json, 0, rest, 0, from);
        System.arraycopy(NO_ITEMS, 0, rest, from, NO_ITEMS.length);
        System.arraycopy(json, to, rest, from + NO_ITEMS.length, json.length - to);
        return rest;
    }

    private void array(Runnable each) {
        take('[');
        if (is(']')) {
            return;
        }
        do {
            each.run();
        } while (is(','));
        take(']');
    }

    @Override
    public String text() {
        enter('S', "S");
        String text = string();
        leave();
        return text;
    }

    @Override
    public long number() {
        enter('N', "N");
        take('"');
        long number = 0;
        int from = at;
        while (json[at] >= '0' && json[at] <= '9') {
            number = number * 10 + json[at] - '0';
            at++;
        }
        if (json[at] != '"' || at == from || at - from > PLAIN_DIGITS) {
            at = from - 1;
            number = Long.parseLong(string());
        } else {
            at++;
        }
        leave();
        return number;
    }

    @Override
    public void entries(BiConsumer<String, ItemValue> each) {
        enter('M', "M");
        fields(each);
        leave();
    }

    @Override
    public void elements(Consumer<ItemValue> each) {
        enter('L', "L");
        array(
                () -> {
                    read = false;
                    int from = at;
                    each.accept(this);
                    skipUnlessRead(from);
                });
        leave();
    }

    private void fields(BiConsumer<String, ItemValue> each) {
        take('{');
        if (is('}')) {
            return;
        }
        do {
            String name = name();
            take(':');
            read = false;
            int from = at;
            each.accept(name, this);
            skipUnlessRead(from);
        } while (is(','));
        take('}');
    }

    private void skipUnlessRead(int from) {
        if (!read) {
            at = from;
            skip();
        }
    }

    /** From a value's opening brace over its type to what it holds. */
    private void enter(char type, String name) {
        take('{');
        take('"');
        if (json[at] != type || json[at + 1] != '"') {
            at--;
            throw new IllegalStateException("an attribute is %s, not %s".formatted(string(), name));
        }
        at += 2;
        take(':');
    }

    private void leave() {
        take('}');
        read = true;
    }

    private void blank() {
        while (json[at] <= ' ') {
            at++;
        }
    }

    private boolean is(char sign) {
        if (json[at] != sign) {
            blank();
            if (json[at] != sign) {
                return false;
            }
        }
        at++;
        return true;
    }

    private void take(char sign) {
        if (!is(sign)) {
            throw new MalformedJson(at);
        }
    }

    /** A name, made once. */
    private String name() {
        take('"');
        int from = at;
        int hash = 0;
        byte unit = json[at];
        while (unit != '"') {
            if (unit == '\\') {
                at = from - 1;
                return string();
            }
            hash = hash * HASH + unit;
            at++;
            unit = json[at];
        }
        int length = at - from;
        at++;
        int slot = hash & NAMES - 1;
        for (byte[] known = nameBytes[slot]; known != null; known = nameBytes[slot]) {
            if (Arrays.equals(known, 0, known.length, json, from, from + length)) {
                return names[slot];
            }
            slot = slot + 1 & NAMES - 1;
        }
        String name = new String(json, from, length, StandardCharsets.UTF_8);
        if (named < NAMES / 2) {
            named++;
            nameBytes[slot] = Arrays.copyOfRange(json, from, from + length);
            names[slot] = name;
        }
        return name;
    }

    private String string() {
        take('"');
        int from = at;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                return escaped(from);
            }
            at++;
        }
        String text = new String(json, from, at - from, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    /** A text with a backslash in it: there are few. */
    private String escaped(int from) {
        StringBuilder text = new StringBuilder();
        int plain = from;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                text.append(new String(json, plain, at - plain, StandardCharsets.UTF_8));
                text.append(escape());
                plain = at;
            } else {
                at++;
            }
        }
        text.append(new String(json, plain, at - plain, StandardCharsets.UTF_8));
        at++;
        return text.toString();
    }

    private char escape() {
        byte sign = json[at + 1];
        at += 2;
        return switch (sign) {
            case '"', '\\', '/' -> (char) sign;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int end = at + HEX_DIGITS; at < end; at++) {
                    int digit = Character.digit(json[at], HEX);
                    if (digit < 0) {
                        throw new MalformedJson(at);
                    }
                    unit = unit * HEX + digit;
                }
                yield (char) unit;
            }
            default -> throw new MalformedJson(at - 1);
        };
    }

    private void skip() {
        int deep = 0;
        do {
            blank();
            byte sign = json[at];
            switch (sign) {
                case '{', '[' -> {
                    deep++;
                    at++;
                }
                case '}', ']' -> {
                    deep--;
                    at++;
                }
                case '"' -> skipString();
                default -> at++;
            }
        } while (deep > 0 || open());
    }

    /** Whether a number, true, false or null goes on. */
    private boolean open() {
        byte sign = json[at - 1];
        return sign != '"'
                && sign != '}'
                && sign != ']'
                && json[at] > ' '
                && json[at] != ','
                && json[at] != '}'
                && json[at] != ']';
    }

    private void skipString() {
        at++;
        byte sign = json[at];
        while (sign != '"') {
            at += sign == '\\' ? 2 : 1;
            sign = json[at];
        }
        at++;
    }

    /** The bytes are no JSON, or none as DynamoDB writes it. */
    static final class MalformedJson extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;

        private MalformedJson(int at) {
            super("no JSON of DynamoDB's at byte " + at);
        }
    }
}
