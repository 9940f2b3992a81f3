package io.memberday.aws;

import io.memberday.file.Sha256;
import io.memberday.file.Uploads;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Multipart uploads to an S3 bucket; S3 refuses a part whose checksum is another than was sent. */
public final class S3Uploads implements Uploads {
    private static final String BYTES = "application/octet-stream";

    private final S3Client client;
    private final String bucket;

    public S3Uploads(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public String begin(String name, String contentType) {
        return client.createMultipartUpload(
                        create ->
                                create.bucket(bucket)
                                        .key(name)
                                        .contentType(contentType)
                                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
    }

    @Override
    public Part put(String name, String upload, int number, byte[] content) {
        byte[] sha256 = Sha256.of(content);
        UploadPartResponse stored =
                StaleConnections.repeating(
                        () ->
                                client.uploadPart(
                                        part ->
                                                part.bucket(bucket)
                                                        .key(name)
                                                        .uploadId(upload)
                                                        .partNumber(number)
                                                        .checksumSHA256(
                                                                Base64.getEncoder()
                                                                        .encodeToString(sha256)),
                                        body(content)));
        return new Part(number, stored.eTag(), content.length, HexFormat.of().formatHex(sha256));
    }

    @Override
    public void complete(String name, String upload, List<Part> parts) {
        List<CompletedPart> completed =
                parts.stream()
                        .map(
                                part ->
                                        CompletedPart.builder()
                                                .partNumber(part.number())
                                                .eTag(part.tag())
                                                .checksumSHA256(base64(part.sha256()))
                                                .build())
                        .toList();
        try {
            client.completeMultipartUpload(
                    complete ->
                            complete.bucket(bucket)
                                    .key(name)
                                    .uploadId(upload)
                                    .multipartUpload(all -> all.parts(completed)));
        } catch (NoSuchUploadException _) {
            // Completed before, by a worker that could not record it; whoever reads it back will
            // see.
            return;
        }
    }

    @Override
    public InputStream read(String name) {
        return client.getObject(get -> get.bucket(bucket).key(name));
    }

    @Override
    public void abort(String name, String upload) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(name).uploadId(upload));
        } catch (NoSuchUploadException _) {
            // It has ended: that is what was wanted.
            return;
        }
    }

    @Override
    public void delete(String name) {
        client.deleteObject(delete -> delete.bucket(bucket).key(name));
    }

    /** Not copied, as fromBytes would do: a part is large. */
    private static RequestBody body(byte[] content) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content), content.length, BYTES);
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
