package io.memberday.compiler;

import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A member being described: who agreed to everything and can be reached. */
final class Shopper {
    private static final Duration HORIZON = Duration.ofDays(400);

    private final Instant now;
    private final List<Purchase> bought = new ArrayList<>();
    private Member member;

    Shopper(Instant now) {
        this.now = now;
        Instant longAgo = now.minus(Duration.ofDays(900));
        Member fresh = Member.fresh("m0000000000000007", longAgo);
        Consent yes = new Consent(true, true, longAgo);
        member =
                fresh.change()
                        .profile(
                                fresh.profile()
                                        .with(Field.PHONE, "+8613900139000", longAgo)
                                        .with(Field.EMAIL, "shopper@shop.example", longAgo))
                        .consents(
                                fresh.consents()
                                        .with(Channel.SMS, Kind.MARKETING, yes)
                                        .with(Channel.EMAIL, Kind.MARKETING, yes))
                        .done();
    }

    /** Bought so many days ago for so many yuan. */
    Shopper bought(int daysAgo, int yuan, String... categories) {
        return bought(daysAgo, yuan, 0, categories);
    }

    Shopper bought(int daysAgo, int yuan, int postage, String... categories) {
        bought.add(
                new Purchase(
                        "memberday:shop:" + bought.size(),
                        now.minus(Duration.ofDays(daysAgo)),
                        yuan * 100L,
                        new Basket(0, postage * 100L, List.of(categories), List.of())));
        return this;
    }

    Shopper field(Field field, String value) {
        return with(one -> one.change().profile(one.profile().with(field, value, now)).done());
    }

    Shopper points(long points) {
        return with(one -> one.change().points(points).done());
    }

    Shopper tag(String tag) {
        return with(one -> one.change().tags(Map.of(tag, new Tag("operator:anna", now))).done());
    }

    Shopper openOrder() {
        return with(one -> one.change().openOrders(Map.of("memberday:shop:open", now)).done());
    }

    /** First heard of so many days ago. */
    Shopper joined(int daysAgo) {
        return with(one -> one.change().since(now.minus(Duration.ofDays(daysAgo))).done());
    }

    /** A run has addressed them. */
    Shopper got(String run) {
        Claim claim =
                new Claim(now.minus(Duration.ofDays(1)), "nonce", Kind.MARKETING, Channel.SMS, "");
        return with(one -> one.change().claims(Map.of(run, claim)).done());
    }

    private Shopper with(UnaryOperator<Member> change) {
        member = change.apply(member);
        return this;
    }

    Member done() {
        return member.change().purchases(Purchases.of(bought, HORIZON)).done();
    }
}
