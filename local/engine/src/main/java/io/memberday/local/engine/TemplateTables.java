package io.memberday.local.engine;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

import java.util.List;
import java.util.Map;

/**
 * A template's tables on one DynamoDB: keys, indexes, billing and streams as the template says.
 *
 * <p>Made for DynamoDB Local, where a table is there as soon as it is asked for.
 */
public final class TemplateTables {
    private final DynamoDbClient dynamoDb;
    private final Template template;

    public TemplateTables(DynamoDbClient dynamoDb, Template template) {
        this.dynamoDb = dynamoDb;
        this.template = template;
    }

    /** The table's name on this DynamoDB. */
    public String name(String logicalId) {
        return template.nameOf(logicalId);
    }

    /**
     * Makes every table.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.ResourceInUseException if one is there
     */
    public void createAll() {
        tables().forEach(table -> dynamoDb.createTable(request(table)));
    }

    /** Deletes those of the tables that are there. */
    public void deleteAll() {
        for (Template.Resource table : tables()) {
            try {
                String name = name(table.logicalId());
                dynamoDb.deleteTable(request -> request.tableName(name));
            } catch (ResourceNotFoundException e) {
                // Gone is what we want.
            }
        }
    }

    /** Empties every table, and makes those that are not there. */
    public void reset() {
        deleteAll();
        createAll();
    }

    private List<Template.Resource> tables() {
        return template.resources("AWS::DynamoDB::Table");
    }

    private CreateTableRequest request(Template.Resource table) {
        Map<String, Object> properties = Yaml.map(template.resolve(table.properties()));
        CreateTableRequest.Builder request =
                CreateTableRequest.builder()
                        .tableName(name(table.logicalId()))
                        .attributeDefinitions(
                                maps(properties.get("AttributeDefinitions")).stream()
                                        .map(TemplateTables::attribute)
                                        .toList())
                        .keySchema(keys(properties))
                        .billingMode(
                                (String)
                                        properties.getOrDefault(
                                                "BillingMode", BillingMode.PROVISIONED.toString()));
        if (properties.containsKey("ProvisionedThroughput")) {
            request.provisionedThroughput(throughput(properties));
        }
        // An empty list of indexes is refused; none must be null.
        if (properties.containsKey("GlobalSecondaryIndexes")) {
            request.globalSecondaryIndexes(
                    maps(properties.get("GlobalSecondaryIndexes")).stream()
                            .map(TemplateTables::globalIndex)
                            .toList());
        }
        if (properties.containsKey("LocalSecondaryIndexes")) {
            request.localSecondaryIndexes(
                    maps(properties.get("LocalSecondaryIndexes")).stream()
                            .map(TemplateTables::localIndex)
                            .toList());
        }
        if (properties.containsKey("StreamSpecification")) {
            Map<String, Object> stream = Yaml.map(properties.get("StreamSpecification"));
            request.streamSpecification(
                    StreamSpecification.builder()
                            .streamEnabled(true)
                            .streamViewType((String) stream.get("StreamViewType"))
                            .build());
        }
        return request.build();
    }

    private static AttributeDefinition attribute(Map<String, Object> attribute) {
        return AttributeDefinition.builder()
                .attributeName((String) attribute.get("AttributeName"))
                .attributeType((String) attribute.get("AttributeType"))
                .build();
    }

    private static List<KeySchemaElement> keys(Map<String, Object> tableOrIndex) {
        return maps(tableOrIndex.get("KeySchema")).stream()
                .map(
                        key ->
                                KeySchemaElement.builder()
                                        .attributeName((String) key.get("AttributeName"))
                                        .keyType((String) key.get("KeyType"))
                                        .build())
                .toList();
    }

    private static GlobalSecondaryIndex globalIndex(Map<String, Object> index) {
        GlobalSecondaryIndex.Builder builder =
                GlobalSecondaryIndex.builder()
                        .indexName((String) index.get("IndexName"))
                        .keySchema(keys(index))
                        .projection(projection(index));
        if (index.containsKey("ProvisionedThroughput")) {
            builder.provisionedThroughput(throughput(index));
        }
        return builder.build();
    }

    private static LocalSecondaryIndex localIndex(Map<String, Object> index) {
        return LocalSecondaryIndex.builder()
                .indexName((String) index.get("IndexName"))
                .keySchema(keys(index))
                .projection(projection(index))
                .build();
    }

    private static Projection projection(Map<String, Object> index) {
        Map<String, Object> projection = Yaml.map(index.get("Projection"));
        Projection.Builder builder =
                Projection.builder().projectionType((String) projection.get("ProjectionType"));
        if (projection.containsKey("NonKeyAttributes")) {
            builder.nonKeyAttributes(
                    Yaml.list(projection.get("NonKeyAttributes")).stream()
                            .map(String.class::cast)
                            .toList());
        }
        return builder.build();
    }

    private static ProvisionedThroughput throughput(Map<String, Object> tableOrIndex) {
        Map<String, Object> throughput = Yaml.map(tableOrIndex.get("ProvisionedThroughput"));
        return ProvisionedThroughput.builder()
                .readCapacityUnits(units(throughput, "ReadCapacityUnits"))
                .writeCapacityUnits(units(throughput, "WriteCapacityUnits"))
                .build();
    }

    private static long units(Map<String, Object> throughput, String name) {
        return Long.parseLong(String.valueOf(throughput.get(name)));
    }

    private static List<Map<String, Object>> maps(Object list) {
        return Yaml.list(list).stream().map(Yaml::map).toList();
    }
}
