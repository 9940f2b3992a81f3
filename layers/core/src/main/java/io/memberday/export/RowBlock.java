package io.memberday.export;

import io.memberday.export.Column.View;
import io.memberday.export.ExportRequest.Format;
import io.memberday.file.SafeCsv;
import io.memberday.json.Json;
import io.memberday.member.Member;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Rows of one file on their way to a part of it, as one gzip member: members one after another are
 * one valid gzip file (RFC 1952, 2.2), so a file can be written on after whoever wrote it has died.
 * Held in memory, never on disk: it names people.
 */
final class RowBlock {
    private static final int BUFFER = 8 * 1024;

    private final Format format;
    private final List<Column> columns;
    private final View view;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Rows rows;

    /** Writes members in one format. */
    private interface Rows extends AutoCloseable {
        void add(Member member) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * @param begins whether its file begins here
     */
    RowBlock(Format format, List<Column> columns, View view, boolean begins) throws IOException {
        this.format = format;
        this.columns = columns;
        this.view = view;
        OutputStream out = new GZIPOutputStream(bytes, BUFFER);
        rows = format == Format.CSV ? new Csv(out, begins) : new JsonLines(out);
    }

    Format format() {
        return format;
    }

    void add(Member member) throws IOException {
        rows.add(member);
    }

    /** At least so many bytes it has; what is still being compressed comes on top. */
    int size() {
        return bytes.size();
    }

    /** Ends it: nothing more can be added. */
    byte[] end() throws IOException {
        rows.close();
        return bytes.toByteArray();
    }

    private final class Csv implements Rows {
        private final SafeCsv csv;

        Csv(OutputStream out, boolean begins) throws IOException {
            csv = new SafeCsv(out, begins);
            if (begins) {
                csv.row(columns.stream().map(Column::key).toList());
            }
        }

        @Override
        public void add(Member member) {
            csv.row(columns.stream().map(column -> cell(column.of(member, view))).toList());
        }

        private static String cell(@Nullable Object value) {
            if (value instanceof List<?> list) {
                return list.stream().map(Object::toString).collect(Collectors.joining(" "));
            }
            return Objects.toString(value, "");
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    private final class JsonLines implements Rows {
        private final OutputStream out;

        JsonLines(OutputStream out) {
            this.out = out;
        }

        @Override
        public void add(Member member) throws IOException {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            columns.forEach(column -> values.put(column.key(), column.of(member, view)));
            out.write((Json.write(values) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
