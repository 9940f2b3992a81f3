package io.memberday.segment;

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
import io.memberday.member.MemberDraft;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Members of every sort, from a seed. */
public final class RandomMembers {
    static final List<String> CITIES = List.of("上海市", "杭州市", "London", "");
    static final List<String> ADDRESSES = List.of("大学路1号", "中学东门", "1 High Street", "人民路");
    static final List<String> TAGS = List.of("vip", "new", "学生", "b2b");
    static final List<String> BIRTHDAYS =
            List.of("--05-08", "1990-12-31", "2000-02-29", "1985-05-09", "--02-31", "2030-01-01");
    static final List<String> SETTERS = List.of("operator:o1", "rule:address", "operators");

    /** At 02:00 UTC it is another day in some of them than in Shanghai. */
    private static final List<String> ZONES =
            List.of("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati");

    private final Random random;
    private final Instant now;
    private final Duration horizon;

    public RandomMembers(Random random, Instant now, Duration horizon) {
        this.random = random;
        this.now = now;
        this.horizon = horizon;
    }

    public Member next() {
        MemberDraft draft = Member.fresh("m" + random.nextInt(1_000_000), before(900)).change();
        Profile profile = Profile.EMPTY;
        profile = maybe(profile, Profile.Field.PHONE, List.of("+8613912345678", "+447700900123"));
        profile = maybe(profile, Profile.Field.EMAIL, List.of("a@example.com"));
        profile = maybe(profile, Profile.Field.GENDER, List.of("female", "male", "other"));
        profile = maybe(profile, Profile.Field.LANGUAGE, List.of("zh", "en", "en-GB"));
        profile = maybe(profile, Profile.Field.COUNTRY, List.of("CN", "GB"));
        profile = maybe(profile, Profile.Field.REGION, List.of("浙江", "大学城"));
        profile = maybe(profile, Profile.Field.CITY, CITIES);
        profile = maybe(profile, Profile.Field.ADDRESS, ADDRESSES);
        profile = maybe(profile, Profile.Field.BIRTHDAY, BIRTHDAYS);
        profile = maybe(profile, Profile.Field.TIMEZONE, ZONES);
        draft.profile(profile);
        if (random.nextInt(4) == 0) {
            profile.address(Channel.SMS).ifPresent(sms -> draft.dead(Map.of(Channel.SMS, sms)));
        }
        Consents consents = Consents.UNKNOWN;
        for (Channel channel : Channel.values()) {
            if (random.nextBoolean()) {
                Consent said = new Consent(random.nextBoolean(), false, before(300));
                consents = consents.with(channel, Kind.MARKETING, said);
            }
        }
        draft.consents(consents);
        List<Purchase> bought = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            bought.add(
                    new Purchase(
                            "s:s:" + i, before(700), random.nextInt(3) * 30_000L + i, basket()));
        }
        draft.purchases(Purchases.of(bought, horizon));
        Map<String, Tag> tags = new HashMap<>();
        TAGS.stream()
                .filter(tag -> random.nextInt(3) == 0)
                .forEach(tag -> tags.put(tag, new Tag(one(SETTERS), before(10))));
        draft.tags(tags);
        draft.attributes(attributes());
        if (random.nextBoolean()) {
            draft.lastLogin(Optional.of(before(200)));
        }
        draft.refundedOrders(random.nextInt(3));
        Behaviour behaviour = Behaviour.NONE;
        for (Act act : Act.values()) {
            if (random.nextBoolean()) {
                Behaviour.Last last =
                        new Behaviour.Last(
                                before(200),
                                one(List.of("", "sku1", "sku2")),
                                one(List.of("", "床品")));
                behaviour = behaviour.with(act, last);
            }
        }
        draft.behaviour(behaviour);
        if (random.nextInt(3) == 0) {
            draft.openOrders(Map.of("s:s:open", before(1)));
        }
        draft.points(random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(1000));
        Map<String, Integer> counters = new HashMap<>();
        Map<String, Claim> claims = new HashMap<>();
        for (String channel : List.of("sms", "email")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                LocalDate day = LocalDate.ofInstant(before(20), ZoneOffset.UTC).plusDays(1);
                counters.put(channel + ".d" + day.toString().replace("-", ""), random.nextInt(3));
                counters.merge(channel + ".y" + day.getYear(), 1, Integer::sum);
                claims.put(
                        one(List.of("member-day", "members")) + "@" + day,
                        new Claim(before(20), "n" + i, Kind.MARKETING, Channel.of(channel), ""));
            }
        }
        draft.counters(counters);
        draft.claims(claims);
        return draft.done();
    }

    private Attributes attributes() {
        Attributes attributes = Attributes.NONE;
        for (String name : List.of("size", "petAge", "vip")) {
            Optional<Attribute.Value> value =
                    switch (random.nextInt(7)) {
                        case 0, 1 -> Optional.of(new Attribute.Text(one(List.of("XL", "上海", ""))));
                        case 2, 3 -> Optional.of(new Attribute.Whole(random.nextInt(5) - 2));
                        case 4, 5 -> Optional.of(new Attribute.Truth(random.nextBoolean()));
                        default -> Optional.empty();
                    };
            if (random.nextInt(4) > 0) {
                attributes = attributes.with(name, new Attribute(value, before(50)));
            }
        }
        return attributes;
    }

    private Basket basket() {
        return new Basket(
                random.nextInt(3) * 500L,
                random.nextInt(3) * 400L,
                List.of(one(List.of("床品", "毛巾"))),
                List.of("sku " + random.nextInt(2), "sku 2"));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Instant before(int days) {
        return now.minusSeconds(random.nextInt(days * 86_400));
    }

    private Profile maybe(Profile profile, Profile.Field field, List<String> values) {
        return random.nextInt(3) == 0
                ? profile
                : profile.with(field, values.get(random.nextInt(values.size())), before(100));
    }
}
