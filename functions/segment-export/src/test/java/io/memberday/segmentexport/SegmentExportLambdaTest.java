package io.memberday.segmentexport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.DynamoDbExportLog;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.S3FileStore;
import io.memberday.export.SegmentExport;
import io.memberday.file.FileStore;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

@ExtendWith(EmulatorExtension.class)
class SegmentExportLambdaTest {
    private static final Instant NOW = Instant.parse("2026-05-10T02:00:00Z");

    private final Emulator emulator;
    private final SegmentExportLambda function;

    SegmentExportLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        FileStore files = new S3FileStore(emulator.s3(), emulator.bucket("FilesBucket"));
        function =
                new SegmentExportLambda(
                        SamplePlaybook.playbook(),
                        new SegmentExport(
                                new DynamoDbMemberScan(
                                        emulator.dynamoDb(), emulator.table("MembersTable")),
                                files,
                                new DynamoDbExportLog(
                                        emulator.dynamoDb(), emulator.table("MemberActivityTable")),
                                () -> "nonce",
                                2),
                        files,
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void aSmallShop() {
        emulator.tables().reset();
        put("m1", "=王小明", 2, true);
        put("m2", "Zoë", 3, true);
        put("m3", "𠮷田", 2, true);
        put("m4", "refuses", 2, false);
        put("m5", "never bought", 0, true);
    }

    @Test
    void shouldExportANamedSegmentAsItsManifestSays() throws Exception {
        // Given: the example store's segment is the sample's under another name
        Fields answer = call(event("named-segment").replace("grateful", "bought"));

        // Then: the manifest in the bucket is the answer, and equals the files
        Fields manifest = Json.read(text(stored(address(answer.text("manifest")))));
        assertEquals(3L, manifest.whole("rows", 0, 9));
        assertEquals(1L, manifest.object("leftOut").whole("suppressed", 0, 9));
        assertEquals(4, manifest.objects("files").size());
        for (Fields file : manifest.objects("files")) {
            byte[] bytes = stored("exports/" + manifest.text("id") + "/" + file.text("name"));
            assertEquals(bytes.length, file.whole("bytes", 0, Long.MAX_VALUE));
            assertEquals(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    file.text("sha256"));
            long headings = file.text("format").equals("csv") ? 1 : 0;
            assertEquals(unzipped(bytes).lines().count() - headings, file.whole("rows", 0, 9));
        }
        List<String> names =
                emulator.s3().listObjectsV2(list -> list.bucket(bucket())).contents().stream()
                        .map(S3Object::key)
                        .filter(key -> key.contains(manifest.text("id")))
                        .toList();
        assertEquals(5, names.size());
        Map<String, AttributeValue> audit =
                emulator.dynamoDb()
                        .scan(
                                scan ->
                                        scan.tableName(emulator.table("MemberActivityTable"))
                                                .limit(10))
                        .items()
                        .getFirst();
        assertEquals("exports", audit.get("memberId").s());
        assertEquals("kim", audit.get("by").s());
        assertEquals("3", audit.get("rows").n());
        assertEquals("keptPurchases >= 1", audit.get("expression").s());
    }

    @Test
    void shouldExportAnExpressionWithHashesAndNothingThatTellsThePerson() throws Exception {
        Fields answer = call(event("expression-hashed"));

        String csv =
                unzipped(
                        stored(
                                "exports/"
                                        + answer.text("id")
                                        + "/"
                                        + answer.objects("files").getFirst().text("name")));
        assertEquals(3L, answer.whole("rows", 0, 9));
        assertTrue(csv.startsWith("\uFEFFmemberId,phoneSha256,emailSha256,language,"), csv);
        for (String personal : List.of("王小明", "Zoë", "+86", "13800")) {
            assertTrue(!csv.contains(personal), personal);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"segment\": \"boght\"} | segment: is no segment: did you mean bought? (got:"
                        + " boght)",
                "{\"where\": \"keptPurchase >= 2\"} | keptPurchases",
                "{\"where\": \"keptPurchases >= \"} | where:",
                "{\"where\": \"keptPurchases\"} | a segment must be true or false",
                "{\"format\": [\"csv\"]} | give either the segment's name",
                "{\"segment\": \"bought\", \"format\": [\"parquet\"]} | choose one of csv, jsonl"
            })
    void shouldRefuseWhatItCannotTakeAndWriteNothing(String payload, String mend) {
        RefusedRequest refused = assertThrows(RefusedRequest.class, () -> call(payload));

        assertTrue(refused.getMessage().contains(mend), refused.getMessage());
        assertTrue(refused.getMessage().contains("(got: "), refused.getMessage());
        assertEquals(
                0,
                emulator.dynamoDb()
                        .scan(
                                scan ->
                                        scan.tableName(emulator.table("MemberActivityTable"))
                                                .limit(10))
                        .count());
    }

    private static String event(String name) throws IOException {
        return Files.readString(
                Repository.root().resolve("events/segment-export/" + name + ".json"));
    }

    private Fields call(String payload) {
        return Fields.of("", function.handleRequest(Json.read(payload).asMap(), null));
    }

    private void put(String id, String name, int purchases, boolean agrees) {
        List<Purchase> kept =
                IntStream.range(0, purchases)
                        .mapToObj(
                                n ->
                                        new Purchase(
                                                "shop:1:" + id + n,
                                                NOW.minus(Duration.ofDays(30 + n)),
                                                50_00))
                        .toList();
        Consent consent = new Consent(agrees, true, NOW.minusSeconds(60));
        Member member =
                Member.fresh(id, NOW)
                        .change()
                        .profile(
                                Profile.EMPTY
                                        .with(Field.NAME, name, NOW)
                                        .with(Field.PHONE, "+8613800138000", NOW))
                        .consents(
                                Consents.UNKNOWN
                                        .with(Channel.SMS, Kind.MARKETING, consent)
                                        .with(Channel.EMAIL, Kind.MARKETING, consent))
                        .purchases(Purchases.of(kept, Duration.ofDays(400)))
                        .done();
        emulator.dynamoDb()
                .putItem(
                        item ->
                                item.tableName(emulator.table("MembersTable"))
                                        .item(MemberFormat.item(member)));
    }

    private String bucket() {
        return emulator.bucket("FilesBucket");
    }

    private String address(String s3) {
        assertTrue(s3.startsWith("s3://" + bucket() + "/"), s3);
        return s3.substring(("s3://" + bucket() + "/").length());
    }

    private byte[] stored(String name) {
        return emulator.s3().getObjectAsBytes(get -> get.bucket(bucket()).key(name)).asByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return text(in.readAllBytes());
        }
    }
}
