package io.memberday.local;

import io.memberday.local.engine.DynamoDbLocal;
import io.memberday.local.engine.S3Server;
import io.memberday.local.engine.Template;
import io.memberday.local.engine.TemplateTables;
import io.memberday.local.pipe.TableStream;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The engines with JVMs of their own, and the template's tables and buckets in them. */
final class Engines implements AutoCloseable {
    private final DynamoDbLocal dynamoDbLocal;
    private final S3Server s3Server;
    private final DynamoDbClient dynamoDb;
    private final DynamoDbStreamsClient streams;
    private final S3Client s3;
    private final TemplateTables tables;
    private final Template template;

    private Engines(DynamoDbLocal dynamoDbLocal, S3Server s3Server, Template template) {
        this.dynamoDbLocal = dynamoDbLocal;
        this.s3Server = s3Server;
        this.template = template;
        this.dynamoDb = dynamoDbLocal.client();
        this.streams = dynamoDbLocal.streams();
        this.s3 = s3Server.client();
        this.tables = new TemplateTables(dynamoDb, template);
    }

    /**
     * Starts both at once and makes tables and buckets.
     *
     * @throws IllegalStateException if one cannot start; it says how to mend it
     */
    static Engines start(Ports ports, Template template) {
        CompletableFuture<S3Server> s3 =
                CompletableFuture.supplyAsync(
                        () -> ports.s3() == 0 ? S3Server.start() : S3Server.start(ports.s3()));
        DynamoDbLocal dynamoDb;
        try {
            dynamoDb =
                    ports.dynamoDb() == 0
                            ? DynamoDbLocal.start()
                            : DynamoDbLocal.start(ports.dynamoDb());
        } catch (RuntimeException e) {
            s3.thenAccept(S3Server::close);
            throw e;
        }
        try {
            Engines engines = new Engines(dynamoDb, s3.join(), template);
            engines.tables.createAll();
            template.resources("AWS::S3::Bucket")
                    .forEach(
                            bucket ->
                                    engines.s3.createBucket(
                                            make ->
                                                    make.bucket(
                                                            template.nameOf(bucket.logicalId()))));
            return engines;
        } catch (CompletionException e) {
            dynamoDb.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    URI dynamoDbAddress() {
        return dynamoDbLocal.endpoint();
    }

    URI s3Address() {
        return s3Server.endpoint();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** What changes in a table, by its name; not to be closed. */
    TableStream stream(String table) {
        return new TableStream(dynamoDb, streams, table);
    }

    S3Client s3() {
        return s3;
    }

    /** Empties every table and bucket. */
    void reset() {
        tables.reset();
        for (Template.Resource resource : template.resources("AWS::S3::Bucket")) {
            String bucket = template.nameOf(resource.logicalId());
            for (S3Object object :
                    s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
                s3.deleteObject(delete -> delete.bucket(bucket).key(object.key()));
            }
        }
    }

    @Override
    public void close() {
        dynamoDb.close();
        streams.close();
        s3.close();
        dynamoDbLocal.close();
        s3Server.close();
    }
}
