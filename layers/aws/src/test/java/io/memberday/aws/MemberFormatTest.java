package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Basket;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;
import io.memberday.member.Tags;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class MemberFormatTest {
    private static final Instant THEN = Instant.parse("2026-05-08T02:00:00Z");
    private static final int MOST_BYTES = 1024;

    @Test
    void shouldReadBackWhatItWrote() {
        Member member = typical();
        assertEquals(member, MemberFormat.member(MemberFormat.item(member)));
    }

    @Test
    void shouldReadBackAMemberOfWhomNothingIsKnown() {
        Member member = Member.fresh("m0123456789abcdef", THEN);
        assertEquals(member, MemberFormat.member(MemberFormat.item(member)));
    }

    @Test
    void shouldReadBackWhatAMemberDidWithAndWithoutAnArticle() {
        Behaviour behaviour =
                Behaviour.NONE
                        .with(Act.BROWSE, new Behaviour.Last(THEN, "", ""))
                        .with(Act.FAVOURITE, new Behaviour.Last(THEN, "", "床 品"))
                        .with(Act.CART, new Behaviour.Last(THEN, "QJ-4001", ""))
                        .with(Act.ASK, new Behaviour.Last(THEN, "QJ-4001", "床 品"))
                        .with(Act.CHECK_IN, new Behaviour.Last(THEN.plusSeconds(1), "", ""));
        Member member = typical().change().behaviour(behaviour).refundedOrders(2).done();
        assertEquals(member, MemberFormat.member(MemberFormat.item(member)));
    }

    @Test
    void shouldReadBackAttributesOfEveryType() {
        Attributes attributes = Attributes.NONE;
        for (Attribute.Value value :
                List.of(
                        new Attribute.Text("5 XL 大"),
                        new Attribute.Text(" "),
                        new Attribute.Text("true"),
                        new Attribute.Whole(-3),
                        new Attribute.Whole(9_007_199_254_740_991L),
                        new Attribute.Truth(true),
                        new Attribute.Truth(false))) {
            attributes =
                    attributes.with(
                            "a" + attributes.byName().size(),
                            new Attribute(Optional.of(value), THEN));
        }
        attributes = attributes.with("gone", new Attribute(Optional.empty(), THEN));
        Member member = typical().change().attributes(attributes).done();
        assertEquals(member, MemberFormat.member(MemberFormat.item(member)));
    }

    @Test
    void shouldReadBackOfWhichKindAClaimIsAndTakeOneThatDoesNotSayItForMarketing() {
        Member member =
                typical()
                        .change()
                        .claims(
                                Map.of(
                                        "delay@2026-05-08",
                                        new Claim(THEN, "n1", Kind.SERVICE, Channel.SMS, "")))
                        .done();
        assertEquals(member, MemberFormat.member(MemberFormat.item(member)));

        Map<String, AttributeValue> old = new HashMap<>(MemberFormat.item(typical()));
        old.put(
                MemberFormat.CLAIMS,
                AttributeValue.fromM(
                        Map.of(
                                "delay@2026-05-08",
                                AttributeValue.fromM(
                                        Map.of(
                                                "at", AttributeValue.fromN("1778205600"),
                                                "n", AttributeValue.fromS("n1"),
                                                "c", AttributeValue.fromS("sms"))))));
        assertEquals(
                Kind.MARKETING, MemberFormat.member(old).claims().get("delay@2026-05-08").kind());
    }

    @Test
    void shouldKeepOnlyThePointerOfAMergedMember() {
        Member loser = typical().change().mergedInto("mwinner").done();
        Map<String, AttributeValue> item = MemberFormat.item(loser);
        assertEquals(
                Set.of(
                        MemberFormat.ID,
                        MemberFormat.VERSION,
                        MemberFormat.SINCE,
                        MemberFormat.MERGED_INTO),
                item.keySet());
        assertEquals(Optional.of("mwinner"), MemberFormat.member(item).mergedInto());
    }

    @Test
    void shouldStayWithinOneKilobyteForATypicalMember() {
        int bytes = size(AttributeValue.fromM(MemberFormat.item(typical())));
        assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
    }

    @Test
    void shouldShowAFilterWhetherAMemberAgrees() {
        Map<String, AttributeValue> item = MemberFormat.item(typical());
        assertTrue(item.get(MemberFormat.consent(Channel.SMS, Kind.MARKETING)).s().startsWith("+"));
        assertTrue(
                item.get(MemberFormat.consent(Channel.EMAIL, Kind.MARKETING)).s().startsWith("-"));
        assertEquals("3", item.get(MemberFormat.COUNT).n());
        assertEquals("+8613800138000", item.get(MemberFormat.profile(Field.PHONE)).s());
    }

    private static Member typical() {
        Profile profile = Profile.EMPTY;
        profile = profile.with(Field.NAME, "欧阳小雨", THEN);
        profile = profile.with(Field.PHONE, "+8613800138000", THEN);
        profile = profile.with(Field.EMAIL, "ouyang.xiaoyu@example.com", THEN);
        profile = profile.with(Field.LANGUAGE, "zh", THEN);
        profile = profile.with(Field.GENDER, "female", THEN);
        profile = profile.with(Field.BIRTHDAY, "1996-08-19", THEN);
        profile = profile.with(Field.COUNTRY, "CN", THEN);
        profile = profile.with(Field.REGION, "浙江省", THEN);
        profile = profile.with(Field.CITY, "杭州市", THEN);
        profile = profile.with(Field.ADDRESS, "西湖区文三路138号东方通信大厦", THEN);
        Purchases purchases =
                new Purchases(
                        List.of(
                                new Purchase(
                                        "memberday:tmall-main:3340298812345",
                                        THEN,
                                        12_950,
                                        new Basket(
                                                1_500,
                                                1_000,
                                                List.of("床品", "毛巾 浴巾"),
                                                List.of("QJ-4001", "YJ 12"))),
                                new Purchase(
                                        "shopify:my-shop:820982911946154508",
                                        THEN.plusSeconds(60),
                                        990,
                                        new Basket(0, 0, List.of(), List.of("PIL-01")))),
                        1,
                        4_500,
                        Optional.of(THEN.minusSeconds(86_400)));
        return Member.fresh("m0123456789abcdef", THEN)
                .change()
                .profile(profile)
                .consents(
                        Consents.UNKNOWN
                                .with(Channel.SMS, Kind.MARKETING, new Consent(true, false, THEN))
                                .with(
                                        Channel.EMAIL,
                                        Kind.MARKETING,
                                        new Consent(false, true, THEN)))
                .dead(Map.of(Channel.EMAIL, "old@example.com"))
                .purchases(purchases)
                .openOrders(Map.of("shopify:my-shop:820982911946154509", THEN))
                .points(184)
                .tier("silver")
                .allTags(
                        Tags.NONE
                                .with("gift-buyer", new Tag("rule:gift", THEN), true)
                                .with("student", new Tag("operator:anna", THEN), false))
                .lastLogin(Optional.of(THEN))
                .counters(Map.of("sms.d20260508", 1, "sms.w2026-19", 1, "sms.y2026", 4))
                .claims(
                        Map.of(
                                "member-day@2026-05-08",
                                new Claim(THEN, "0f3c2a7b19d4", Kind.MARKETING, Channel.SMS, "b"),
                                "member-day@2026-05-01",
                                new Claim(THEN, "1f3c2a7b19d4", Kind.MARKETING, Channel.SMS, "")))
                .was(Set.of("mfedcba9876543210"))
                .joins(Map.of("20260508", 1))
                .done();
    }

    /**
     * DynamoDB's own measure: names and texts in UTF-8, numbers two digits a byte, and overhead.
     */
    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            case N -> (value.n().length() + 1) / 2 + 1;
            case L -> 3 + value.l().stream().mapToInt(entry -> 1 + size(entry)).sum();
            case M ->
                    3
                            + value.m().entrySet().stream()
                                    .mapToInt(
                                            entry ->
                                                    1
                                                            + bytes(entry.getKey())
                                                            + size(entry.getValue()))
                                    .sum();
            default -> throw new AssertionError("not an attribute of a member: " + value.type());
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
