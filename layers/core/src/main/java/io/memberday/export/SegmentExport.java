package io.memberday.export;

import io.memberday.export.Column.View;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.Manifest.Part;
import io.memberday.file.FileStore;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.segment.Vantage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes a segment to files (R67). The manifest comes last: a folder without one is no export. What
 * goes wrong on the way is thrown, and no manifest is written: an export is whole or failed (P7).
 *
 * <p>Left out by default are members who agreed to marketing on no channel; of the others an
 * address is given only where its channel's marketing was agreed to.
 */
public final class SegmentExport {
    /** Where exports are kept. */
    public static final String FOLDER = "exports/";

    /** Excel opens 1,048,576 rows of a file and drops the rest. */
    public static final int EXCEL_ROWS = 1_000_000;

    private static final String GZIP = "application/gzip";
    private static final int PAGE = 1_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final MemberScan members;
    private final FileStore files;
    private final ExportLog log;
    private final Supplier<String> nonces;
    private final int rowsPerFile;

    /**
     * @param nonces keep exports of one second apart
     * @param rowsPerFile then the next file begins
     */
    public SegmentExport(
            MemberScan members,
            FileStore files,
            ExportLog log,
            Supplier<String> nonces,
            int rowsPerFile) {
        this.members = members;
        this.files = files;
        this.log = log;
        this.nonces = nonces;
        this.rowsPerFile = rowsPerFile;
    }

    /**
     * Exports a segment as it is seen from a vantage.
     *
     * @throws RuntimeException whatever goes wrong: then there is no manifest
     */
    public Manifest export(ExportRequest request, Vantage vantage) {
        String id = request.name() + "-" + TIME.format(vantage.now()) + "-" + nonces.get();
        try (Writing writing = new Writing(FOLDER + id + "/", request, vantage)) {
            Optional<String> next = Optional.empty();
            do {
                ScanPage page = members.page(0, 1, next, PAGE);
                for (Member member : page.members()) {
                    writing.see(member);
                }
                next = page.next();
            } while (next.isPresent());
            Manifest manifest = writing.end(id);
            log.note(manifest);
            files.put(
                    FOLDER + id + "/manifest.json",
                    "application/json",
                    manifest.json().getBytes(StandardCharsets.UTF_8));
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the export failed; there is no manifest", e);
        }
    }

    private final class Writing implements AutoCloseable {
        private final String folder;
        private final ExportRequest request;
        private final Vantage vantage;
        private final View view;
        private final Map<Format, PartFile> open = new EnumMap<>(Format.class);
        private final List<Part> done = new ArrayList<>();
        private long scanned;
        private long rows;
        private long suppressed;

        Writing(String folder, ExportRequest request, Vantage vantage) throws IOException {
            this.folder = folder;
            this.request = request;
            this.vantage = vantage;
            view = new View(vantage, request.includeSuppressed());
            openAll(0);
        }

        private void openAll(int number) throws IOException {
            for (Format format : request.formats()) {
                String name = "members-%05d.%s.gz".formatted(number, format.key());
                open.put(format, new PartFile(name, format, request.columns(), view));
            }
        }

        void see(Member member) throws IOException {
            if (member.mergedInto().isPresent()) {
                return;
            }
            scanned++;
            if (!request.segment().matches(member, vantage)) {
                return;
            }
            if (!request.includeSuppressed() && isSuppressed(member)) {
                suppressed++;
                return;
            }
            if (rows > 0 && rows % rowsPerFile == 0) {
                storeAll();
                openAll(Math.toIntExact(rows / rowsPerFile));
            }
            for (PartFile file : open.values()) {
                file.add(member);
            }
            rows++;
        }

        private void storeAll() throws IOException {
            for (PartFile file : open.values()) {
                Part part = file.end();
                files.put(folder + part.name(), GZIP, file.path(), part.sha256());
                done.add(part);
            }
            close();
        }

        Manifest end(String id) throws IOException {
            storeAll();
            for (Format format : request.formats()) {
                long inFiles =
                        done.stream()
                                .filter(part -> part.format() == format)
                                .mapToLong(Part::rows)
                                .sum();
                if (inFiles != rows) {
                    throw new IllegalStateException(
                            "%d members, but %d rows in %s files"
                                    .formatted(rows, inFiles, format.key()));
                }
            }
            return new Manifest(id, request, vantage.now(), scanned, rows, suppressed, done);
        }

        @Override
        public void close() throws IOException {
            for (PartFile file : open.values()) {
                file.close();
            }
            open.clear();
        }
    }

    private static boolean isSuppressed(Member member) {
        return Arrays.stream(Channel.values())
                .noneMatch(channel -> member.consents().allow(channel, Kind.MARKETING));
    }
}
