package io.memberday.compiler;

import io.memberday.compiler.Node.Place;
import io.memberday.json.Nearest;
import io.memberday.money.Money;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One table of the playbook, read field by field. A field that is not as it must be is noted as a
 * mistake and a stand-in is handed back, so that reading goes on and everything wrong is found at
 * once; {@link #close} notes the fields that nobody asked for.
 */
final class Section {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?");

    private final Mistakes mistakes;
    private final Place place;
    private final String path;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Section(Mistakes mistakes, Place place, String path, Node node) {
        this.mistakes = mistakes;
        this.place = place;
        this.path = path;
        if (!(node instanceof Node.Table table)) {
            mistakes.error(place, path, node.shown(), "must be a table of fields");
            return;
        }
        for (Node.Entry entry : table.entries()) {
            if (fields.put(entry.name(), entry.value()) != null) {
                mistakes.error(
                        entry.place(), pathOf(entry.name()), "", "is there twice: take one away");
            }
            places.put(entry.name(), entry.place());
        }
    }

    static Section of(Mistakes mistakes, String path, Node node) {
        return new Section(mistakes, node.place(), path, node);
    }

    /** The tables of a file that is a list of them. */
    static List<Section> listed(Mistakes mistakes, Node root) {
        if (!(root instanceof Node.Items items)) {
            mistakes.error(
                    root.place(), "", root.shown(), "must be a list: begin each with \"- id:\"");
            return List.of();
        }
        return items.nodes().stream().map(node -> of(mistakes, "", node)).toList();
    }

    /** A stand-in for a file that could not be read; that is noted already. */
    static Section empty(Mistakes mistakes, String file) {
        Place start = new Place(file, 1);
        return new Section(mistakes, start, "", new Node.Table(start, List.of()));
    }

    /** The same under another name in mistakes: that of its id. */
    Section named(String name) {
        return new Section(mistakes, place, name, new Node.Table(place, entries()));
    }

    private List<Node.Entry> entries() {
        return fields.entrySet().stream()
                .map(e -> new Node.Entry(e.getKey(), places.get(e.getKey()), e.getValue()))
                .toList();
    }

    Place place() {
        return place;
    }

    Place place(String name) {
        return places.getOrDefault(name, place);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Optional<Node> node(String name) {
        asked.add(name);
        return Optional.ofNullable(fields.get(name));
    }

    /** Notes a mistake of a field. */
    void error(String name, String mend) {
        mistakes.error(place(name), pathOf(name), shown(name), mend);
    }

    void warning(String name, String mend) {
        mistakes.warning(place(name), pathOf(name), shown(name), mend);
    }

    private String shown(String name) {
        return fields.containsKey(name) ? fields.get(name).shown() : "";
    }

    /** Notes the fields that were not asked for. */
    void close() {
        for (String name : fields.keySet()) {
            if (!asked.contains(name)) {
                error(name, "unknown field: " + Nearest.mend(name, asked));
            }
        }
    }

    Optional<String> optionalText(String name) {
        return node(name)
                .flatMap(
                        node -> {
                            if (node instanceof Node.Scalar scalar) {
                                return Optional.of(scalar.text());
                            }
                            error(name, "must be text, in one piece");
                            return Optional.empty();
                        });
    }

    /** A field that may be missing, read by a parser that throws when it cannot. */
    <T> Optional<T> optional(String name, Function<String, T> parser, String mend) {
        return optionalText(name)
                .flatMap(
                        text -> {
                            try {
                                return Optional.of(parser.apply(text.strip()));
                            } catch (IllegalArgumentException
                                    | DateTimeException
                                    | ArithmeticException e) {
                                error(name, mend);
                                return Optional.empty();
                            }
                        });
    }

    /** A field that must be there. */
    <T> T required(String name, Function<String, T> parser, String mend, T standIn) {
        if (!has(name)) {
            asked.add(name);
            mistakes.error(place, pathOf(name), "", "is missing: " + mend);
            return standIn;
        }
        return optional(name, parser, mend).orElse(standIn);
    }

    String text(String name, String mend) {
        return required(
                name,
                text -> {
                    if (text.isEmpty()) {
                        throw new IllegalArgumentException("empty");
                    }
                    return text;
                },
                mend,
                "");
    }

    int whole(String name, int least, int most, Optional<Integer> otherwise) {
        String mend = "write a whole number from %d to %d".formatted(least, most);
        Function<String, Integer> parser = text -> bounded(text, least, most);
        return otherwise
                .map(value -> optional(name, parser, mend).orElse(value))
                .orElseGet(() -> required(name, parser, mend, least));
    }

    int percent(String name, int most, int otherwise) {
        return optional(
                        name,
                        text -> bounded(text.replaceFirst("%$", ""), 0, most),
                        "write a share from 0% to " + most + "%")
                .orElse(otherwise);
    }

    static int bounded(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of bounds");
        }
        return number;
    }

    boolean truth(String name, boolean otherwise) {
        return optional(
                        name,
                        text ->
                                switch (text) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default -> throw new IllegalArgumentException("neither");
                                },
                        "write true or false")
                .orElse(otherwise);
    }

    Duration duration(String name, Optional<Duration> otherwise) {
        String mend = "write a duration like 4d, 10h, 30m or 1d12h";
        return otherwise
                .map(value -> optional(name, Section::duration, mend).orElse(value))
                .orElseGet(() -> required(name, Section::duration, mend, Duration.ofDays(1)));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        return Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)));
    }

    private static long number(@Nullable String group) {
        return group == null ? 0 : Long.parseLong(group);
    }

    LocalTime time(String name) {
        return required(
                name, LocalTime::parse, "write a time of day like \"10:00\"", LocalTime.NOON);
    }

    Optional<Money> money(String name, String currency) {
        Optional<Money> money =
                optional(name, Money::parse, "write an amount like \"2000.00 " + currency + "\"");
        money.filter(amount -> amount.minor() <= 0)
                .ifPresent(_ -> error(name, "must be more than nothing"));
        money.filter(amount -> !amount.currency().equals(currency))
                .ifPresent(_ -> error(name, "must be in the store's currency, " + currency));
        return money.filter(amount -> amount.currency().equals(currency));
    }

    /** One of some words. */
    <T> T word(String name, Map<String, T> known, T otherwise) {
        return optionalText(name)
                .map(
                        text -> {
                            if (!known.containsKey(text)) {
                                error(name, Nearest.mend(text, known.keySet()));
                            }
                            return known.getOrDefault(text, otherwise);
                        })
                .orElse(otherwise);
    }

    /** A text, or a table of texts by language; a text alone is in the store's language. */
    Map<String, String> texts(String name, String language) {
        return node(name)
                .map(
                        node -> {
                            if (node instanceof Node.Scalar scalar) {
                                return Map.of(language, scalar.text());
                            }
                            Section table = of(mistakes, pathOf(name), node);
                            Map<String, String> texts = new TreeMap<>();
                            table.names()
                                    .forEach(
                                            key -> texts.put(key, table.text(key, "write a text")));
                            return texts;
                        })
                .orElse(Map.of());
    }

    /** A list of texts. */
    List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        for (Node node : nodes(name)) {
            if (node instanceof Node.Scalar scalar) {
                texts.add(scalar.text());
            } else {
                mistakes.error(node.place(), pathOf(name), node.shown(), "must be a list of texts");
            }
        }
        return texts;
    }

    /** The tables of a list; one table alone counts as a list of one. */
    List<Section> sections(String name) {
        List<Section> sections = new ArrayList<>();
        for (Node node : nodes(name)) {
            String item = pathOf(name) + "[" + sections.size() + "]";
            sections.add(of(mistakes, item, node));
        }
        return sections;
    }

    private List<Node> nodes(String name) {
        return node(name)
                .map(node -> node instanceof Node.Items items ? items.nodes() : List.of(node))
                .orElse(List.of());
    }

    /** A table that must be there. */
    Section section(String name, String mend) {
        return node(name)
                .map(node -> of(mistakes, pathOf(name), node))
                .orElseGet(
                        () -> {
                            mistakes.error(place, pathOf(name), "", "is missing: " + mend);
                            return new Section(
                                    mistakes,
                                    place,
                                    pathOf(name),
                                    new Node.Table(place, List.of()));
                        });
    }
}
