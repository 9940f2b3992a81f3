package io.memberday.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.InMemoryEventBus;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.SegmentExport.Records;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.file.InMemoryFileStore;
import io.memberday.file.InMemoryUploads;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Stages;
import io.memberday.member.Tag;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.segment.Vantage;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

class SegmentExportTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Vantage VANTAGE =
            new Vantage(
                    NOW,
                    ZoneId.of("Asia/Shanghai"),
                    new TierLadder(
                            Duration.ofDays(365),
                            List.of(
                                    new Tier("plain", "Plain", 0, 0, false, 0, 100),
                                    new Tier("gold", "Gold", 100_00, 0, true, 5, 150))),
                    new Stages(90, 180, 365),
                    "CNY");

    private final InMemoryMemberScan members = new InMemoryMemberScan(List.of());
    private final InMemoryFileStore files = new InMemoryFileStore();
    private final List<Manifest> log = new ArrayList<>();
    private final InMemoryUploads uploads = new InMemoryUploads(files, 0);
    private int begun;

    @Test
    void shouldWriteCsvThatOpensWithChineseIntactAndRunsNoFormula() throws Exception {
        // Given
        members.put(
                member("m1", "王小明", "+8613800138000", "ming@example.com")
                        .change()
                        .purchases(
                                Purchases.of(
                                        List.of(
                                                new Purchase(
                                                        "shop:1:1",
                                                        Instant.parse("2026-04-30T17:00:00Z"),
                                                        120_50)),
                                        Duration.ofDays(365)))
                        .tags(Map.of("vip", new Tag("operator:x", NOW), "b", new Tag("r:1", NOW)))
                        .points(7)
                        .done());
        members.put(member("m2", "=HYPERLINK(\"x\")", "+8613800138001", ""));

        // When
        export(List.of(Format.CSV), Column.usual(false), false, 100);

        // Then
        assertEquals(
                "\uFEFFmemberId,name,phone,email,language,gender,birthday,country,region,city,"
                        + "address,since,layer,tier,stage,keptPurchases,spent,firstPurchase,"
                        + "lastPurchase,points,tags,smsMarketing,emailMarketing\r\n"
                        + "m1,王小明,'+8613800138000,ming@example.com,,,,,,,,2026-05-08,vip,gold,"
                        + "active,1,120.50,2026-05-01,2026-05-01,7,b vip,yes,yes\r\n"
                        + "m2,\"'=HYPERLINK(\"\"x\"\")\",'+8613800138001,,,,,,,,,2026-05-08,"
                        + "potential,plain,none,0,0.00,,,0,,yes,yes\r\n",
                text("members-00000.csv.gz"));
    }

    @Test
    void shouldWriteJsonLinesWithTypedValues() throws Exception {
        members.put(member("m1", "王小明", "+8613800138000", ""));

        export(
                List.of(Format.JSONL),
                List.of(Column.NAME, Column.PHONE, Column.EMAIL, Column.POINTS, Column.TAGS),
                false,
                100);

        assertEquals(
                "{\"name\":\"王小明\",\"phone\":\"+8613800138000\",\"email\":null,\"points\":0,"
                        + "\"tags\":[]}\n",
                text("members-00000.jsonl.gz"));
    }

    @Test
    void shouldHashAddressesAsAdPlatformsMatchThem() throws Exception {
        members.put(member("m1", "x", "+8613800138000", "ming@example.com"));

        export(
                List.of(Format.JSONL),
                List.of(Column.PHONE_SHA256, Column.EMAIL_SHA256),
                false,
                100);

        Fields line = Json.read(text("members-00000.jsonl.gz"));
        assertEquals(
                sha256("+8613800138000".getBytes(StandardCharsets.UTF_8)),
                line.text("phoneSha256"));
        assertEquals(
                sha256("ming@example.com".getBytes(StandardCharsets.UTF_8)),
                line.text("emailSha256"));
    }

    @Test
    void shouldLeaveOutSuppressedMembersAndAddressesUnlessAskedFor() throws Exception {
        // Given
        members.put(member("m1", "a", "+8613800138000", "a@example.com"));
        members.put(refusing(member("m2", "b", "+8613800138001", "b@example.com"), Channel.SMS));
        members.put(
                refusing(
                        refusing(member("m3", "c", "+8613800138002", "c@example.com"), Channel.SMS),
                        Channel.EMAIL));
        members.put(Member.fresh("m4", NOW));
        members.put(Member.fresh("m5", NOW).change().mergedInto("m1").done());
        List<Column> columns = List.of(Column.MEMBER_ID, Column.PHONE, Column.EMAIL);

        // When
        Manifest manifest = export(List.of(Format.CSV), columns, false, 100);
        String lean = text("members-00000.csv.gz");
        Manifest whole = export(List.of(Format.CSV), columns, true, 100);
        String all = text("members-00000.csv.gz");

        // Then
        assertEquals(
                "\uFEFFmemberId,phone,email\r\nm1,'+8613800138000,a@example.com\r\n"
                        + "m2,,b@example.com\r\n",
                lean);
        assertEquals(2, manifest.rows());
        assertEquals(2, manifest.suppressed());
        assertEquals(4, manifest.scanned());
        assertTrue(all.contains("m3,'+8613800138002,c@example.com\r\nm4,,\r\n"));
        assertFalse(all.contains("m5"));
        assertEquals(0, whole.suppressed());
    }

    @Test
    void shouldSayInTheManifestExactlyWhatTheFilesHold() throws Exception {
        // Given: more than one page of the scan, and more than one file
        for (int i = 0; i < 2_345; i++) {
            members.put(member("m%05d".formatted(i), "成员" + i, "+86138%08d".formatted(i), ""));
        }

        // When
        Manifest manifest =
                export(List.of(Format.CSV, Format.JSONL), List.of(Column.MEMBER_ID), false, 1_000);

        // Then
        Fields json =
                Json.read(
                        new String(
                                files.files().get("exports/" + manifest.id() + "/manifest.json"),
                                StandardCharsets.UTF_8));
        assertEquals(2_345, json.whole("rows", 0, Long.MAX_VALUE));
        assertEquals(6, json.objects("files").size());
        for (Fields part : json.objects("files")) {
            byte[] stored = files.files().get("exports/" + manifest.id() + "/" + part.text("name"));
            assertEquals(stored.length, part.whole("bytes", 0, Long.MAX_VALUE));
            assertEquals(sha256(stored), part.text("sha256"));
            long lines = unzip(stored).lines().count();
            long headings = part.text("format").equals("csv") ? 1 : 0;
            assertEquals(lines - headings, part.whole("rows", 0, Long.MAX_VALUE));
        }
        assertEquals("keptPurchases >= 0", json.text("expression"));
        assertEquals("2026-05-08T02:00:00Z", json.text("at"));
        assertEquals("kim", json.text("by"));
        assertEquals(List.of(manifest), log);
        assertTrue(
                List.copyOf(files.files().keySet()).getLast().endsWith("/manifest.json"),
                "the manifest comes last");
    }

    @Test
    void shouldFailWithoutAManifestIfOneFileCannotBeStored() {
        for (int i = 0; i < 25; i++) {
            members.put(member("m" + i, "x", "+8613800138000", ""));
        }
        files.refuse("members-00002");

        assertThrows(
                UncheckedIOException.class,
                () -> export(List.of(Format.CSV), List.of(Column.MEMBER_ID), false, 10));

        assertTrue(files.files().keySet().stream().noneMatch(name -> name.contains("manifest")));
        assertEquals(List.of(), log);
    }

    @Test
    void shouldExportAnEmptySegmentAsAFileWithoutRows() throws Exception {
        Manifest manifest = export(List.of(Format.CSV), List.of(Column.MEMBER_ID), false, 10);

        assertEquals(0, manifest.rows());
        assertEquals("\uFEFFmemberId\r\n", text("members-00000.csv.gz"));
    }

    private Manifest export(
            List<Format> formats, List<Column> columns, boolean suppressed, int rowsPerFile) {
        SegmentExport export =
                new SegmentExport(
                        members,
                        uploads,
                        files,
                        new Records(new InMemoryExportStore(), log::add),
                        new InMemoryEventBus(),
                        () -> "worker",
                        new Sizes(rowsPerFile, 1_000, Math.min(rowsPerFile, 1_000)));
        String id =
                export.begin(
                        "n" + begun++,
                        new ExportRequest(
                                "all", ExportScene.ALL, formats, columns, false, suppressed, "kim"),
                        NOW);
        return export.proceed(id, at -> VANTAGE, () -> true).manifest().orElseThrow();
    }

    /** Of the latest export. */
    private String text(String name) throws IOException {
        return unzip(files.files().get("exports/" + log.getLast().id() + "/" + name));
    }

    private static String unzip(byte[] stored) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Member member(String id, String name, String phone, String email) {
        Profile profile = Profile.EMPTY.with(Field.NAME, name, NOW);
        profile = phone.isEmpty() ? profile : profile.with(Field.PHONE, phone, NOW);
        profile = email.isEmpty() ? profile : profile.with(Field.EMAIL, email, NOW);
        Consent agreed = new Consent(true, false, NOW);
        Member fresh = Member.fresh(id, NOW);
        return fresh.change()
                .profile(profile)
                .consents(
                        fresh.consents()
                                .with(Channel.SMS, Kind.MARKETING, agreed)
                                .with(Channel.EMAIL, Kind.MARKETING, agreed))
                .done();
    }

    private static Member refusing(Member member, Channel channel) {
        Consent refused = new Consent(false, true, NOW);
        return member.change()
                .consents(member.consents().with(channel, Kind.MARKETING, refused))
                .done();
    }
}
