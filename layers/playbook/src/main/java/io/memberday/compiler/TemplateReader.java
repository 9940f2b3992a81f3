package io.memberday.compiler;

import io.memberday.compiler.Node.Place;
import io.memberday.json.Nearest;
import io.memberday.message.EmailTemplate;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.message.Templates.Template;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code templates/}: {@code member-day.sms.txt} in the store's language, {@code
 * member-day.en.sms.txt} in another; emails as {@code member-day.email.html}.
 */
final class TemplateReader {
    private static final Pattern NAME =
            Pattern.compile(
                    "([a-z0-9][a-z0-9-]*)(?:\\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*))?\\.(sms\\.txt|email\\.html)");

    private final Mistakes mistakes;
    private final String storeLanguage;

    TemplateReader(Mistakes mistakes, String storeLanguage) {
        this.mistakes = mistakes;
        this.storeLanguage = storeLanguage;
    }

    /** The templates by the place of their file. */
    Map<Place, Template> read(Map<String, String> files) {
        Map<Place, Template> templates = new LinkedHashMap<>();
        files.forEach(
                (file, text) ->
                        template(file, text)
                                .ifPresent(read -> templates.put(new Place(file, 1), read)));
        return templates;
    }

    private Optional<Template> template(String file, String text) {
        Matcher name = NAME.matcher(file.substring(file.indexOf('/') + 1));
        if (!name.matches()) {
            mistakes.error(
                    new Place(file, 1),
                    "",
                    "",
                    "name templates like member-day.sms.txt, member-day.en.sms.txt or"
                            + " member-day.email.html");
            return Optional.empty();
        }
        String id = name.group(1);
        String language = Optional.ofNullable(name.group(2)).orElse(storeLanguage);
        Pieces whole = pieces(file, text);
        known(file, text, whole.names());
        return Optional.of(
                name.group(3).equals("sms.txt")
                        ? sms(file, text, new SmsTemplate(id, language, pieces(text.strip())))
                        : email(file, text, id, language));
    }

    /** With a text that has no slots in place of one that cannot be read; that is noted already. */
    private static Pieces pieces(String text) {
        try {
            return Pieces.parse(text);
        } catch (IllegalArgumentException noted) {
            return Pieces.parse("?");
        }
    }

    private Pieces pieces(String file, String text) {
        try {
            return Pieces.parse(text);
        } catch (IllegalArgumentException e) {
            int line = 0;
            for (String one : text.split("\n", -1)) {
                line++;
                try {
                    Pieces.parse(one);
                } catch (IllegalArgumentException here) {
                    mistakes.error(new Place(file, line), "", one.strip(), here.getMessage());
                }
            }
            return pieces(text);
        }
    }

    private void known(String file, String text, Set<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(Variables.ALL);
        for (String name : unknown) {
            mistakes.error(
                    new Place(file, lineOf(text, name)),
                    "{{" + name + "}}",
                    "",
                    "unknown variable: " + Nearest.mend(name, Variables.ALL));
        }
    }

    static int lineOf(String text, String variable) {
        Matcher slot = Pattern.compile("\\{\\{\\s*" + variable + "\\b").matcher(text);
        return slot.find()
                ? 1 + (int) text.substring(0, slot.start()).chars().filter(c -> c == '\n').count()
                : 1;
    }

    private Template sms(String file, String text, SmsTemplate template) {
        if (text.isBlank()) {
            mistakes.error(new Place(file, 1), "", "", "is empty: write the text");
        }
        if (text.contains("【") || text.contains("】")) {
            mistakes.error(
                    new Place(file, 1),
                    "",
                    "",
                    "take 【】 away: the store's signature is put at the end by itself");
        }
        return template;
    }

    private Template email(String file, String text, String id, String language) {
        Document document = Jsoup.parse(text);
        if (document.title().isBlank()) {
            mistakes.error(
                    new Place(file, 1), "", "", "write the subject as <title> in the <head>");
        }
        return new EmailTemplate(
                id,
                language,
                pieces(document.title()),
                pieces(EmailText.of(document)),
                pieces(text.strip()));
    }
}
