package io.memberday.aws;

import io.memberday.file.FileStore;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

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
        StaleConnections.repeating(
                () ->
                        client.putObject(
                                put -> put.bucket(bucket).key(name).contentType(contentType),
                                RequestBody.fromBytes(content)));
    }

    @Override
    public String address(String name) {
        return "s3://" + bucket + "/" + name;
    }
}
