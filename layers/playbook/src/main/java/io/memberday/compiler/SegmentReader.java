package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.segment.BadExpression.Finding;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;
import io.memberday.segment.Segments;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code segments.yaml}, and the segments of campaigns. */
final class SegmentReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final Mistakes mistakes;
    private final SegmentCompiler compiler;
    private final Duration horizon;
    private final Map<String, Segment> named = new LinkedHashMap<>();

    /** With those that could not be taken. */
    private final Set<String> declared = new LinkedHashSet<>();

    /** Whose expression has been looked at. */
    private final Set<String> defined = new HashSet<>();

    SegmentReader(Mistakes mistakes, SegmentCompiler compiler, Duration horizon) {
        this.mistakes = mistakes;
        this.horizon = horizon;
        this.compiler = compiler;
    }

    /** Takes segments that are compiled already, for campaigns to name. */
    SegmentReader knowing(Map<String, Segment> compiled) {
        compiled.forEach(
                (name, segment) -> {
                    declared.add(name);
                    defined.add(name);
                    named.put(name, segment);
                    compiler.knowing(name, segment);
                });
        return this;
    }

    /** Reads the file: names and expressions, which may use each other in any sequence. */
    Map<String, Segment> read(Section file) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (!NAME.matcher(name).matches()) {
                file.error(name, "name segments in lower case, with dashes: repeat-buyers");
            }
            declared.add(name);
            file.optionalText(name).ifPresent(source -> sources.put(name, source.strip()));
        }
        Map<String, Segment> inSequence = new LinkedHashMap<>();
        sources.keySet().forEach(name -> define(file, name, sources, new ArrayList<>()));
        sources.keySet().stream()
                .filter(named::containsKey)
                .forEach(name -> inSequence.put(name, named.get(name)));
        return Collections.unmodifiableMap(inSequence);
    }

    /**
     * Compiles a segment after those that it uses. One that cannot be taken is nobody to those that
     * use it, so that only its own mistakes are reported.
     *
     * @param path of the names that led here
     */
    private void define(Section file, String name, Map<String, String> sources, List<String> path) {
        if (!defined.contains(name)) {
            if (path.contains(name)) {
                List<String> cycle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
                cycle.add(name);
                file.error(
                        name,
                        "uses itself: %s; take segment(\"%s\") out of one of them"
                                .formatted(String.join(" → ", cycle), name));
                nobody(name);
                return;
            }
            path.add(name);
            for (String used : new TreeSet<>(compiler.uses(sources.get(name)))) {
                if (sources.containsKey(used)) {
                    define(file, used, sources, path);
                }
            }
            path.removeLast();
            // If it is part of a cycle, that has been said by now.
            if (!defined.contains(name)) {
                check(file, name, sources.get(name), Optional.empty())
                        .ifPresentOrElse(
                                segment -> {
                                    named.put(name, segment);
                                    compiler.knowing(name, segment);
                                    defined.add(name);
                                },
                                () -> nobody(name));
            }
        }
    }

    private void nobody(String name) {
        compiler.knowing(name, compiler.compile("false", Optional.empty()));
        defined.add(name);
    }

    /**
     * A campaign's segment: a name, or an expression. Where it cannot be taken, which is noted, a
     * segment of nobody is handed back.
     *
     * @param last of the dates on which it will be evaluated, if they are known
     */
    Segment of(Section section, String field, Optional<LocalDate> last) {
        Segment nobody = compiler.compile("false", Optional.empty());
        Optional<String> text = section.optionalText(field).map(String::strip);
        if (text.isEmpty()) {
            section.error(field, "is missing: name a segment, or write an expression");
            return nobody;
        }
        String name = text.get();
        if (declared.contains(name)) {
            Segment segment = named.getOrDefault(name, nobody);
            last.ifPresent(date -> kept(section, field, segment, date));
            return segment;
        }
        if (NAME.matcher(name).matches() && !name.equals("bound")) {
            section.error(
                    field,
                    "no segment is called so: %s; or write an expression"
                            .formatted(Nearest.mend(name, declared)));
            return nobody;
        }
        return check(section, field, name, last).orElse(nobody);
    }

    /**
     * The expression of a campaign over orders, which may ask for the order's fields. Where it
     * cannot be taken, which is noted, one of nobody is handed back.
     *
     * @param last of the dates on which it will be evaluated, if they are known
     */
    Segment where(Section section, String field, Optional<LocalDate> last) {
        Optional<String> text = section.optionalText(field).map(String::strip);
        if (text.isEmpty()) {
            section.error(field, "is missing: say which of the orders, such as \"!order.shipped\"");
        }
        return text.flatMap(
                        source ->
                                noted(
                                        section,
                                        field,
                                        source,
                                        compiler.checkOverOrders(source, last)))
                .orElseGet(() -> compiler.compile("false", Optional.empty()));
    }

    /**
     * A touchpoint's condition, if it is there: a name, or an expression which may ask for the
     * order's fields, too. Where it cannot be taken, which is noted, one of nobody is handed back.
     */
    Optional<Segment> condition(Section section, String field) {
        Optional<String> text = section.optionalText(field).map(String::strip);
        if (text.filter(name -> NAME.matcher(name).matches() && !name.equals("bound"))
                .isPresent()) {
            return Optional.of(of(section, field, Optional.empty()));
        }
        return text.map(_ -> where(section, field, Optional.empty()));
    }

    /** Everybody, for a campaign that asks for orders only. */
    Segment everybody() {
        return compiler.compile("true", Optional.empty());
    }

    /**
     * Segments by name, from a list of names.
     *
     * @param most so many names
     * @param last of the dates on which they will be evaluated, if they are known
     */
    Map<String, Segment> listed(Section section, String field, int most, Optional<LocalDate> last) {
        Map<String, Segment> listed = new LinkedHashMap<>();
        for (String name : section.list(field)) {
            Segment segment = named.get(name);
            if (!declared.contains(name)) {
                section.error(
                        field,
                        "no segment is called %s: %s"
                                .formatted(name, Nearest.mend(name, declared)));
            } else if (segment != null) {
                last.ifPresent(date -> kept(section, field, segment, date));
                if (listed.put(name, segment) != null) {
                    section.error(field, name + " is there twice");
                }
            }
        }
        if (listed.size() > most) {
            section.error(field, "name %d segments at most".formatted(most));
        }
        return listed;
    }

    private void kept(Section section, String field, Segment segment, LocalDate date) {
        if (!Segments.answerable(segment, date, horizon)) {
            section.error(
                    field,
                    "on %s it asks for purchases longer ago than the store keeps (%d days)"
                            .formatted(date, horizon.toDays()));
        }
    }

    private Optional<Segment> check(
            Section section, String field, String source, Optional<LocalDate> asOf) {
        return noted(section, field, source, compiler.check(source, asOf));
    }

    private Optional<Segment> noted(
            Section section, String field, String source, SegmentCompiler.Checked checked) {
        for (Finding finding : checked.findings()) {
            // The expression begins on its field's line, unless it is folded over several.
            Node.Place written = section.node(field).map(Node::place).orElse(section.place());
            Node.Place at = new Node.Place(written.file(), written.line() + finding.line() - 1);
            String mend = "column " + finding.column() + ": " + finding.mend();
            if (finding.warning()) {
                mistakes.warning(at, section.pathOf(field), source, mend);
            } else {
                mistakes.error(at, section.pathOf(field), source, mend);
            }
        }
        return checked.segment();
    }
}
