package io.memberday.campaign;

import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberDraft;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Members of every sort that a campaign meets, from a seed. */
public final class SampleMembers {
    private static final Instant THEN = Instant.parse("2026-03-01T00:00:00Z");

    private SampleMembers() {}

    /** So many, the same for the same seed. */
    public static List<Member> of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Member> members = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            members.add(member("m%016x".formatted(random.nextLong()), number, random));
        }
        return members;
    }

    /** A member whom the sample shop's member day addresses by SMS, unless it is held out. */
    public static Member addressed(String id) {
        return draft(id, "+8613800000001").purchases(bought(1)).done();
    }

    private static Member member(String id, int number, SplittableRandom random) {
        MemberDraft draft = draft(id, "+86138%08d".formatted(number));
        draft.purchases(bought(random.nextInt(10) < 7 ? 1 + random.nextInt(3) : 0));
        Member member = draft.done();
        return switch (random.nextInt(20)) {
            case 0 -> member.change().mergedInto("m0").done();
            case 1 -> member.change().profile(Profile.EMPTY).done();
            case 2 -> member.change().counters(Map.of("sms.d20260508", 1)).done();
            case 3 ->
                    member.change()
                            .consents(
                                    member.consents()
                                            .with(
                                                    Channel.SMS,
                                                    Kind.MARKETING,
                                                    new Consent(false, true, THEN)))
                            .done();
            case 4, 5, 6 ->
                    member.change()
                            .profile(
                                    Profile.EMPTY
                                            .with(Field.EMAIL, id + "@example.com", THEN)
                                            .with(Field.LANGUAGE, "en", THEN))
                            .consents(
                                    member.consents()
                                            .with(
                                                    Channel.EMAIL,
                                                    Kind.MARKETING,
                                                    new Consent(true, true, THEN)))
                            .done();
            default -> member;
        };
    }

    private static MemberDraft draft(String id, String phone) {
        Member fresh = Member.fresh(id, THEN);
        return fresh.change()
                .profile(
                        Profile.EMPTY
                                .with(Field.PHONE, phone, THEN)
                                .with(Field.NAME, "会员" + Math.floorMod(id.hashCode(), 1_000), THEN))
                .consents(
                        fresh.consents()
                                .with(Channel.SMS, Kind.MARKETING, new Consent(true, true, THEN)));
    }

    private static Purchases bought(int count) {
        List<Purchase> purchases = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            purchases.add(
                    new Purchase("memberday:main:" + number, THEN.plusSeconds(number), 9_900));
        }
        return Purchases.of(purchases, Duration.ofDays(400));
    }
}
