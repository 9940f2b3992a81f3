package io.memberday.benchmark;

import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Profile.Stated;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Members as a shop has them, each following from its number. */
public final class Shoppers {
    /** A Friday and the 8th, at ten in Shanghai. */
    public static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    private static final Instant PAST = Instant.parse("2025-08-19T03:04:05Z");
    private static final List<String> CITIES = List.of("杭州市", "广州市", "成都市", "上海市");

    private Shoppers() {}

    /** The id of the member of a number. */
    public static String id(long number) {
        return "m%016d".formatted(number);
    }

    /** The member of a number: about every third is one whom member day addresses. */
    public static Member shopper(long number) {
        SplittableRandom random = new SplittableRandom(number);
        Map<Field, Stated> said = new EnumMap<>(Field.class);
        said.put(Field.NAME, new Stated("会员" + number % 1_000, PAST));
        said.put(Field.PHONE, new Stated("+86138%08d".formatted(number % 100_000_000), PAST));
        said.put(Field.LANGUAGE, new Stated("zh", PAST));
        said.put(Field.GENDER, new Stated("female", PAST));
        said.put(Field.COUNTRY, new Stated("CN", PAST));
        said.put(Field.CITY, new Stated(CITIES.get(random.nextInt(CITIES.size())), PAST));
        if (random.nextInt(3) == 0) {
            said.put(Field.EMAIL, new Stated("m" + number + "@example.com", PAST));
            said.put(Field.BIRTHDAY, new Stated("1996-08-19", PAST));
        }
        Consents consents =
                Consents.UNKNOWN.with(
                        Channel.SMS,
                        Kind.MARKETING,
                        new Consent(random.nextInt(10) < 7, false, PAST));
        Map<String, Claim> claims = new HashMap<>();
        if (random.nextInt(2) == 0) {
            claims.put(
                    "member-day@2026-05-01",
                    new Claim(PAST, "0f3c2a7b19d4", Kind.MARKETING, Channel.SMS, ""));
        }
        return Member.fresh(id(number), PAST)
                .change()
                .profile(new Profile(said))
                .consents(consents)
                .purchases(purchases(number, random))
                .points(random.nextInt(2_000))
                .tier("silver")
                .tags(
                        random.nextInt(5) == 0
                                ? Map.of("gift-buyer", new Tag("rule:gift", PAST))
                                : Map.of())
                .counters(Map.of("sms.y2026", random.nextInt(4)))
                .claims(claims)
                .done();
    }

    private static Purchases purchases(long number, SplittableRandom random) {
        List<Purchase> recent = new ArrayList<>();
        for (int bought = random.nextInt(5); bought > 0; bought--) {
            recent.add(
                    new Purchase(
                            "memberday:tmall-main:33402988%05d%d"
                                    .formatted(number % 100_000, bought),
                            TEN.minus(Duration.ofDays(40L * bought + random.nextInt(30))),
                            1_000 + random.nextInt(40_000)));
        }
        return new Purchases(recent, 0, 0, Optional.empty());
    }
}
