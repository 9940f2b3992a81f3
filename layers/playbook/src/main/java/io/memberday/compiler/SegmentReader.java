package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.segment.BadExpression.Finding;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code segments.yaml}, and the segments of campaigns. */
final class SegmentReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final Mistakes mistakes;
    private final SegmentCompiler compiler;
    private final Map<String, Segment> named = new LinkedHashMap<>();

    SegmentReader(Mistakes mistakes, SegmentCompiler compiler) {
        this.mistakes = mistakes;
        this.compiler = compiler;
    }

    /** Reads the file: names and expressions. */
    Map<String, Segment> read(Section file) {
        for (String name : file.names()) {
            if (!NAME.matcher(name).matches()) {
                file.error(name, "name segments in lower case, with dashes: repeat-buyers");
            }
            compile(file, name, Optional.empty())
                    .ifPresent(
                            segment -> {
                                named.put(name, segment);
                                compiler.knowing(name, segment);
                            });
        }
        return Collections.unmodifiableMap(named);
    }

    /**
     * A campaign's segment: a name, or an expression.
     *
     * @param dates on which it will be evaluated, if they are known
     */
    Optional<Segment> of(Section section, String field, List<LocalDate> dates) {
        Optional<String> text = section.optionalText(field).map(String::strip);
        if (text.isEmpty()) {
            section.error(field, "is missing: name a segment, or write an expression");
            return Optional.empty();
        }
        String name = text.get();
        if (named.containsKey(name)) {
            Segment segment = named.get(name);
            return compiled(section, field, segment.source(), dates);
        }
        if (NAME.matcher(name).matches() && !name.equals("bound")) {
            section.error(
                    field,
                    "no segment is called so: %s; or write an expression"
                            .formatted(Nearest.mend(name, named.keySet())));
            return Optional.empty();
        }
        return compiled(section, field, name, dates);
    }

    private Optional<Segment> compiled(
            Section section, String field, String source, List<LocalDate> dates) {
        if (dates.isEmpty()) {
            return check(section, field, source, Optional.empty());
        }
        return dates.stream()
                .map(date -> check(section, field, source, Optional.of(date)))
                .reduce((one, two) -> one.isEmpty() ? one : two)
                .orElseThrow();
    }

    private Optional<Segment> compile(Section section, String field, Optional<LocalDate> asOf) {
        return section.optionalText(field)
                .map(String::strip)
                .flatMap(source -> check(section, field, source, asOf));
    }

    private Optional<Segment> check(
            Section section, String field, String source, Optional<LocalDate> asOf) {
        SegmentCompiler.Checked checked = compiler.check(source, asOf);
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
