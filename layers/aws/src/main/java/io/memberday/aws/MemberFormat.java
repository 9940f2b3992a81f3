package io.memberday.aws;

import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A member as one lean item of the Members table: a typical one stays within 1 KB, as a campaign
 * reads them all. What a table filter may ask for stands at the top level: profile fields by {@link
 * #profile}, consents by {@link #consent} (they begin with {@link #GRANTED} or {@link #REFUSED}),
 * {@link #COUNT}, {@link #SUM}, {@link #FIRST} and {@link #LAST} of kept purchases.
 */
public final class MemberFormat {
    public static final String ID = "memberId";
    public static final String VERSION = "ver";
    public static final String SINCE = "since";

    /** On a tombstone only. */
    public static final String MERGED_INTO = "mergedInto";

    /** A map that is always there, so that a claim can set one entry: run id → {@link #claim}. */
    public static final String CLAIMS = "claims";

    /** Of a claim: whose it is. */
    public static final String CLAIM_NONCE = "n";

    static final String CLAIM_AT = "at";
    static final String CLAIM_CHANNEL = "c";

    /** Of a claim: of which kind its message is; not there if it is marketing, as most are. */
    static final String CLAIM_KIND = "k";

    /** Of a claim: its variant; not there if the campaign has none. */
    static final String CLAIM_VARIANT = "v";

    /**
     * A map that is always there, so that a claim can raise one entry: {@code sms.d20260508} → N.
     */
    public static final String COUNTERS = "sends";

    /** Map of channel → the address that bounced for good; not there if none did. */
    public static final String DEAD = "dead";

    /** Map of order key → created at; not there if none is open. */
    public static final String OPEN_ORDERS = "open";

    /** Number of kept purchases; not there if there is none. */
    public static final String COUNT = "cnt";

    /** Sum of kept purchases, minor units. */
    public static final String SUM = "sum";

    /** When the first kept purchase was paid. */
    public static final String FIRST = "first";

    /** When the last kept purchase was paid. */
    public static final String LAST = "last";

    public static final String POINTS = "pts";
    public static final String TIER = "tier";

    /** Map of tag name → origin; not there if there is none. */
    public static final String TAGS = "tags";

    /** Map of the names of tags that were taken away → origin; not there if none was. */
    public static final String UNTAGGED = "untags";

    /** Map of the names of attributes → when and what was stated; not there if nothing was. */
    public static final String ATTRIBUTES = "attrs";

    /** When the member was last seen at the shop; not there if never. */
    public static final String LAST_LOGIN = "login";

    /** Of how many paid orders money went back; not there if of none. */
    public static final String REFUNDED_ORDERS = "rfd";

    /**
     * Map of act, as in {@link #act} → the product, a blank and the category of the last one; not
     * there if none is known.
     */
    public static final String GOODS = "with";

    /** A consent attribute that begins so is an agreement. */
    public static final String GRANTED = "+";

    /** A consent attribute that begins so is a refusal. */
    public static final String REFUSED = "-";

    static final String WAS = "was";
    static final String STATED = "said";
    static final String RECENT = "buys";
    static final String OLDER_COUNT = "oldN";
    static final String OLDER_SUM = "oldSum";
    static final String OLDER_FIRST = "old1";
    static final String JOINS = "joins";
    static final String EXPLICIT = "!";
    private static final String IMPLIED = "?";

    private static final Map<Field, String> PROFILE =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(Field.NAME, "name"),
                            Map.entry(Field.PHONE, "phone"),
                            Map.entry(Field.EMAIL, "email"),
                            Map.entry(Field.LANGUAGE, "lang"),
                            Map.entry(Field.GENDER, "sex"),
                            Map.entry(Field.BIRTHDAY, "bday"),
                            Map.entry(Field.COUNTRY, "ctry"),
                            Map.entry(Field.REGION, "reg"),
                            Map.entry(Field.CITY, "city"),
                            Map.entry(Field.ADDRESS, "addr"),
                            Map.entry(Field.TIMEZONE, "tz")));

    private MemberFormat() {}

    /** The key of a member's item. */
    public static Map<String, AttributeValue> key(String memberId) {
        return Map.of(ID, RowDraft.of(memberId));
    }

    /** The top-level attribute of a profile field; it holds the plain value. */
    public static String profile(Field field) {
        return PROFILE.get(field);
    }

    /**
     * The top-level attribute of a consent: {@code smsM}, {@code smsS}, {@code emlM}, {@code emlS}.
     * Its text begins with {@link #GRANTED} or {@link #REFUSED}; unknown is absent.
     */
    public static String consent(Channel channel, Kind kind) {
        return (channel == Channel.SMS ? "sms" : "eml") + (kind == Kind.MARKETING ? "M" : "S");
    }

    /** The top-level attribute of when the member last did so. */
    public static String act(Act act) {
        return switch (act) {
            case BROWSE -> "brw";
            case FAVOURITE -> "fav";
            case CART -> "cart";
            case ASK -> "ask";
            case CHECK_IN -> "chk";
        };
    }

    /** A claim as it stands in {@link #CLAIMS}. */
    public static AttributeValue claim(Claim claim) {
        return AttributeValue.fromM(
                new RowDraft()
                        .put(CLAIM_AT, claim.at())
                        .put(CLAIM_NONCE, claim.nonce())
                        .put(CLAIM_CHANNEL, claim.channel().key())
                        .putUnlessBlank(
                                CLAIM_KIND,
                                claim.kind() == Kind.MARKETING ? "" : claim.kind().key())
                        .putUnlessBlank(CLAIM_VARIANT, claim.variant())
                        .done());
    }

    /** The whole item of a member with the version that the member carries. */
    public static Map<String, AttributeValue> item(Member member) {
        RowDraft item =
                new RowDraft()
                        .put(ID, member.id())
                        .put(VERSION, member.version())
                        .put(SINCE, member.since());
        if (member.mergedInto().isPresent()) {
            return item.putText(MERGED_INTO, member.mergedInto()).done();
        }
        member.profile()
                .fields()
                .forEach((field, stated) -> item.put(PROFILE.get(field), stated.value()));
        member.consents()
                .byTopic()
                .forEach(
                        (topic, consent) ->
                                item.put(consent(topic.channel(), topic.kind()), text(consent)));
        Behaviour behaviour = member.behaviour();
        behaviour.last().forEach((act, done) -> item.put(act(act), done.at()));
        Purchases purchases = member.purchases();
        return item.putMapUnlessEmpty(
                        STATED,
                        member.profile().fields(),
                        PROFILE::get,
                        stated -> RowDraft.of(stated.at()))
                .putListUnlessEmpty(WAS, new TreeSet<>(member.was()), RowDraft::of)
                .putMapUnlessEmpty(DEAD, member.dead(), Channel::key, RowDraft::of)
                .putUnlessZero(COUNT, purchases.count())
                .putUnlessZero(SUM, purchases.minor())
                .putTime(FIRST, purchases.first())
                .putTime(LAST, purchases.last())
                .putListUnlessEmpty(RECENT, purchases.recent(), MemberFormat::purchase)
                .putUnlessZero(OLDER_COUNT, purchases.olderCount())
                .putUnlessZero(OLDER_SUM, purchases.olderMinor())
                .putTime(OLDER_FIRST, purchases.olderFirst())
                .putMapUnlessEmpty(
                        OPEN_ORDERS, member.openOrders(), Function.identity(), RowDraft::of)
                .putUnlessZero(REFUNDED_ORDERS, member.refundedOrders())
                .putMapUnlessEmpty(GOODS, goods(behaviour), MemberFormat::act, MemberFormat::goods)
                .putUnlessZero(POINTS, member.points())
                .putUnlessBlank(TIER, member.tier())
                .putMapUnlessEmpty(TAGS, member.tags(), Function.identity(), MemberFormat::tag)
                .putMapUnlessEmpty(
                        UNTAGGED, member.untagged(), Function.identity(), MemberFormat::tag)
                .putMapUnlessEmpty(
                        ATTRIBUTES,
                        member.attributes().byName(),
                        Function.identity(),
                        MemberFormat::attribute)
                .putTime(LAST_LOGIN, member.lastLogin())
                .putMap(
                        COUNTERS,
                        member.counters(),
                        Function.identity(),
                        count -> RowDraft.of(count.longValue()))
                .putMap(CLAIMS, member.claims(), Function.identity(), MemberFormat::claim)
                .putMapUnlessEmpty(
                        JOINS,
                        member.joins(),
                        Function.identity(),
                        count -> RowDraft.of(count.longValue()))
                .done();
    }

    /** Reads {@link #item}. */
    public static Member member(Map<String, AttributeValue> item) {
        MemberReader reader = new MemberReader();
        item.forEach((name, value) -> reader.take(name, new ItemValue.Modelled(value)));
        return reader.member();
    }

    private static String text(Consent consent) {
        return (consent.granted() ? GRANTED : REFUSED)
                + (consent.explicit() ? EXPLICIT : IMPLIED)
                + consent.at().getEpochSecond();
    }

    private static AttributeValue purchase(Purchase purchase) {
        String text =
                purchase.paidAt().getEpochSecond()
                        + " "
                        + purchase.minor()
                        + " "
                        + purchase.order();
        String basket = BasketFormat.text(purchase.basket());
        return RowDraft.of(basket.isEmpty() ? text : text + BasketFormat.PART + basket);
    }

    /** Seconds, a blank, and the value as it is written; no value if it was taken away. */
    private static AttributeValue attribute(Attribute stated) {
        return RowDraft.of(
                stated.at().getEpochSecond()
                        + " "
                        + stated.value().map(Attribute.Value::written).orElse(""));
    }

    private static Map<Act, Behaviour.Last> goods(Behaviour behaviour) {
        Map<Act, Behaviour.Last> known = new EnumMap<>(Act.class);
        behaviour
                .last()
                .forEach(
                        (act, done) -> {
                            if (!done.product().isEmpty() || !done.category().isEmpty()) {
                                known.put(act, done);
                            }
                        });
        return known;
    }

    private static AttributeValue goods(Behaviour.Last done) {
        return RowDraft.of(done.product() + " " + done.category());
    }

    private static AttributeValue tag(Tag tag) {
        return RowDraft.of(tag.at().getEpochSecond() + " " + tag.by());
    }
}
