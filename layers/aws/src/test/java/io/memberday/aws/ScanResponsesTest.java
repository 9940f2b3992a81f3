package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.MemberScan.ScanPage;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Answers that an emulator does not give. */
class ScanResponsesTest {
    private static final byte[] PAGE =
            """
            {"ConsumedCapacity":{"CapacityUnits":0.5},"Count":2,
             "Items":[{"memberId":{"S":"m1"},"ver":{"N":"3"},"since":{"N":"5"},
                       "claims":{"M":{"r":{"M":{"n":{"S":"x"},"at":{"N":"9"},"c":{"S":"sms"}}}}}},
                      {"since":{"N":"5"},"mergedInto":{"S":"m1"},"ver":{"N":"4"},
                       "memberId":{"S":"m2"}}],
             "LastEvaluatedKey":{"memberId":{"S":"m2"}},"ScannedCount":2}
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final CannedHttp http = new CannedHttp();
    private final DynamoDbMemberScan scan =
            new DynamoDbMemberScan(
                    DynamoDbClient.builder()
                            .httpClient(http)
                            .region(Region.US_EAST_1)
                            .credentialsProvider(
                                    StaticCredentialsProvider.create(
                                            AwsBasicCredentials.create("key", "secret")))
                            .build(),
                    "Members");

    @Test
    void shouldReadMembersAndWhereToGoOn() {
        http.then(200, Map.of("x-amz-crc32", crc(PAGE)), PAGE);

        assertTwoMembers(page());
    }

    @Test
    void shouldLeaveACompressedAnswerToTheSdk() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(PAGE);
        }
        byte[] body = zipped.toByteArray();
        http.then(200, Map.of("Content-Encoding", "gzip", "x-amz-crc32", crc(body)), body);

        assertTwoMembers(page());
    }

    @Test
    void shouldAskAgainWhenAnAnswerBreaksOffOrIsDamaged() {
        byte[] damaged = new String(PAGE, StandardCharsets.UTF_8).replace("m1", "m7").getBytes();
        http.then(200, Map.of(), Arrays.copyOf(PAGE, 200))
                .then(200, Map.of("x-amz-crc32", crc(PAGE)), damaged)
                .then(200, Map.of("x-amz-crc32", crc(PAGE)), PAGE);

        assertTwoMembers(page());
        assertEquals(3, http.calls());
    }

    @Test
    void shouldGiveUpWhenEveryAnswerBreaksOff() {
        for (int tries = 0; tries < 20; tries++) {
            http.then(200, Map.of(), Arrays.copyOf(PAGE, 200));
        }

        assertThrows(SdkClientException.class, this::page);
        assertTrue(http.calls() > 1 && http.calls() < 20, http.calls() + " calls");
    }

    @Test
    void shouldAskAgainWhenThrottledAndFailAsTheSdkDoes() {
        http.then(400, Map.of(), error("ProvisionedThroughputExceededException"))
                .then(500, Map.of(), error("InternalServerError"))
                .then(200, Map.of(), PAGE)
                .then(400, Map.of(), error("ResourceNotFoundException"));

        assertTwoMembers(page());
        assertThrows(ResourceNotFoundException.class, this::page);
    }

    @Test
    void shouldRefuseAnAttributeOfAnotherType() {
        http.then(
                200,
                Map.of(),
                "{\"Items\":[{\"memberId\":{\"N\":\"1\"}}]}".getBytes(StandardCharsets.UTF_8));

        Exception refused = assertThrows(RuntimeException.class, this::page);

        assertTrue(refused.getMessage().contains("is N, not S"), refused.getMessage());
    }

    private ScanPage page() {
        return scan.page(0, 1, Optional.empty(), 100);
    }

    private static void assertTwoMembers(ScanPage page) {
        assertEquals(2, page.members().size());
        assertEquals("m1", page.members().getFirst().id());
        assertEquals("x", page.members().getFirst().claims().get("r").nonce());
        assertEquals(Optional.of("m1"), page.members().getLast().mergedInto());
        assertEquals(Optional.of("m2"), page.next());
    }

    private static byte[] error(String type) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"no\"}"
                .formatted(type)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }
}
