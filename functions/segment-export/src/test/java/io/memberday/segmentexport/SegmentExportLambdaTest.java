package io.memberday.segmentexport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;

import io.memberday.aws.DynamoDbExportLog;
import io.memberday.aws.DynamoDbExportStore;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.S3Uploads;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.InMemoryEventBus;
import io.memberday.export.ExportLog;
import io.memberday.export.ExportStore;
import io.memberday.export.SegmentExport;
import io.memberday.export.SegmentExport.Records;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.fault.Faults;
import io.memberday.fault.Faults.Killed;
import io.memberday.file.FileStore;
import io.memberday.file.Uploads;
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
import io.memberday.member.MemberScan;
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
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
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
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

@ExtendWith(EmulatorExtension.class)
class SegmentExportLambdaTest {
    private static final Instant NOW = Instant.parse("2026-05-10T02:00:00Z");

    private static int requests;

    private final Emulator emulator;
    private final Faults faults = new Faults();
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final SegmentExportLambda function;
    private int remainingMillis = 900_000;

    SegmentExportLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        FilesInS3 s3 = new FilesInS3(emulator.s3(), bucket());
        function =
                new SegmentExportLambda(
                        SamplePlaybook.playbook(),
                        new SegmentExport(
                                faults.on(
                                        MemberScan.class,
                                        new DynamoDbMemberScan(
                                                emulator.dynamoDb(),
                                                emulator.table("MembersTable"))),
                                faults.on(Uploads.class, s3.uploads()),
                                faults.on(FileStore.class, s3.files()),
                                new Records(
                                        faults.on(ExportStore.class, progress()),
                                        faults.on(ExportLog.class, log())),
                                faults.on(EventBus.class, bus),
                                () -> UUID.randomUUID().toString(),
                                new Sizes(2, Uploads.LEAST_PART, 1)),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private record FilesInS3(S3Client client, String bucket) {
        Uploads uploads() {
            return new S3Uploads(client, bucket);
        }

        FileStore files() {
            return new S3FileStore(client, bucket);
        }
    }

    private ExportStore progress() {
        return new DynamoDbExportStore(emulator.dynamoDb(), emulator.table("MemberActivityTable"));
    }

    private ExportLog log() {
        return new DynamoDbExportLog(emulator.dynamoDb(), emulator.table("MemberActivityTable"));
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
            assertEquals(sha256(bytes), file.text("sha256"));
            long headings = file.text("format").equals("csv") ? 1 : 0;
            assertEquals(unzipped(bytes).lines().count() - headings, file.whole("rows", 0, 9));
        }
        assertEquals(5, names(manifest.text("id")).size());
        Map<String, AttributeValue> audit =
                emulator
                        .dynamoDb()
                        .scan(
                                scan ->
                                        scan.tableName(emulator.table("MemberActivityTable"))
                                                .limit(10))
                        .items()
                        .stream()
                        .filter(row -> row.get("item").s().startsWith("export#"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("exports", audit.get("memberId").s());
        assertEquals("kim", audit.get("by").s());
        assertEquals("3", audit.get("rows").n());
        assertEquals("keptPurchases >= 1", audit.get("expression").s());
    }

    @Test
    void shouldEndAsIfNothingHadHappenedWhenKilledAtAnyCall() throws Exception {
        String event = event("named-segment").replace("grateful", "bought");
        faults.none();
        Fields calm = call(event);
        int calls = faults.calls();
        for (int call = 0; call < calls; call++) {
            // In memory each call is killed both before and after its effect: here they take turns.
            boolean afterEffect = call % 2 == 1;
            // When: killed, and the same request comes again
            String because = "killed at call " + call + ", after its effect: " + afterEffect;
            int request = requests++;
            faults.killAt(call, afterEffect);
            assertThrows(Killed.class, () -> call(event, request), because);
            List<String> seen = names(token(request));
            faults.none();
            Fields answer = call(event, request);

            // Then
            boolean finished = seen.stream().anyMatch(name -> name.endsWith("manifest.json"));
            assertTrue(finished || call > calls / 2 || seen.isEmpty(), because + seen);
            assertEquals(calm.objects("files").size(), answer.objects("files").size());
            for (int file = 0; file < calm.objects("files").size(); file++) {
                Fields expected = calm.objects("files").get(file);
                Fields actual = answer.objects("files").get(file);
                assertEquals(expected.asMap(), actual.asMap(), because);
                byte[] stored = stored("exports/" + answer.text("id") + "/" + actual.text("name"));
                assertEquals(actual.text("sha256"), sha256(stored), because);
            }
            assertEquals(5, names(token(request)).size(), because);
            // Of each format one that was begun and never recorded: empty, and ended in a day.
            assertTrue(unfinishedUploads(token(request)) <= 2, because);
        }
    }

    @Test
    void shouldGoOnByAnEventWhenTimeIsShort() throws Exception {
        // When
        remainingMillis = 10_000;
        Fields first = call(event("named-segment").replace("grateful", "bought"));

        // Then
        assertTrue(first.optionalTruth("continued").orElseThrow());
        assertEquals(List.of(), names(first.text("export")));
        List<BusEvent> events = bus.take();
        assertEquals(List.of(BusEvent.exportDue(first.text("export"))), events);

        // When
        remainingMillis = 900_000;
        Fields manifest = call(Json.write(Map.of("detail", events.getFirst().detail())));

        // Then
        assertEquals(3L, manifest.whole("rows", 0, 9));
        assertEquals(first.text("export"), manifest.text("id"));
        for (Fields file : manifest.objects("files")) {
            byte[] bytes = stored("exports/" + manifest.text("id") + "/" + file.text("name"));
            assertEquals(sha256(bytes), file.text("sha256"));
        }
    }

    @Test
    void shouldGiveUpAnExportWhenTold() throws Exception {
        remainingMillis = 10_000;
        String id = call(event("named-segment").replace("grateful", "bought")).text("export");
        assertTrue(unfinishedUploads(id) > 0);

        call(Json.write(Map.of("export", id, "abort", true)));

        assertEquals(0, unfinishedUploads(id));
        Fields after = call(Json.write(Map.of("export", id)));
        assertTrue(after.optionalTruth("aborted").orElseThrow());
        assertEquals(List.of(), names(id));
        assertThrows(RefusedRequest.class, () -> call(Json.write(Map.of("export", "no-such-one"))));
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
        return call(payload, requests++);
    }

    private Fields call(String payload, int request) {
        Context context =
                (Context)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Context.class},
                                (self, method, arguments) ->
                                        method.getName().equals("getAwsRequestId")
                                                ? token(request)
                                                : remainingMillis);
        return Fields.of("", function.handleRequest(Json.read(payload).asMap(), context));
    }

    private static String token(int request) {
        return "request%05d".formatted(request);
    }

    private List<String> names(String part) {
        return emulator.s3().listObjectsV2(list -> list.bucket(bucket())).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(part))
                .toList();
    }

    private long unfinishedUploads(String part) {
        return emulator.s3().listMultipartUploads(list -> list.bucket(bucket())).uploads().stream()
                .filter(upload -> upload.key().contains(part))
                .count();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
