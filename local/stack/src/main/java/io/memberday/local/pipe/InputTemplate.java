package io.memberday.local.pipe;

import io.memberday.json.Json;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pipe makes of a record for its target: a text with paths such as {@code
 * "<$.dynamodb.Keys.memberId.S>"}, each within quotes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html">Input
 *     transformation</a>
 */
final class InputTemplate {
    private static final Pattern PATH = Pattern.compile("\"<(\\$(?:\\.[\\w/-]+)+)>\"");

    private final String text;

    /**
     * @throws IllegalArgumentException if it has other variables than such paths
     */
    InputTemplate(String text) {
        String rest = PATH.matcher(text).replaceAll("");
        if (rest.contains("<")) {
            throw new IllegalArgumentException(
                    "the local AWS does not know all variables of the template " + text);
        }
        this.text = text;
    }

    String of(StreamRecord record) {
        return PATH.matcher(text)
                .replaceAll(path -> Matcher.quoteReplacement(quoted(record.at(path.group(1)))));
    }

    private static String quoted(String value) {
        String list = Json.write(List.of(value));
        return list.substring(1, list.length() - 1);
    }
}
