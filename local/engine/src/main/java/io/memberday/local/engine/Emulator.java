package io.memberday.local.engine;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

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

    Emulator(Engines engines, Path templateFile) {
        this.engines = engines;
        Template plain = Template.read(templateFile);
        String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        Map<String, String> names = new HashMap<>();
        plain.resources("AWS::DynamoDB::Table")
                .forEach(
                        table ->
                                names.put(
                                        table.logicalId(),
                                        prefix + plain.nameOf(table.logicalId())));
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

    /**
     * The environment that a function would have, with the addresses and keys by which the SDK's
     * default way finds the engines.
     */
    public Map<String, String> environment(String functionLogicalId) {
        Map<String, String> environment =
                new HashMap<>(template.function(functionLogicalId).environment());
        environment.putAll(LocalCredentials.environment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", engines.dynamoDbEndpoint().toString());
        return environment;
    }

    @Override
    public void close() {
        tables.deleteAll();
    }
}
