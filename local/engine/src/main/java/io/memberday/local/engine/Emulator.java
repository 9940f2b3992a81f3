package io.memberday.local.engine;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One test class's own corner of the engines: the template's tables and buckets under names that no
 * other test class uses.
 *
 * <p>A test gets it from {@link EmulatorExtension}.
 */
public final class Emulator implements AutoCloseable {
    private final Engines engines;
    private final Template template;
    private final TemplateTables tables;
    private boolean bucketsMade;

    Emulator(Engines engines, Path templateFile) {
        this.engines = engines;
        Template plain = Template.read(templateFile);
        String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        Map<String, String> names = new HashMap<>();
        Stream.of("AWS::DynamoDB::Table", "AWS::S3::Bucket")
                .flatMap(type -> plain.resources(type).stream())
                .map(Template.Resource::logicalId)
                .forEach(id -> names.put(id, prefix + plain.nameOf(id)));
        this.template = plain.with(names);
        this.tables = new TemplateTables(engines.dynamoDb(), template);
        tables.createAll();
    }

    /** The template, with this test class's names. */
    public Template template() {
        return template;
    }

    /** A client of DynamoDB Local, shared: do not close it. */
    public DynamoDbClient dynamoDb() {
        return engines.dynamoDb();
    }

    /** The template's tables, already made; {@link TemplateTables#reset} empties them. */
    public TemplateTables tables() {
        return tables;
    }

    /** The name of a table of the template, as in {@code table("MembersTable")}. */
    public String table(String logicalId) {
        return tables.name(logicalId);
    }

    /** A client of S3, with the template's buckets made; shared: do not close it. */
    public synchronized S3Client s3() {
        S3Client s3 = engines.s3();
        if (!bucketsMade) {
            template.resources("AWS::S3::Bucket")
                    .forEach(bucket -> s3.createBucket(make -> make.bucket(name(bucket))));
            bucketsMade = true;
        }
        return s3;
    }

    /** The name of a bucket of the template; it is there once {@link #s3} was asked for. */
    public String bucket(String logicalId) {
        return template.nameOf(logicalId);
    }

    /** Where DynamoDB answers. */
    public URI dynamoDbEndpoint() {
        return engines.dynamoDbEndpoint();
    }

    /** Where S3 answers; starts it if it does not run yet. */
    public URI s3Endpoint() {
        return engines.s3Endpoint();
    }

    /**
     * The environment that a function would have, with the keys and the address by which the SDK's
     * default way finds DynamoDB. For S3 add {@code AWS_ENDPOINT_URL_S3}: {@link #s3Endpoint}.
     */
    public Map<String, String> environment(String functionLogicalId) {
        Map<String, String> environment =
                new HashMap<>(template.function(functionLogicalId).environment());
        environment.putAll(LocalCredentials.environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbEndpoint().toString());
        return environment;
    }

    /** Deletes the tables. Buckets stay until the engine ends: their names are used once. */
    @Override
    public void close() {
        tables.deleteAll();
    }

    Engines engines() {
        return engines;
    }

    private String name(Template.Resource resource) {
        return template.nameOf(resource.logicalId());
    }
}
