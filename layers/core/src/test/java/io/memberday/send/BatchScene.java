package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.MovableClock;
import io.memberday.benefit.CouponCodes;
import io.memberday.benefit.CouponStore;
import io.memberday.benefit.Coupons;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.BatchStore;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryBatchStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Faults;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.message.Messenger;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcomes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The sample shop's member day on Friday the 8th, with members and batches in memory. */
public final class BatchScene {
    static final String RUN = "member-day@2026-05-08";

    /** 10:00 in Shanghai. */
    static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    /** One SMS part in the sample shop. */
    public static final long PART = 50_000;

    final MovableClock clock = new MovableClock(TEN);
    final InMemoryRunStore runs = new InMemoryRunStore();
    final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    final InMemoryBatchStore batches = new InMemoryBatchStore(audience, runs);
    final InMemoryClaimStore members = new InMemoryClaimStore();
    final InMemoryPaceStore paces = new InMemoryPaceStore();
    final InMemoryEventBus bus = new InMemoryEventBus();
    final InMemoryCouponStore coupons = new InMemoryCouponStore();
    private List<String> keys = List.of("key");
    final Playbook playbook;
    final FakeProvider provider;
    private final AtomicInteger nonces = new AtomicInteger();
    private int pages;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    BatchScene(Random random, Optional<Long> budget) {
        this(random, budget, SamplePlaybook.playbook());
    }

    /** The same with another shop's first campaign. */
    BatchScene(Random random, Optional<Long> budget, Playbook playbook) {
        this.playbook = playbook;
        provider = new FakeProvider(random);
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        budget,
                        0,
                        0),
                Frozen.of(playbook, playbook.campaigns().getFirst()).json());
    }

    /** A sender on these stores themselves. */
    BatchSender sender() {
        return sender(paces);
    }

    /** The same with other stops. */
    BatchSender sender(ChannelStops stops) {
        return sender(batches, members, runs, coupons, provider, stops);
    }

    /** A sender on these stores, seen through the simulation. */
    BatchSender sender(Simulation simulation) {
        return sender(
                simulation.port(BatchStore.class, batches),
                simulation.port(ClaimStore.class, members),
                simulation.port(RunStore.class, runs),
                simulation.port(CouponStore.class, coupons),
                simulation.port(Messenger.class, provider),
                simulation.port(ChannelStops.class, paces));
    }

    private BatchSender sender(
            BatchStore batchStore,
            ClaimStore claimStore,
            RunStore runStore,
            CouponStore couponStore,
            Messenger messenger,
            ChannelStops stops) {
        return new BatchSender(
                runStore,
                batchStore,
                claimStore,
                claims(
                        claimStore,
                        new Coupons(couponStore, new CouponCodes(() -> keys), zone),
                        clock),
                new Dispatch(
                        Map.of(Channel.SMS, messenger, Channel.EMAIL, messenger),
                        stops,
                        2,
                        clock::advance,
                        clock),
                new Halts(runStore, bus, clock),
                () -> "n" + nonces.incrementAndGet(),
                playbook.store(),
                clock);
    }

    /** Claims whose links the key {@code key} signs. */
    public static MarketingClaims claims(ClaimStore claimStore, Clock clock) {
        return claims(claimStore, InMemoryCouponStore.coupons(new InMemoryCouponStore()), clock);
    }

    private static MarketingClaims claims(ClaimStore claimStore, Coupons coupons, Clock clock) {
        return new MarketingClaims(
                claimStore,
                new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                coupons,
                clock);
    }

    /** Test messages through a provider. */
    public static TestSend tests(
            TestSend.NamedMembers members, Messenger messenger, ChannelStops stops, Clock clock) {
        return new TestSend(
                members,
                new Dispatch(
                        Map.of(Channel.SMS, messenger, Channel.EMAIL, messenger),
                        stops,
                        1,
                        pause -> {},
                        clock),
                new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                clock);
    }

    /** Someone with a phone, an email, a purchase, and agreement to all. */
    public static Member member(String id) {
        Instant past = TEN.minus(Duration.ofDays(30));
        return Member.fresh(id, past)
                .change()
                .profile(
                        Member.fresh(id, past)
                                .profile()
                                .with(Field.PHONE, "+861380000" + id.substring(1), past)
                                .with(Field.EMAIL, id + "@example.com", past)
                                .with(Field.NAME, "小" + id, past))
                .purchases(
                        Purchases.of(
                                List.of(new Purchase("memberday:shop:" + id, past, 9_900)),
                                Duration.ofDays(400)))
                .consents(
                        Member.fresh(id, past)
                                .consents()
                                .with(Channel.SMS, Kind.MARKETING, new Consent(true, true, past))
                                .with(Channel.EMAIL, Kind.MARKETING, new Consent(true, true, past)))
                .done();
    }

    /** The member tells us that it wants no more marketing. */
    void optOut(String id, Channel channel) {
        members.change(
                id,
                draft ->
                        draft.consents(
                                members.member(id)
                                        .orElseThrow()
                                        .consents()
                                        .with(
                                                channel,
                                                Kind.MARKETING,
                                                new Consent(false, true, clock.instant()))));
    }

    /** As a merge does it: claims united, counters summed, the weightier consent. */
    void merge(String loserId, String winnerId) {
        Member loser = members.member(loserId).orElseThrow();
        Member winner = members.member(winnerId).orElseThrow();
        Map<String, Claim> claims = new HashMap<>(loser.claims());
        claims.putAll(winner.claims());
        Map<String, Integer> counters = new HashMap<>(winner.counters());
        loser.counters().forEach((key, count) -> counters.merge(key, count, Integer::sum));
        members.change(
                winnerId,
                draft ->
                        draft.claims(claims)
                                .counters(counters)
                                .consents(winner.consents().join(loser.consents())));
        members.change(
                loserId, draft -> draft.mergedInto(winnerId).claims(Map.of()).counters(Map.of()));
    }

    /** A new key comes before those that sign coupons so far, or only it is left. */
    void rotate(String key, boolean alone) {
        List<String> next = new ArrayList<>(List.of(key));
        next.addAll(alone ? List.of() : keys);
        keys = List.copyOf(next);
    }

    /** The clock of the members of batches to come. */
    void live(String where) {
        zone = ZoneId.of(where);
    }

    /** Puts members and a batch of them. */
    Batch batch(Channel channel, String... ids) {
        for (String id : ids) {
            members.put(member(id));
        }
        return batch(channel, PART, List.of(ids));
    }

    Batch batch(Channel channel, long eachMicros, List<String> ids) {
        return batch(channel, eachMicros, ids, TEN.plus(Duration.ofDays(2)), zone);
    }

    /** A batch of members in Kiritimati whose window ends at a moment. */
    Batch batch(Channel channel, long eachMicros, List<String> ids, String until) {
        return batch(
                channel, eachMicros, ids, Instant.parse(until), ZoneId.of("Pacific/Kiritimati"));
    }

    private Batch batch(
            Channel channel, long eachMicros, List<String> ids, Instant until, ZoneId clock) {
        Batch batch =
                BatchDraft.of(RUN, pages, TEN)
                        .channel(channel)
                        .members(ids)
                        .until(until)
                        .zone(clock)
                        .eachMicros(eachMicros)
                        .batch();
        audience.write(new Page(RUN, 0, pages++, Optional.empty(), 0, 0, Map.of()), List.of(batch));
        return batch;
    }

    Batch now(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }

    Run run() {
        return runs.find(RUN).orElseThrow();
    }

    void change(Run.State state) {
        runs.change(RUN, state);
    }

    /** One outcome for each member of a batch that has one. */
    Map<String, Outcome> outcomes(Batch batch) {
        return Outcomes.byMember(batches.outcomes(batch));
    }

    /** Delivers a released batch to a sender with two minutes to live. */
    void deliver(BatchSender sender, Batch batch) {
        Instant end = clock.instant().plus(Duration.ofMinutes(2));
        sender.send(
                batch.run(),
                batch.slice(),
                batch.id(),
                () -> Duration.between(clock.instant(), end));
    }

    /** Delivers a batch to an invocation that dies with its first message at the provider. */
    void dieAtFirstMessage(Batch batch) {
        provider.after(
                () -> {
                    throw new Simulation.Killed();
                });
        assertThrows(Simulation.Killed.class, () -> deliver(sender(), batch));
        provider.after(() -> {});
    }

    /** Delivers a batch to an invocation that dies as soon as it has taken it. */
    void dieAtOutcomes(Batch batch) {
        Faults faults = new Faults();
        BatchStore dying = faults.on(BatchStore.class, batches);
        // It finds the batch, looks at the month's money, takes the batch, reads its outcomes.
        faults.killAt(3, false);
        assertThrows(
                Faults.Killed.class,
                () -> deliver(sender(dying, members, runs, coupons, provider, paces), batch));
    }

    /** How a touch ended, and why. */
    String end(Batch batch, String id) {
        Outcome outcome = outcomes(batch).get(id);
        return outcome.status().key() + " " + outcome.reason();
    }
}
