package io.memberday.message;

import io.memberday.member.Channel;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An email in one language.
 *
 * @param subject plain text
 * @param text the part for readers without HTML, made from the HTML when it was compiled
 * @param html its values are escaped
 */
public record EmailTemplate(String id, String language, Pieces subject, Pieces text, Pieces html)
        implements Templates.Template {

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>(subject.names());
        names.addAll(html.names());
        return names;
    }

    @Override
    public Body render(Map<String, String> variables, Templates.SmsEnding ending) {
        return new Body(
                Channel.EMAIL,
                subject.fill(variables, EmailTemplate::oneLine),
                text.fill(variables, UnaryOperator.identity()),
                html.fill(variables, EmailTemplate::escaped),
                1);
    }

    /** A line break in a subject would let a value write headers. */
    private static String oneLine(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String escaped(String value) {
        StringBuilder safe = new StringBuilder(value.length());
        for (char c : value.toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
