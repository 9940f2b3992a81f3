package io.memberday.local.page;

import io.memberday.local.outbox.Sent;
import io.memberday.playbook.Playbook;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the page reads, and the clock that it moves.
 *
 * @param dynamoDb the tables
 * @param s3 the files
 * @param names of tables and bucket by their logical id in the template
 * @param messages captured so far, oldest first
 * @param clock of the stack
 * @param playbook of the shop
 */
public record PageSources(
        DynamoDbClient dynamoDb,
        S3Client s3,
        UnaryOperator<String> names,
        Supplier<List<Sent>> messages,
        PageClock clock,
        Playbook playbook) {

    String table(String logicalId) {
        return names.apply(logicalId);
    }

    String bucket() {
        return names.apply("FilesBucket");
    }
}
