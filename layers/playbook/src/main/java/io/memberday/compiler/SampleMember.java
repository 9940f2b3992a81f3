package io.memberday.compiler;

import io.memberday.member.Basket;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A member whom nobody is, to show texts with.
 *
 * @param label for the reader
 */
record SampleMember(String label, Member member) {
    private static final int MANY = 8;

    /** One of whom everything is known, and one of whom nothing is but the language. */
    static Stream<SampleMember> of(Store store, String language, Instant now) {
        boolean chinese = language.startsWith("zh");
        Purchases many = bought(MANY, 128_800, 16_000, now, store);
        Purchases one = bought(1, 23_800, 0, now, store);
        String name = chinese ? "欧阳小明" : "Alexandra";
        return Stream.of(
                new SampleMember(
                        "a regular", member(language, Map.of(Field.NAME, name), many, now)),
                new SampleMember("a newcomer", member(language, Map.of(), one, now)));
    }

    private static Member member(
            String language, Map<Field, String> known, Purchases purchases, Instant now) {
        Profile profile =
                Profile.EMPTY
                        .with(Field.LANGUAGE, language, now)
                        .with(Field.PHONE, "+8613800138000", now)
                        .with(Field.EMAIL, "sample@shop.example", now);
        for (Map.Entry<Field, String> field : known.entrySet()) {
            profile = profile.with(field.getKey(), field.getValue(), now);
        }
        return Member.fresh("m0000000000sample", now)
                .change()
                .profile(profile)
                .purchases(purchases)
                .points(purchases.minor() / 100)
                .done();
    }

    private static Purchases bought(
            int count, long minor, long discount, Instant now, Store store) {
        List<Purchase> purchases = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            purchases.add(
                    new Purchase(
                            "memberday:shop:" + i,
                            now.minus(i, ChronoUnit.DAYS),
                            minor,
                            new Basket(discount, 0, List.of(), List.of())));
        }
        return Purchases.of(purchases, store.horizon());
    }
}
