package io.memberday.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.message.Unsubscription;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final String PHONE = "+8613800138000";
    private static final String EMAIL = "ming@example.com";
    private static final Topic OFFERS = new Topic(Channel.SMS, Kind.MARKETING);

    private final InMemoryRefusalStore store = new InMemoryRefusalStore();
    private final Refusals refusals = new Refusals(store, SamplePlaybook.ladder());

    @BeforeEach
    void aMemberWhoAgreed() {
        Member fresh = Member.fresh("m1", NOW);
        Consent agreed = new Consent(true, true, NOW.minusSeconds(500));
        store.put(
                fresh.change()
                        .profile(
                                fresh.profile()
                                        .with(Field.PHONE, PHONE, NOW)
                                        .with(Field.EMAIL, EMAIL, NOW))
                        .consents(
                                fresh.consents()
                                        .with(Channel.SMS, Kind.MARKETING, agreed)
                                        .with(Channel.EMAIL, Kind.MARKETING, agreed))
                        .done());
        store.name(Identity.phone(PHONE), "m1");
        store.name(Identity.email(EMAIL), "m1");
    }

    @Test
    void shouldRefuseWhatTheLinkNamesAndRaiseTheVersionThatClaimsRestOn() {
        assertTrue(refusals.refuse(link("m1"), NOW));

        assertFalse(allowed("m1", Channel.EMAIL, Kind.MARKETING));
        assertTrue(allowed("m1", Channel.SMS, Kind.MARKETING));
        assertTrue(allowed("m1", Channel.EMAIL, Kind.SERVICE));
        assertEquals(1, store.member("m1").orElseThrow().version());
        assertEquals(
                List.of(
                        new ConsentSaid(
                                "m1",
                                new Topic(Channel.EMAIL, Kind.MARKETING),
                                new Consent(false, true, NOW),
                                "link member-day@2026-05-08")),
                store.activity());
    }

    @Test
    void shouldFollowTombstones() {
        store.put(Member.fresh("m0", NOW).change().mergedInto("mid").done());
        store.put(Member.fresh("mid", NOW).change().mergedInto("m1").done());

        assertTrue(refusals.refuse(link("m0"), NOW));

        assertFalse(allowed("m1", Channel.EMAIL, Kind.MARKETING));
    }

    @Test
    void shouldDecideAnewIfTheMemberChangedMeanwhile() {
        // Given: just before the write the member is merged into another
        store.put(Member.fresh("m2", NOW));
        store.beforeWrite(
                () ->
                        store.put(
                                InMemoryRefusalStore.raised(
                                        store.member("m1")
                                                .orElseThrow()
                                                .change()
                                                .mergedInto("m2")
                                                .done())));

        // When
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING), NOW);

        // Then
        assertEquals(
                Optional.of(new Consent(false, true, NOW)),
                store.member("m2").orElseThrow().consents().of(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldHoldAgainstAnAgreementThatSaysItIsLater() {
        Member member = store.member("m1").orElseThrow();
        store.put(
                member.change()
                        .consents(
                                member.consents()
                                        .with(
                                                Channel.EMAIL,
                                                Kind.MARKETING,
                                                new Consent(true, true, NOW.plusSeconds(3))))
                        .done());

        refusals.refuse(link("m1"), NOW);

        assertFalse(allowed("m1", Channel.EMAIL, Kind.MARKETING));
    }

    @Test
    void shouldNotLetAReportThatComesAgainUndoALaterSubscription() {
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING), NOW);
        Member refused = store.member("m1").orElseThrow();
        Consent again = new Consent(true, true, NOW.plusSeconds(60));
        store.put(
                refused.change()
                        .consents(refused.consents().with(Channel.SMS, Kind.MARKETING, again))
                        .done());

        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING), NOW);

        assertTrue(allowed("m1", Channel.SMS, Kind.MARKETING));
        assertEquals(1, store.activity().size());
    }

    @Test
    void shouldChangeNothingASecondTime() {
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING, Kind.SERVICE), NOW);
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING, Kind.SERVICE), NOW);

        assertEquals(1, store.member("m1").orElseThrow().version());
        assertEquals(2, store.activity().size());
        assertFalse(allowed("m1", Channel.SMS, Kind.SERVICE));
    }

    @Test
    void shouldAskSomebodyWhyAValuableMemberRefusesAndHoldItAtOnceAllTheSame() {
        Purchase dear =
                new Purchase("s:shop:1", NOW.minus(Duration.ofDays(30)), 99_000, Basket.UNKNOWN);
        Purchase cheap =
                new Purchase("s:shop:2", NOW.minus(Duration.ofDays(300)), 1_000, Basket.UNKNOWN);
        store.put(
                store.member("m1")
                        .orElseThrow()
                        .change()
                        .purchases(Purchases.of(List.of(dear, cheap), Duration.ofDays(900)))
                        .done());

        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.values()), NOW);
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.values()), NOW.plusSeconds(9));
        refusals.refuse(link("m1"), NOW.plusSeconds(10));

        assertFalse(allowed("m1", Channel.SMS, Kind.MARKETING));
        assertEquals(
                List.of(
                        new CareCase(
                                "m1",
                                NOW.plusSeconds(10),
                                "opt-out",
                                "email",
                                "bought-recently s:shop:1 2026-04-08T02:00:00Z"),
                        new CareCase(
                                "m1",
                                NOW,
                                "opt-out",
                                "sms",
                                "bought-recently s:shop:1 2026-04-08T02:00:00Z")),
                store.activity().stream().filter(CareCase.class::isInstance).toList());
    }

    @Test
    void shouldAskNobodyWhereAMemberOfNoGreatValueRefuses() {
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING), NOW);

        assertEquals(
                List.of(), store.activity().stream().filter(CareCase.class::isInstance).toList());
    }

    @Test
    void shouldNoteTheRefusalOfAnAddressThatNobodyHasYet() {
        Identity stranger = Identity.phone("+8613900139000");

        refusals.refuse(Channel.SMS, "+8613900139000", Set.of(Kind.MARKETING), NOW);

        assertEquals(Map.of(Channel.SMS, NOW), store.suppressed(stranger));
    }

    @Test
    void shouldBindTheMemberWhoGotTheAddressMeanwhile() {
        String phone = "+8613900139000";
        store.beforeWrite(
                () -> {
                    store.put(Member.fresh("m9", NOW));
                    store.name(Identity.phone(phone), "m9");
                });

        refusals.refuse(Channel.SMS, phone, Set.of(Kind.MARKETING), NOW);

        assertTrue(
                store.member("m9")
                        .orElseThrow()
                        .consents()
                        .of(Channel.SMS, Kind.MARKETING)
                        .isPresent());
        assertEquals(Map.of(), store.suppressed(Identity.phone(phone)));
    }

    @Test
    void shouldSayThatThereIsNoSuchMember() {
        assertFalse(refusals.refuse(link("nobody"), NOW));
    }

    @Test
    void shouldAgreeAgainToWhatTheStopWordTookAndToNothingElse() {
        // Given: agreed to offers by SMS on the page; then STOP
        store.put(Member.fresh("m1", NOW));
        refusals.choose(link("m1"), Map.of(OFFERS, true), NOW);
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.values()), NOW.plusSeconds(10));

        // When
        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(20));
        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(20));

        // Then
        Consent again = new Consent(true, true, NOW.plusSeconds(20));
        for (Kind kind : Kind.values()) {
            assertEquals(
                    Optional.of(again),
                    store.member("m1").orElseThrow().consents().of(Channel.SMS, kind));
        }
        assertFalse(allowed("m1", Channel.EMAIL, Kind.MARKETING));
        assertEquals(3, store.member("m1").orElseThrow().version());
    }

    @Test
    void shouldNotTakeBackARefusalThatWasNoStopWord() {
        // Given: offers were refused on the page, and everything by STOP afterwards
        store.put(Member.fresh("m1", NOW));
        refusals.choose(link("m1"), Map.of(OFFERS, true), NOW);
        refusals.choose(link("m1"), Map.of(OFFERS, false), NOW.plusSeconds(5));
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.values()), NOW.plusSeconds(10));

        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(20));

        assertFalse(allowed("m1", Channel.SMS, Kind.MARKETING));
        assertTrue(allowed("m1", Channel.SMS, Kind.SERVICE));
    }

    @Test
    void shouldNotMakeAnAgreementOfAWordThatTakesNothingBack() {
        // Given: nobody knows of an agreement to offers; START comes before STOP, too
        store.put(Member.fresh("m1", NOW));
        refusals.takeBack(Channel.SMS, PHONE, NOW);
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.values()), NOW.plusSeconds(10));
        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(5));
        assertFalse(allowed("m1", Channel.SMS, Kind.SERVICE));

        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(20));

        assertFalse(allowed("m1", Channel.SMS, Kind.MARKETING));
        assertTrue(allowed("m1", Channel.SMS, Kind.SERVICE));
    }

    @Test
    void shouldFindWhatWasAgreedUnderANameThatTheMemberHadBefore() {
        // Given: m0 agreed, and was merged into m1, which then stopped
        store.put(Member.fresh("m0", NOW));
        refusals.choose(link("m0"), Map.of(OFFERS, true), NOW);
        Member before = store.member("m0").orElseThrow();
        store.put(before.change().mergedInto("m1").done());
        store.put(
                Member.fresh("m1", NOW)
                        .change()
                        .was(Set.of("m0"))
                        .consents(before.consents())
                        .done());
        refusals.refuse(Channel.SMS, PHONE, Set.of(Kind.MARKETING), NOW.plusSeconds(10));

        refusals.takeBack(Channel.SMS, PHONE, NOW.plusSeconds(20));

        assertTrue(allowed("m1", Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldTakeBackTheRefusalOfANumberThatNobodyHasYet() {
        Identity stranger = Identity.phone("+8613900139000");
        refusals.refuse(Channel.SMS, "+8613900139000", Set.of(Kind.MARKETING), NOW);

        refusals.takeBack(Channel.SMS, "+8613900139000", NOW);
        assertEquals(Map.of(Channel.SMS, NOW), store.suppressed(stranger));
        refusals.takeBack(Channel.SMS, "+8613900139000", NOW.plusSeconds(1));
        assertEquals(Map.of(), store.suppressed(stranger));
    }

    @Test
    void shouldSayOnlyWhatAChoiceChanges() {
        // When what holds is chosen again, and one thing more
        refusals.choose(
                link("m1"),
                Map.of(
                        OFFERS,
                        true,
                        new Topic(Channel.SMS, Kind.SERVICE),
                        true,
                        new Topic(Channel.EMAIL, Kind.SERVICE),
                        false),
                NOW);

        // Then
        assertEquals(
                List.of(
                        new ConsentSaid(
                                "m1",
                                new Topic(Channel.EMAIL, Kind.SERVICE),
                                new Consent(false, true, NOW),
                                "page member-day@2026-05-08")),
                store.activity());
        assertFalse(refusals.choose(link("nobody"), Map.of(OFFERS, true), NOW));
    }

    @Test
    void shouldMarkAnAddressDeadWithoutTakingItForARefusal() {
        refusals.dead(Channel.EMAIL, "  Ming@Example.COM ");

        Member member = store.member("m1").orElseThrow();
        assertEquals(Optional.empty(), member.reachableAt(Channel.EMAIL));
        assertTrue(allowed("m1", Channel.EMAIL, Kind.MARKETING));
        assertEquals(List.of(), store.activity());
    }

    @Test
    void shouldNotMarkTheNewAddressForABounceOfTheOldOne() {
        store.name(Identity.email("old@example.com"), "m1");

        refusals.dead(Channel.EMAIL, "old@example.com");
        refusals.dead(Channel.EMAIL, "stranger@example.com");

        assertEquals(
                Optional.of(EMAIL), store.member("m1").orElseThrow().reachableAt(Channel.EMAIL));
        assertEquals(0, store.member("m1").orElseThrow().version());
    }

    @Test
    void shouldKeepTheLaterRefusalOfAnAddressThoughTheEarlierIsReportedLast() {
        String phone = "+8613800138999";

        refusals.refuse(Channel.SMS, phone, Set.of(Kind.MARKETING), NOW.plusSeconds(60));
        refusals.refuse(Channel.SMS, phone, Set.of(Kind.MARKETING), NOW);

        assertEquals(
                Map.of(Channel.SMS, NOW.plusSeconds(60)), store.suppressed(Identity.phone(phone)));
    }

    private boolean allowed(String id, Channel channel, Kind kind) {
        return store.member(id).orElseThrow().consents().allow(channel, kind);
    }

    private static Unsubscription link(String memberId) {
        return new Unsubscription(memberId, Channel.EMAIL, Kind.MARKETING, "member-day@2026-05-08");
    }
}
