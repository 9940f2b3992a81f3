package io.memberday.compiler;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The text part of an email, made from its HTML: one line a block, links with their address. */
final class EmailText implements NodeVisitor {
    private final StringBuilder text = new StringBuilder();

    private EmailText() {}

    static String of(Document document) {
        EmailText visitor = new EmailText();
        document.body().traverse(visitor);
        return visitor.text
                .toString()
                .replaceAll("[ \\t\\u00a0]+", " ")
                .replaceAll(" ?\n ?", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            text.append(words.getWholeText().replaceAll("\\s+", " "));
        } else if (node instanceof Element element) {
            if (element.normalName().equals("br")) {
                text.append('\n');
            } else if (element.isBlock()
                    && !text.isEmpty()
                    && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        if (element.normalName().equals("a") && element.hasAttr("href")) {
            text.append(' ').append(element.attr("href"));
        }
        if (element.normalName().equals("p") || element.normalName().matches("h[1-6]")) {
            text.append("\n\n");
        } else if (element.isBlock()) {
            text.append('\n');
        }
    }
}
