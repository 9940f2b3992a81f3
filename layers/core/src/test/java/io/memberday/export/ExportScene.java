package io.memberday.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.SampleMembers;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.InMemoryEventBus;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.SegmentExport.End;
import io.memberday.export.SegmentExport.Left;
import io.memberday.export.SegmentExport.Records;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.fault.Faults;
import io.memberday.file.FileStore;
import io.memberday.file.InMemoryFileStore;
import io.memberday.file.InMemoryUploads;
import io.memberday.file.Uploads;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/** An export in memory whose every call may be its worker's last. */
final class ExportScene {
    static final Segment ALL =
            new SegmentCompiler("CNY", Duration.ofDays(400), SamplePlaybook.ladder())
                    .compile("keptPurchases >= 0", Optional.empty());

    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final int LEAST_PART = 2_000;
    private static final byte GZIP = 0x1f;

    final Faults faults = new Faults();
    final InMemoryFileStore files = new InMemoryFileStore();
    final InMemoryUploads uploads = new InMemoryUploads(files, LEAST_PART);
    final InMemoryEventBus bus = new InMemoryEventBus();
    final List<Manifest> log = new ArrayList<>();
    final InMemoryExportStore progress = new InMemoryExportStore();

    private static final List<Member> MEMBERS = SampleMembers.of(8_000, 17);

    private final InMemoryMemberScan members;
    private final ExportRequest request =
            new ExportRequest(
                    "all",
                    ALL,
                    List.of(Format.values()),
                    List.of(Column.MEMBER_ID, Column.PHONE, Column.EMAIL, Column.SPENT),
                    false,
                    false,
                    "kim");
    private int workers;

    ExportScene(int count) {
        members = new InMemoryMemberScan(MEMBERS.subList(0, count));
    }

    /** A worker: its calls are counted, and one of them may kill it. */
    SegmentExport worker() {
        return worker(uploads);
    }

    /** A worker whose uploads are others. */
    SegmentExport worker(Uploads its) {
        return new SegmentExport(
                faults.on(MemberScan.class, members),
                faults.on(Uploads.class, its),
                faults.on(FileStore.class, files),
                new Records(
                        faults.on(ExportStore.class, progress),
                        faults.on(ExportLog.class, log::add)),
                faults.on(EventBus.class, bus),
                () -> "worker " + workers++,
                new Sizes(900, LEAST_PART, 100));
    }

    /** Begins the export as a repeated call does, or finds it begun, and goes on with it. */
    Left call(SegmentExport worker, BooleanSupplier timeLeft) {
        String id = worker.begin("token", request, NOW);
        return worker.proceed(id, SamplePlaybook.playbook()::vantage, timeLeft);
    }

    /** What follows the events on the bus until there is none. */
    End follow(SegmentExport worker, BooleanSupplier timeLeft) {
        End end = End.CONTINUED;
        for (List<BusEvent> events = bus.take(); !events.isEmpty(); events = bus.take()) {
            String id = Fields.of("", events.getFirst().detail()).text("export");
            end = worker.proceed(id, SamplePlaybook.playbook()::vantage, timeLeft).end();
        }
        return end;
    }

    /** Nothing is to be seen, or all that is to be seen are whole files, and no manifest. */
    void assertNoHalfIsVisible(ExportScene whole, String because) throws IOException {
        for (String name : files.files().keySet()) {
            assertTrue(!name.endsWith("manifest.json"), because);
            assertEquals(
                    unzipped(whole.files.files().get(name)),
                    unzipped(files.files().get(name)),
                    because);
        }
    }

    /** No file is there without being whole, unless the manifest is there. */
    void assertNoHalfIsVisibleYet(String because) throws Exception {
        if (files.files().keySet().stream().anyMatch(name -> name.endsWith("manifest.json"))) {
            assertManifestHolds(because);
        }
        for (byte[] content : files.files().values()) {
            if (content[0] == GZIP) {
                unzipped(content);
            }
        }
    }

    /** The manifest is there and says what the files hold. */
    Fields assertManifestHolds(String because) throws Exception {
        String folder = "exports/all-20260508T020000Z-token/";
        byte[] stored = files.files().get(folder + "manifest.json");
        assertTrue(stored != null, because);
        Fields manifest = Json.read(new String(stored, StandardCharsets.UTF_8));
        long csvRows = 0;
        for (Fields file : manifest.objects("files")) {
            byte[] content = files.files().get(folder + file.text("name"));
            assertEquals(content.length, file.whole("bytes", 0, Long.MAX_VALUE), because);
            assertEquals(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                    file.text("sha256"),
                    because);
            long headings = file.text("format").equals("csv") ? 1 : 0;
            long rows = unzipped(content).lines().count() - headings;
            assertEquals(rows, file.whole("rows", 0, Long.MAX_VALUE), because);
            csvRows += headings * rows;
        }
        assertEquals(csvRows, manifest.whole("rows", 0, Long.MAX_VALUE), because);
        assertEquals(files.files().size() - 1, manifest.objects("files").size(), because);
        return manifest;
    }

    /** All rows of a format over all files, headings left out. */
    List<String> rows(Format format) throws IOException {
        List<String> rows = new ArrayList<>();
        for (var file : new TreeMap<>(files.files()).entrySet()) {
            if (file.getKey().endsWith(format.key() + ".gz")) {
                List<String> lines = unzipped(file.getValue()).lines().toList();
                rows.addAll(format == Format.CSV ? lines.subList(1, lines.size()) : lines);
            }
        }
        return rows;
    }

    static String unzipped(byte[] stored) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
