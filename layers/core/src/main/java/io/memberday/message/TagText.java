package io.memberday.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Ids in the alphabet that every provider takes for tags: ASCII letters, digits, dashes and
 * underscores. Any other byte becomes {@code _} and two hexadecimal digits, so that an id comes
 * back from the provider's feedback as it was.
 */
public final class TagText {
    private static final int HEX = 16;

    private TagText() {}

    /** The id as a tag. */
    public static String of(String id) {
        StringBuilder tag = new StringBuilder();
        for (byte b : id.getBytes(UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-') {
                tag.append((char) b);
            } else {
                tag.append("_%02X".formatted(b));
            }
        }
        return tag.toString();
    }

    /** Reads {@link #of}; a text that it never made is given back as it is. */
    public static String read(String tag) {
        if (!tag.matches("(?:[A-Za-z0-9-]|_[0-9A-F]{2})*")) {
            return tag;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < tag.length(); i++) {
            if (tag.charAt(i) == '_') {
                bytes.write(Integer.parseInt(tag.substring(i + 1, i + 3), HEX));
                i += 2;
            } else {
                bytes.write(tag.charAt(i));
            }
        }
        return bytes.toString(UTF_8);
    }
}
