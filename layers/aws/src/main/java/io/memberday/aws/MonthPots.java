package io.memberday.aws;

import io.memberday.campaign.Funds;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The money of a calendar month's marketing: leased before it is sent, settled after it. */
final class MonthPots {
    /** Their partition. */
    private static final String MONEY = "money";

    private static final Map<String, String> NAMES =
            Map.of("#committed", RunFormat.COMMITTED, "#spent", RunFormat.SPENT);

    private final String table;

    /**
     * @param table of campaign results
     */
    MonthPots(String table) {
        this.table = table;
    }

    static Map<String, AttributeValue> key(YearMonth month) {
        return Map.of(
                RunFormat.PK, RowDraft.of(MONEY), RunFormat.SK, RowDraft.of(month.toString()));
    }

    Funds read(DynamoDbClient client, YearMonth month, Optional<Long> capMicros) {
        Row row = new Row(Items.find(client, table, key(month)).orElse(Map.of()));
        return new Funds(
                capMicros,
                row.numberOrZero(RunFormat.COMMITTED),
                row.numberOrZero(RunFormat.SPENT));
    }

    /** Sets money aside, if the cap is not passed by it. */
    Update lend(YearMonth month, long micros, Optional<Long> capMicros) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":lease", RowDraft.of(micros));
        values.put(":none", RowDraft.of(0));
        Update.Builder update =
                Update.builder()
                        .tableName(table)
                        .key(key(month))
                        .updateExpression(
                                "SET #committed = if_not_exists(#committed, :none) + :lease, "
                                        + "#spent = if_not_exists(#spent, :none)")
                        .expressionAttributeNames(NAMES);
        capMicros.ifPresent(
                cap -> {
                    values.put(":most", RowDraft.of(cap - micros));
                    update.conditionExpression(
                            "attribute_not_exists(#committed) OR #committed <= :most");
                });
        return update.expressionAttributeValues(values).build();
    }

    /** Returns what was not needed to a pot, and counts what was. */
    Update settle(Map<String, AttributeValue> pot, long unused, long spent) {
        return Update.builder()
                .tableName(table)
                .key(pot)
                .updateExpression(
                        "SET #committed = if_not_exists(#committed, :none) - :unused, "
                                + "#spent = if_not_exists(#spent, :none) + :spent")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(
                        Map.of(
                                ":none", RowDraft.of(0),
                                ":unused", RowDraft.of(unused),
                                ":spent", RowDraft.of(spent)))
                .build();
    }
}
