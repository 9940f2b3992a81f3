package io.memberday.aws;

import io.memberday.file.FileStore;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/** Files in an S3 bucket, each written by one call: S3 shows an object whole or not at all. */
public final class S3FileStore implements FileStore {
    private final S3Client client;
    private final String bucket;

    public S3FileStore(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String name, String contentType, byte[] content) {
        client.putObject(request(name, contentType).build(), RequestBody.fromBytes(content));
    }

    @Override
    public void put(String name, String contentType, Path content, String sha256) {
        // S3 computes the checksum of what arrives and refuses the object if it is another.
        String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        client.putObject(
                request(name, contentType).checksumSHA256(checksum).build(),
                RequestBody.fromFile(content));
    }

    @Override
    public String address(String name) {
        return "s3://" + bucket + "/" + name;
    }

    private PutObjectRequest.Builder request(String name, String contentType) {
        return PutObjectRequest.builder().bucket(bucket).key(name).contentType(contentType);
    }
}
