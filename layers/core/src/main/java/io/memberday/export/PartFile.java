package io.memberday.export;

import io.memberday.export.Column.View;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.Manifest.Part;
import io.memberday.file.SafeCsv;
import io.memberday.json.Json;
import io.memberday.member.Member;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** One compressed file of an export being written on disk; its checksum is taken on the way. */
final class PartFile implements AutoCloseable {
    private final String name;
    private final Format format;
    private final List<Column> columns;
    private final View view;
    private final Path path;
    private final MessageDigest digest = Column.sha256();
    private final Rows rows;
    private long written;
    private boolean ended;

    /** Writes members in one format. */
    private interface Rows extends AutoCloseable {
        void add(Member member) throws IOException;

        @Override
        void close() throws IOException;
    }

    PartFile(String name, Format format, List<Column> columns, View view) throws IOException {
        this.name = name;
        this.format = format;
        this.columns = columns;
        this.view = view;
        path = Files.createTempFile("export-", ".gz");
        OutputStream out =
                new GZIPOutputStream(
                        new DigestOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(path)), digest));
        rows = format == Format.CSV ? new Csv(out) : new JsonLines(out);
    }

    void add(Member member) throws IOException {
        rows.add(member);
        written++;
    }

    /** Ends the file; what is said of it is what stands on disk. */
    Part end() throws IOException {
        ended = true;
        rows.close();
        return new Part(
                name, format, written, Files.size(path), HexFormat.of().formatHex(digest.digest()));
    }

    Path path() {
        return path;
    }

    /** Ends the file if it still is open, and deletes it: it holds personal data. */
    @Override
    public void close() throws IOException {
        try {
            if (!ended) {
                rows.close();
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private final class Csv implements Rows {
        private final SafeCsv csv;

        Csv(OutputStream out) throws IOException {
            csv = new SafeCsv(out);
            csv.row(columns.stream().map(Column::key).toList());
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
