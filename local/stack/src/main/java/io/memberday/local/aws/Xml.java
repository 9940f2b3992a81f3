package io.memberday.local.aws;

/** Text inside XML. */
final class Xml {
    private Xml() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String element(String name, String text) {
        return "<%1$s>%2$s</%1$s>".formatted(name, escape(text));
    }
}
