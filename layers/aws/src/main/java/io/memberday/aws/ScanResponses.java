package io.memberday.aws;

import io.memberday.member.Member;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Reads the members of one call's answer from its bytes, in place of the SDK's model of each
 * attribute: a run reads every member, and most of its processor time went there. All else remains
 * the SDK's: endpoint, credentials, signature, retries, errors, and whatever stands in the answer
 * beside its items.
 */
final class ScanResponses implements SdkPlugin, ExecutionInterceptor {
    private static final String CRC32_HEADER = "x-amz-crc32";
    private static final String ITEMS = "Items";

    private Optional<List<Member>> members = Optional.empty();
    private boolean ours;
    private @Nullable Long checksum;

    /** The members of the answer; nothing if it came in a way that is left to the SDK. */
    Optional<List<Member>> members() {
        return members;
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder config) {
        config.overrideConfiguration(
                config.overrideConfiguration().copy(call -> call.addExecutionInterceptor(this)));
    }

    /** The checksum is of the bytes that arrived, not of what is handed on. */
    @Override
    public SdkHttpResponse modifyHttpResponse(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        SdkHttpResponse response = context.httpResponse();
        members = Optional.empty();
        ours =
                response.isSuccessful()
                        && response.firstMatchingHeader("Content-Encoding").isEmpty();
        if (!ours) {
            return response;
        }
        checksum = response.firstMatchingHeader(CRC32_HEADER).map(Long::valueOf).orElse(null);
        return response.toBuilder().removeHeader(CRC32_HEADER).build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!ours || context.responseBody().isEmpty()) {
            return context.responseBody();
        }
        try (InputStream body = context.responseBody().get()) {
            return Optional.of(new ByteArrayInputStream(read(body)));
        } catch (IOException e) {
            // As when the SDK reads: the call is repeated.
            throw RetryableException.create("the answer of a scan broke off", e);
        }
    }

    /** Takes the items out. */
    private byte[] read(InputStream body) throws IOException {
        byte[] answer = body.readAllBytes();
        if (checksum != null && checksum != crc32(answer)) {
            throw new IOException("an answer's checksum is another than its header says");
        }
        List<Member> found = new ArrayList<>();
        JsonItems json = new JsonItems(answer);
        byte[] rest =
                json.items(
                        ITEMS,
                        () -> {
                            MemberReader reader = new MemberReader();
                            json.item(reader::take);
                            found.add(reader.member());
                        });
        members = Optional.of(found);
        return rest;
    }

    private static long crc32(byte[] answer) {
        CRC32 sum = new CRC32();
        sum.update(answer);
        return sum.getValue();
    }
}
