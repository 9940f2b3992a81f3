package io.memberday.local.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** With the SDK's defaults: each upload carries a checksum, in a trailer of signed chunks. */
class S3ServerTest {
    /** S3's smallest part, but for the last. */
    private static final int PART = 5 * 1024 * 1024;

    @RegisterExtension
    static final EmulatorExtension EMULATOR =
            EmulatorExtension.of(Path.of("src/test/resources/shop.yaml"));

    private final S3Client s3;
    private final String bucket;

    S3ServerTest(Emulator emulator) {
        s3 = emulator.s3();
        bucket = emulator.bucket("ReportsBucket");
    }

    @Test
    void shouldGiveBackWhatWasPut() {
        put("greeting.txt", "你好, member");

        assertEquals("你好, member", text("greeting.txt"));
    }

    @Test
    void shouldKeepTypeAndMetadata() {
        s3.putObject(
                put ->
                        put.bucket(bucket)
                                .key("report.html")
                                .contentType("text/html;charset=utf-8")
                                .metadata(Map.of("run", "member-day@2026-05-08")),
                RequestBody.fromString("<p>7</p>"));

        HeadObjectResponse head = s3.headObject(get -> get.bucket(bucket).key("report.html"));

        assertEquals(8, head.contentLength());
        assertEquals("text/html;charset=utf-8", head.contentType());
        assertEquals(Map.of("run", "member-day@2026-05-08"), head.metadata());
    }

    @Test
    void shouldGiveARange() {
        put("digits", "0123456789");

        assertEquals(
                "234",
                s3.getObjectAsBytes(get -> get.bucket(bucket).key("digits").range("bytes=2-4"))
                        .asUtf8String());
    }

    @Test
    void shouldListByPrefixPageByPage() {
        List.of("list/a", "list/b", "list/c", "other").forEach(key -> put(key, key));

        ListObjectsV2Response first =
                s3.listObjectsV2(list -> list.bucket(bucket).prefix("list/").maxKeys(2));
        ListObjectsV2Response second =
                s3.listObjectsV2(
                        list ->
                                list.bucket(bucket)
                                        .prefix("list/")
                                        .continuationToken(first.nextContinuationToken()));

        assertEquals(List.of("list/a", "list/b"), keys(first));
        assertTrue(first.isTruncated());
        assertEquals(List.of("list/c"), keys(second));
    }

    @Test
    void shouldTakeKeysOfEveryScript() {
        String key = "exports/会员日 2026+05/ü&=%.csv";
        put(key, "id");

        assertEquals("id", text(key));
        assertEquals(
                List.of(key),
                keys(s3.listObjectsV2(list -> list.bucket(bucket).prefix("exports/会员日"))));
    }

    @Test
    void shouldForgetWhatWasDeleted() {
        put("gone", "soon");

        s3.deleteObject(delete -> delete.bucket(bucket).key("gone"));

        assertThrows(NoSuchKeyException.class, () -> text("gone"));
    }

    @Test
    void shouldJoinThePartsOfAnUpload() {
        byte[] content = new byte[PART + 1000];
        new Random(8).nextBytes(content);
        String upload =
                s3.createMultipartUpload(create -> create.bucket(bucket).key("big")).uploadId();
        CompletedPart first = part("big", upload, 1, Arrays.copyOfRange(content, 0, PART));
        CompletedPart second =
                part("big", upload, 2, Arrays.copyOfRange(content, PART, content.length));

        s3.completeMultipartUpload(
                complete ->
                        complete.bucket(bucket)
                                .key("big")
                                .uploadId(upload)
                                .multipartUpload(parts -> parts.parts(first, second)));

        assertArrayEquals(
                content, s3.getObjectAsBytes(get -> get.bucket(bucket).key("big")).asByteArray());
    }

    @Test
    void shouldLeaveNothingOfAnAbortedUpload() {
        String upload =
                s3.createMultipartUpload(create -> create.bucket(bucket).key("half")).uploadId();
        CompletedPart part = part("half", upload, 1, "half".getBytes(UTF_8));

        s3.abortMultipartUpload(abort -> abort.bucket(bucket).key("half").uploadId(upload));

        assertThrows(NoSuchKeyException.class, () -> text("half"));
        assertThrows(
                S3Exception.class,
                () ->
                        s3.completeMultipartUpload(
                                complete ->
                                        complete.bucket(bucket)
                                                .key("half")
                                                .uploadId(upload)
                                                .multipartUpload(parts -> parts.parts(part))));
    }

    private void put(String key, String content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content, UTF_8));
    }

    private String text(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }

    private CompletedPart part(String key, String upload, int number, byte[] content) {
        String etag =
                s3.uploadPart(
                                put ->
                                        put.bucket(bucket)
                                                .key(key)
                                                .uploadId(upload)
                                                .partNumber(number),
                                RequestBody.fromBytes(content))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static List<String> keys(ListObjectsV2Response list) {
        return list.contents().stream().map(S3Object::key).toList();
    }
}
