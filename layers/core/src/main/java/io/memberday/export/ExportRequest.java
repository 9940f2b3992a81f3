package io.memberday.export;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is to be exported.
 *
 * @param name the segment's, or {@code expression}
 * @param segment whom
 * @param formats at least one, each once
 * @param columns what of them
 * @param hashed whether phone and email stand as SHA-256 only
 * @param includeSuppressed whether to give also members who agreed to marketing on no channel
 * @param by who asks, for the audit row
 */
public record ExportRequest(
        String name,
        Segment segment,
        List<Format> formats,
        List<Column> columns,
        boolean hashed,
        boolean includeSuppressed,
        String by) {
    private static final String FORMAT = "format";
    private static final String COLUMNS = "columns";
    private static final String HASHED = "hashed";
    private static final String SUPPRESSED = "includeSuppressed";
    private static final String BY = "by";
    private static final String NAME = "name";
    private static final String COMPILED = "compiled";
    private static final Set<String> FIELDS =
            Set.of("segment", "where", FORMAT, COLUMNS, HASHED, SUPPRESSED, BY);

    /** A file format. */
    public enum Format {
        CSV("csv", "text/csv; charset=utf-8"),
        JSONL("jsonl", "application/x-ndjson; charset=utf-8");

        private final String key;
        private final String type;

        Format(String key, String type) {
            this.key = key;
            this.type = type;
        }

        /** The name in requests and the files' ending. */
        public String key() {
            return key;
        }

        /** The media type before compression. */
        public String type() {
            return type;
        }
    }

    public ExportRequest {
        formats = List.copyOf(formats);
        columns = List.copyOf(columns);
    }

    /**
     * Reads a request.
     *
     * @param named the playbook's segments
     * @param compile makes a segment of an expression; refuses with BadInput
     * @throws BadInput naming the field, its value and the mend
     */
    public static ExportRequest read(
            Fields fields, Map<String, Segment> named, Function<String, Segment> compile) {
        for (String field : fields.names()) {
            if (!FIELDS.contains(field)) {
                throw fields.bad(field, "is no field: " + Nearest.mend(field, FIELDS));
            }
        }
        boolean byName = fields.has("segment");
        if (byName == fields.has("where")) {
            throw fields.bad(
                    "segment", "give either the segment's name, or an expression as \"where\"");
        }
        boolean hashed = fields.optionalTruth(HASHED).orElse(false);
        return new ExportRequest(
                byName ? fields.text("segment") : "expression",
                byName ? named(fields, named) : compile.apply(fields.text("where")),
                formats(fields),
                columns(fields, hashed),
                hashed,
                fields.optionalTruth(SUPPRESSED).orElse(false),
                fields.optionalText(BY).orElse("not said"));
    }

    /**
     * The request as a JSON object that {@link #stored} reads: the segment stands in it compiled.
     */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(NAME, name);
        values.put(COMPILED, segment.compiled());
        values.put(FORMAT, formats.stream().map(Format::key).toList());
        values.put(COLUMNS, columns.stream().map(Column::key).toList());
        values.put(HASHED, hashed);
        values.put(SUPPRESSED, includeSuppressed);
        values.put(BY, by);
        return values;
    }

    /** Reads {@link #values}: an export that goes on is of the segment with which it began. */
    static ExportRequest stored(Fields fields) {
        boolean hashed = fields.optionalTruth(HASHED).orElse(false);
        return new ExportRequest(
                fields.text(NAME),
                Segments.read(fields.object(COMPILED).asMap()),
                formats(fields),
                columns(fields, hashed),
                hashed,
                fields.optionalTruth(SUPPRESSED).orElse(false),
                fields.text(BY));
    }

    private static Segment named(Fields fields, Map<String, Segment> named) {
        String name = fields.text("segment");
        Segment segment = named.get(name);
        if (segment == null) {
            throw fields.bad("segment", "is no segment: " + Nearest.mend(name, named.keySet()));
        }
        return segment;
    }

    private static List<Format> formats(Fields fields) {
        return chosen(fields, FORMAT, Format.values(), Format::key, List.of(Format.values()));
    }

    private static List<Column> columns(Fields fields, boolean hashed) {
        List<Column> columns =
                chosen(fields, COLUMNS, Column.values(), Column::key, Column.usual(hashed));
        if (hashed && (columns.contains(Column.PHONE) || columns.contains(Column.EMAIL))) {
            throw fields.bad(
                    COLUMNS, "with \"hashed\" take phoneSha256 and emailSha256 in their place");
        }
        return columns;
    }

    private static <T> List<T> chosen(
            Fields fields, String field, T[] all, Function<T, String> key, List<T> usual) {
        if (!fields.has(field)) {
            return usual;
        }
        List<String> keys = Arrays.stream(all).map(key).toList();
        List<T> chosen = new ArrayList<>();
        for (String wanted : fields.texts(field)) {
            int at = keys.indexOf(wanted);
            if (at < 0) {
                throw new BadInput(
                        fields.pathOf(field),
                        wanted,
                        "is not known: " + Nearest.mend(wanted, keys));
            }
            chosen.add(all[at]);
        }
        if (chosen.isEmpty() || new HashSet<>(chosen).size() < chosen.size()) {
            throw fields.bad(field, "name at least one, and each once");
        }
        return chosen;
    }
}
