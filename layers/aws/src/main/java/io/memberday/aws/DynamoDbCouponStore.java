package io.memberday.aws;

import io.memberday.benefit.CouponStore;
import io.memberday.ingest.Activity.CouponIssued;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.util.List;
import java.util.Map;

/** Coupons as rows of the MemberActivity table. */
public final class DynamoDbCouponStore implements CouponStore {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbCouponStore.class);

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of member activity
     */
    public DynamoDbCouponStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public List<CouponIssued> of(String memberId) {
        return Items.ofMember(client, table, memberId, ActivityFormat.COUPONS)
                .map(ActivityFormat::coupon)
                .toList();
    }

    @Override
    public void put(CouponIssued coupon) {
        try {
            client.putItem(
                    put ->
                            put.tableName(table)
                                    .item(ActivityFormat.item(coupon))
                                    .conditionExpression("attribute_not_exists(#item)")
                                    .expressionAttributeNames(
                                            Map.of("#item", ActivityFormat.ITEM)));
        } catch (ConditionalCheckFailedException there) {
            LOG.debug("a coupon of member {} was issued before", coupon.memberId());
        }
    }
}
