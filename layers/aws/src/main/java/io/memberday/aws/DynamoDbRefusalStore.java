package io.memberday.aws;

import io.memberday.feedback.RefusalStore;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.member.Channel;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refusals in the tables of members, identities and activity. */
public final class DynamoDbRefusalStore implements RefusalStore {
    private final DynamoDbClient client;
    private final String members;
    private final String identities;
    private final String activity;

    /**
     * @param client of DynamoDB
     * @param members table
     * @param identities table
     * @param activity table
     */
    public DynamoDbRefusalStore(
            DynamoDbClient client, String members, String identities, String activity) {
        this.client = client;
        this.members = members;
        this.identities = identities;
        this.activity = activity;
    }

    @Override
    public Optional<String> named(Identity identity) {
        return Items.find(client, identities, IdentityFormat.key(identity))
                .flatMap(item -> IdentityFormat.identity(item).memberId());
    }

    @Override
    public Optional<Member> member(String id) {
        return Items.find(client, members, MemberFormat.key(id)).map(MemberFormat::member);
    }

    @Override
    public boolean write(Member changed, List<Activity> rows) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().update(update(changed)).build());
        writes.addAll(ActivityWrites.rows(activity, rows));
        try {
            Writes.commit(client, writes, ActivityWrites.cases(activity, rows));
            return true;
        } catch (Conflict e) {
            return false;
        }
    }

    @Override
    public List<ConsentSaid> said(String memberId, Topic topic) {
        return Items.ofMember(client, activity, memberId, ActivityFormat.consentStart(topic))
                .map(item -> ActivityFormat.consentSaid(item, topic))
                .toList();
    }

    @Override
    public boolean release(Identity address, Channel channel, Instant at) {
        // Nothing was refused, or it was refused later; unless a member has the address now.
        return failed(
                        address,
                        channel,
                        at,
                        "REMOVE #out",
                        "attribute_not_exists(#member) AND #out < :at")
                .map(failed -> !failed.hasItem() || nobodys(failed))
                .orElse(true);
    }

    @Override
    public boolean suppress(Identity address, Channel channel, Instant at) {
        // The address has got a member since it was looked up: that one is bound instead.
        // Else what stands there was said later, and stays.
        return failed(
                        address,
                        channel,
                        at,
                        "SET #out = :at",
                        "attribute_not_exists(#member) AND"
                                + " (attribute_not_exists(#out) OR #out < :at)")
                .map(failed -> failed.hasItem() && nobodys(failed))
                .orElse(true);
    }

    private Optional<ConditionalCheckFailedException> failed(
            Identity address, Channel channel, Instant at, String update, String condition) {
        try {
            client.updateItem(
                    request ->
                            request.tableName(identities)
                                    .key(IdentityFormat.key(address))
                                    .updateExpression(update)
                                    .conditionExpression(condition)
                                    .returnValuesOnConditionCheckFailure(
                                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                    .expressionAttributeNames(
                                            Map.of(
                                                    "#out",
                                                    IdentityFormat.optedOut(channel),
                                                    "#member",
                                                    IdentityFormat.MEMBER_ID))
                                    .expressionAttributeValues(Map.of(":at", RowDraft.of(at))));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(e);
        }
    }

    private static boolean nobodys(ConditionalCheckFailedException failed) {
        return IdentityFormat.identity(failed.item()).memberId().isEmpty();
    }

    /** Only what a refusal changes: the rest of the item may be large. */
    private Update update(Member changed) {
        Map<String, AttributeValue> item = MemberFormat.item(changed);
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        StringBuilder sets = new StringBuilder("SET #ver = :next");
        names.put("#ver", MemberFormat.VERSION);
        values.put(":next", RowDraft.of(changed.version() + 1));
        values.put(":read", RowDraft.of(changed.version()));
        for (String attribute : attributes()) {
            AttributeValue value = item.get(attribute);
            if (value != null) {
                names.put("#" + attribute, attribute);
                values.put(":" + attribute, value);
                sets.append(", #").append(attribute).append(" = :").append(attribute);
            }
        }
        return Update.builder()
                .tableName(members)
                .key(MemberFormat.key(changed.id()))
                .updateExpression(sets.toString())
                .conditionExpression("#ver = :read")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private static List<String> attributes() {
        List<String> attributes = new ArrayList<>(List.of(MemberFormat.DEAD));
        for (Channel channel : Channel.values()) {
            for (Kind kind : Kind.values()) {
                attributes.add(MemberFormat.consent(channel, kind));
            }
        }
        return attributes;
    }
}
