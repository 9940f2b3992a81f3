package io.memberday.benchmark;

import io.memberday.local.engine.Template;
import io.memberday.local.engine.TemplateTables;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.net.URI;
import java.util.Map;

/**
 * The template's tables on DynamoDB Local, with a client that is counted.
 *
 * @param plain for what is not counted
 * @param counted of the same tables
 */
public record Shop(
        DynamoDbClient plain, DynamoDbClient counted, Ledger ledger, TemplateTables tables) {

    /** On a DynamoDB that runs there, with the template's tables. */
    public static Shop at(URI endpoint, Template template) {
        Ledger ledger = new Ledger();
        DynamoDbClient plain = client(endpoint, new Spy());
        return new Shop(
                plain, client(endpoint, ledger), ledger, new TemplateTables(plain, template));
    }

    /** The names by which a function finds the tables. */
    public Map<String, String> environment() {
        return Map.of(
                "MEMBERS_TABLE", tables.name("MembersTable"),
                "IDENTITIES_TABLE", tables.name("IdentitiesTable"),
                "ORDERS_TABLE", tables.name("OrdersTable"),
                "MEMBER_ACTIVITY_TABLE", tables.name("MemberActivityTable"),
                "CAMPAIGN_RESULTS_TABLE", tables.name("CampaignResultsTable"));
    }

    private static DynamoDbClient client(URI endpoint, ExecutionInterceptor interceptor) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(config -> config.addExecutionInterceptor(interceptor))
                .build();
    }
}
