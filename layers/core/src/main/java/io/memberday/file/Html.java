package io.memberday.file;

/** HTML being written: every text that is not markup goes through {@link #text}. */
public final class Html {
    private final StringBuilder html = new StringBuilder();

    /** Adds markup as it is. */
    public Html raw(String markup) {
        html.append(markup);
        return this;
    }

    /** Adds a text, escaped. */
    public Html text(String plain) {
        html.append(escaped(plain));
        return this;
    }

    /** Adds an element without attributes around a text. */
    public Html element(String name, String plain) {
        return raw("<" + name + ">").text(plain).raw("</" + name + ">");
    }

    /** A text that is safe between tags and in quoted attributes. */
    public static String escaped(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
