package io.memberday.aws;

import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Past;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Members and their claims on DynamoDB: one conditional update claims a touch, and a refused one
 * brings the member as it is now.
 */
public final class DynamoDbClaimStore implements ClaimStore {
    /** Names that no word of DynamoDB's stands in the way of are written out: less to send. */
    private static final String RAISE_VERSION =
            "SET %1$s = %1$s + :one".formatted(MemberFormat.VERSION);

    private static final String BEAR =
            RAISE_VERSION + ", %s.#run = :claim".formatted(MemberFormat.CLAIMS);
    private static final String UNCLAIMED =
            "%s = :read AND attribute_not_exists(%s.#run)"
                    .formatted(MemberFormat.VERSION, MemberFormat.CLAIMS);
    private static final String FREE = " REMOVE %s.#run".formatted(MemberFormat.CLAIMS);
    private static final String MINE =
            "%s.#run.%s = :nonce".formatted(MemberFormat.CLAIMS, MemberFormat.CLAIM_NONCE);
    private static final AttributeValue NONE = RowDraft.of(0);
    private static final AttributeValue ONE = RowDraft.of(1);

    private final DynamoDbClient client;
    private final BatchReads reads;
    private final String table;

    /**
     * @param table of members
     */
    public DynamoDbClaimStore(DynamoDbClient client, String table) {
        this.client = client;
        this.reads = new BatchReads(client);
        this.table = table;
    }

    @Override
    public Map<String, Member> members(Collection<String> ids, boolean strong) {
        List<Map<String, AttributeValue>> keys =
                ids.stream().distinct().map(MemberFormat::key).toList();
        return reads.read(Map.of(table, keys), strong).get(table).stream()
                .map(MemberFormat::member)
                .collect(Collectors.toMap(Member::id, member -> member));
    }

    @Override
    public Optional<Member> member(String id) {
        return Items.find(client, table, MemberFormat.key(id)).map(MemberFormat::member);
    }

    @Override
    public Answer claim(
            Member read, String run, Claim claim, List<ContactCounter> counters, Past past) {
        Update update = bearing(table, read, run, claim, counters, past);
        try {
            client.updateItem(
                    UpdateItemRequest.builder()
                            .tableName(update.tableName())
                            .key(update.key())
                            .updateExpression(update.updateExpression())
                            .conditionExpression(update.conditionExpression())
                            .expressionAttributeNames(update.expressionAttributeNames())
                            .expressionAttributeValues(update.expressionAttributeValues())
                            .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build());
            return new Answer.Claimed();
        } catch (ConditionalCheckFailedException e) {
            if (!e.hasItem()) {
                return new Answer.Gone();
            }
            Member now = MemberFormat.member(e.item());
            return Optional.ofNullable(now.claims().get(run))
                            .filter(there -> there.nonce().equals(claim.nonce()))
                            .isPresent()
                    ? new Answer.Claimed()
                    : new Answer.Changed(now);
        }
    }

    /** What a claim writes to its member. */
    static Update bearing(
            String table,
            Member read,
            String run,
            Claim claim,
            List<ContactCounter> counters,
            Past past) {
        Map<String, String> names = names(run, counters);
        String forgetting = forgetting(past, names);
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":read", RowDraft.of(read.version()));
        values.put(":claim", MemberFormat.claim(claim));
        values.put(":one", ONE);
        if (!counters.isEmpty()) {
            values.put(":none", NONE);
        }
        return Update.builder()
                .tableName(table)
                .key(MemberFormat.key(read.id()))
                .updateExpression(BEAR + counting(counters.size(), '+') + forgetting)
                .conditionExpression(UNCLAIMED)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    @Override
    public boolean release(
            String memberId, String run, Claim claim, List<ContactCounter> counters) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":nonce", RowDraft.of(claim.nonce()));
        values.put(":one", ONE);
        if (!counters.isEmpty()) {
            // One that was pruned meanwhile begins at one, so that it ends at none.
            values.put(":none", ONE);
        }
        try {
            client.updateItem(
                    UpdateItemRequest.builder()
                            .tableName(table)
                            .key(MemberFormat.key(memberId))
                            .updateExpression(RAISE_VERSION + counting(counters.size(), '-') + FREE)
                            .conditionExpression(MINE)
                            .expressionAttributeNames(names(run, counters))
                            .expressionAttributeValues(values)
                            .build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, String> names(String run, List<ContactCounter> counters) {
        Map<String, String> names = new HashMap<>();
        names.put("#run", run);
        for (int i = 0; i < counters.size(); i++) {
            names.put("#c" + i, counters.get(i).key());
        }
        return names;
    }

    /** Removes what is past, its names among the others. */
    private static String forgetting(Past past, Map<String, String> names) {
        List<String> paths = new ArrayList<>();
        for (String counter : past.counters()) {
            names.put("#p" + paths.size(), counter);
            paths.add(MemberFormat.COUNTERS + ".#p" + paths.size());
        }
        for (String claim : past.claims()) {
            names.put("#p" + paths.size(), claim);
            paths.add(MemberFormat.CLAIMS + ".#p" + paths.size());
        }
        return paths.isEmpty() ? "" : " REMOVE " + String.join(", ", paths);
    }

    private static String counting(int counters, char sign) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < counters; i++) {
            String name = MemberFormat.COUNTERS + ".#c" + i;
            expression
                    .append(", ")
                    .append(name)
                    .append(" = if_not_exists(")
                    .append(name)
                    .append(", :none) ")
                    .append(sign)
                    .append(" :one");
        }
        return expression.toString();
    }
}
