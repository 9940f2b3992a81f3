package io.memberday.aws;

import io.memberday.care.Case;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Changes;
import io.memberday.ingest.Changes.Claimed;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One event's changes as the items of one transaction, each with the condition that it rests on.
 */
final class IngestWrites {
    private final String members;
    private final String identities;
    private final String orders;
    private final String activity;
    private final String results;
    private final ZoneId zone;

    IngestWrites(Env env, ZoneId zone) {
        this.members = env.membersTable();
        this.identities = env.identitiesTable();
        this.orders = env.ordersTable();
        this.activity = env.memberActivityTable();
        this.results = env.campaignResultsTable();
        this.zone = zone;
    }

    List<TransactWriteItem> of(Changes changes) {
        List<TransactWriteItem> items = new ArrayList<>();
        changes.order()
                .ifPresent(
                        row ->
                                items.add(
                                        Writes.put(
                                                orders,
                                                OrderFormat.item(row, zone),
                                                row.version())));
        for (Member member : changes.members()) {
            items.add(Writes.put(members, MemberFormat.item(member), member.version()));
        }
        for (Member member : changes.unchanged()) {
            items.add(Writes.check(members, MemberFormat.key(member.id()), member.version()));
        }
        for (Claimed claimed : changes.identities()) {
            items.add(claim(claimed));
        }
        for (ParcelRow row : changes.parcels()) {
            items.add(Writes.put(orders, ParcelFormat.item(row), row.version()));
        }
        for (ParcelRow row : changes.parcelsRead()) {
            items.add(Writes.check(orders, ParcelFormat.key(row.parcel().key()), row.version()));
        }
        items.addAll(ActivityWrites.rows(activity, changes.activity()));
        for (Activity row : changes.forgotten()) {
            items.add(
                    TransactWriteItem.builder()
                            .delete(
                                    delete ->
                                            delete.tableName(activity).key(ActivityFormat.key(row)))
                            .build());
        }
        for (Case changed : changes.cases()) {
            items.add(
                    TransactWriteItem.builder()
                            .update(CaseFormat.update(activity, changed))
                            .build());
        }
        for (ServiceTouch touch : changes.planned()) {
            items.add(Writes.plan(results, touch));
        }
        for (ServiceTouch touch : changes.pointless()) {
            items.add(Writes.drop(results, touch));
        }
        return items;
    }

    List<List<TransactWriteItem>> cases(Changes changes) {
        return ActivityWrites.cases(activity, changes.activity());
    }

    private TransactWriteItem claim(Claimed claimed) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        names.put("#member", IdentityFormat.MEMBER_ID);
        values.put(":member", RowDraft.of(claimed.memberId()));
        StringBuilder condition = new StringBuilder("attribute_not_exists(#member)");
        for (Channel channel : Channel.values()) {
            String name = "#" + channel.key();
            names.put(name, IdentityFormat.optedOut(channel));
            Instant refused = claimed.read().optedOut().get(channel);
            if (refused == null) {
                condition.append(" AND attribute_not_exists(").append(name).append(')');
            } else {
                values.put(":" + channel.key(), RowDraft.of(refused));
                condition.append(" AND ").append(name).append(" = :").append(channel.key());
            }
        }
        return TransactWriteItem.builder()
                .update(
                        update ->
                                update.tableName(identities)
                                        .key(IdentityFormat.key(claimed.read().identity()))
                                        .updateExpression("SET #member = :member")
                                        .conditionExpression(condition.toString())
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(values))
                .build();
    }
}
