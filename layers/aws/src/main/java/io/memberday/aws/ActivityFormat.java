package io.memberday.aws;

import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.ingest.Activity.Ledger;
import io.memberday.ingest.Activity.Merge;
import io.memberday.ingest.Activity.TierChange;
import io.memberday.member.Consent;
import io.memberday.member.Consents.Topic;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;

/** What happened to a member as an item of the MemberActivity table. */
public final class ActivityFormat {
    public static final String MEMBER_ID = "memberId";
    public static final String ITEM = "item";
    public static final String AT = "at";
    public static final String EARN = "earn#";
    public static final String REVERSE = "reverse#";

    /** How the items of coupons begin. */
    public static final String COUPONS = "coupon#";

    private static final String GRANTED = "granted";
    private static final String EXPLICIT = "explicit";
    private static final String BY = "by";
    private static final String ORDER = "order";
    private static final String POINTS = "points";
    private static final String MINOR = "minor";
    private static final String BASKET = "basket";
    private static final String CODE = "code";
    private static final String COUPON = "coupon";
    private static final String CAUSE = "cause";
    private static final String OVER = "over";
    private static final String UNTIL = "until";

    private ActivityFormat() {}

    public static Map<String, AttributeValue> key(Activity activity) {
        return Map.of(
                MEMBER_ID, RowDraft.of(activity.memberId()), ITEM, RowDraft.of(activity.item()));
    }

    public static Map<String, AttributeValue> item(Activity activity) {
        RowDraft item =
                new RowDraft()
                        .put(MEMBER_ID, activity.memberId())
                        .put(ITEM, activity.item())
                        .put(AT, activity.at());
        return switch (activity) {
            case Ledger ledger ->
                    item.put(ORDER, ledger.order())
                            .put(POINTS, ledger.points())
                            .put(MINOR, ledger.minor())
                            .putUnlessBlank(BASKET, BasketFormat.text(ledger.basket()))
                            .done();
            case TierChange change ->
                    item.put("from", change.from())
                            .put("to", change.to())
                            .put(CAUSE, change.order())
                            .done();
            case Merge merge -> item.put("loser", merge.loser()).put(CAUSE, merge.cause()).done();
            case ConsentSaid said ->
                    item.put(GRANTED, AttributeValue.fromBool(said.consent().granted()))
                            .put(EXPLICIT, AttributeValue.fromBool(said.consent().explicit()))
                            .putUnlessBlank(BY, said.by())
                            .done();
            case CouponIssued coupon ->
                    item.put(CODE, coupon.code())
                            .put(COUPON, coupon.coupon())
                            .put(CAUSE, coupon.cause())
                            .put(MINOR, coupon.minor())
                            .putUnlessZero(OVER, coupon.overMinor())
                            .put(UNTIL, coupon.until())
                            .done();
            case CareCase work ->
                    throw new IllegalArgumentException(
                            "a care case is opened, not put: " + work.item());
        };
    }

    /** Reads a coupon's row. */
    public static CouponIssued coupon(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new CouponIssued(
                row.text(MEMBER_ID),
                row.time(AT),
                row.text(CODE),
                row.text(COUPON),
                row.text(CAUSE),
                row.number(MINOR),
                row.numberOrZero(OVER),
                row.time(UNTIL));
    }

    /** What the items begin with that tell what a member said of a topic. */
    static String consentStart(Topic topic) {
        return "consent#" + topic.channel().key() + "#" + topic.kind().key() + "#";
    }

    /** Reads a row of what a member said of a topic. */
    static ConsentSaid consentSaid(Map<String, AttributeValue> item, Topic topic) {
        Row row = new Row(item);
        return new ConsentSaid(
                row.text(MEMBER_ID),
                topic,
                new Consent(item.get(GRANTED).bool(), item.get(EXPLICIT).bool(), row.time(AT)),
                row.optionalText(BY).orElse(""));
    }

    /** Reads a ledger row. */
    public static Ledger ledger(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new Ledger(
                row.text(MEMBER_ID),
                row.time(AT),
                row.text(ITEM).startsWith(EARN),
                row.text(ORDER),
                row.number(POINTS),
                row.number(MINOR),
                BasketFormat.basket(row.optionalText(BASKET).orElse("")));
    }
}
