package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Run;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Envelope;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.InMemoryClaimStore.Claimed;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Duplicate and concurrent deliveries, invocations killed between any two calls, answers that never
 * come, throttling, opt-outs, merges, other messages and pauses meanwhile: whatever comes, the
 * promises P2 to P4 hold.
 */
class BatchSenderPropertyTest {
    private static final int WORLDS = 200;

    @Test
    void shouldKeepItsPromisesWhateverHappensBetweenAnyTwoCalls() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            try {
                new World(seed).play();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class World {
        private final Random random;
        private final BatchScene scene;
        private final Simulation simulation;
        private final List<Batch> batches = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final long cap;

        World(long seed) {
            random = new Random(seed);
            int size = 1 + random.nextInt(8);
            int count = 1 + random.nextInt(4);
            // From no money at all to more than enough for all.
            cap = random.nextInt(size * count + 3) * BatchScene.PART;
            scene =
                    new BatchScene(
                            random,
                            random.nextInt(3) == 0 ? Optional.empty() : Optional.of(cap),
                            random.nextBoolean()
                                    ? SamplePlaybook.issuing()
                                    : SamplePlaybook.playbook());
            simulation = new Simulation(random, scene.clock);
            for (int page = 0; page < count; page++) {
                List<String> members = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    String id = "m%03d".formatted(ids.size());
                    ids.add(id);
                    members.add(id);
                    scene.members.put(BatchScene.member(id));
                }
                batches.add(scene.batch(Channel.SMS, BatchScene.PART, members));
            }
        }

        void play() {
            scene.members.stale(random.nextBoolean());
            simulation.faults(
                    random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.03,
                    random.nextDouble() * 0.2);
            scene.provider.faults(
                    random.nextDouble() * 0.3,
                    random.nextDouble() * 0.5,
                    random.nextDouble() * 0.2);
            for (int round = 0; round < 6; round++) {
                for (int i = random.nextInt(1, 5); i > 0; i--) {
                    deliver(batches.get(random.nextInt(batches.size())));
                }
                simulation.run(this::meanwhile);
                scene.clock.advance(Duration.ofSeconds(random.nextInt(400)));
            }
            settle();
            check();
        }

        private void deliver(Batch batch) {
            BatchSender sender = scene.sender(simulation);
            simulation.start(
                    Duration.ofSeconds(random.nextInt(31, 120)),
                    left -> sender.send(batch.run(), batch.slice(), batch.id(), left));
        }

        private void meanwhile() {
            checkMoney();
            if (random.nextInt(12) != 0) {
                return;
            }
            String id = ids.get(random.nextInt(ids.size()));
            Member member = scene.members.member(id).orElseThrow();
            if (member.mergedInto().isPresent()) {
                return;
            }
            switch (random.nextInt(6)) {
                case 5 -> scene.rotate("key" + random.nextInt(), random.nextBoolean());
                case 0 -> scene.optOut(id, Channel.SMS);
                case 1 -> merge(member, ids.get(random.nextInt(ids.size())));
                case 2 -> scene.members.change(id, draft -> draft.points(member.points() + 1));
                case 3 ->
                        scene.members.change(
                                id, draft -> draft.counters(Map.of("sms.d20260508", 1)));
                default ->
                        scene.change(random.nextBoolean() ? Run.State.PAUSED : Run.State.RUNNING);
            }
        }

        private void merge(Member loser, String winnerId) {
            boolean can =
                    !winnerId.equals(loser.id())
                            && scene.members.member(winnerId).orElseThrow().mergedInto().isEmpty();
            if (can) {
                scene.merge(loser.id(), winnerId);
            }
        }

        /** The faults end, the run goes on, and the clock brings back what is left. */
        private void settle() {
            simulation.faults(0, 0);
            scene.provider.faults(0, 0, 0);
            scene.members.stale(false);
            scene.change(Run.State.RUNNING);
            for (int round = 0; round < 6; round++) {
                scene.clock.advance(Duration.ofMinutes(5));
                batches.forEach(batch -> scene.deliver(scene.sender(), batch));
                checkMoney();
            }
        }

        private void check() {
            Map<String, Long> accepted =
                    scene.provider.accepted().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            tags -> tags.get("batch") + " " + tags.get("member"),
                                            Collectors.counting()));
            accepted.forEach((touch, times) -> assertEquals(1, times, "sent twice: " + touch));
            long cost = 0;
            for (Batch batch : batches) {
                assertTrue(scene.now(batch).done().isPresent(), "not done: " + batch.id());
                Map<String, Outcome> outcomes = scene.outcomes(batch);
                for (String id : batch.members()) {
                    Outcome outcome = outcomes.get(id);
                    assertTrue(outcome != null, "no outcome: " + id);
                    boolean went = accepted.containsKey(batch.id() + " " + id);
                    switch (outcome.status()) {
                        case SENT -> assertTrue(went, "sent without a message: " + id);
                        case FAILED, SUPPRESSED ->
                                assertTrue(!went, outcome + " in spite of a message");
                        case UNKNOWN -> assertTrue(outcome.costMicros() > 0, id);
                    }
                    cost += outcome.costMicros();
                }
                assertEquals(batch.members().size(), outcomes.size());
                assertEquals(Tally.of(outcomes.values()), scene.batches.tally(batch));
            }
            Run run = scene.run();
            assertEquals(cost, run.spentMicros(), "what outcomes cost is what was spent");
            assertEquals(cost, run.committedMicros(), "all that was leased came back");
            scene.members.claimed().forEach(World::checkClaim);
            checkCoupons();
        }

        /** Who was sent to has one coupon, the one of the message; nobody else has any. */
        private void checkCoupons() {
            List<CouponIssued> issued = scene.coupons.all();
            assertEquals(
                    issued.size(),
                    issued.stream().map(CouponIssued::code).distinct().count(),
                    "a code twice: " + issued);
            Map<String, CouponIssued> own = new HashMap<>();
            issued.forEach(
                    one -> assertTrue(own.put(one.memberId(), one) == null, "two coupons: " + one));
            boolean issues = scene.playbook.campaigns().getFirst().issues().isPresent();
            for (Envelope message : scene.provider.envelopes()) {
                CouponIssued coupon = own.get(message.tags().get("member"));
                assertEquals(issues, coupon != null, "coupon of " + message.tags());
                assertTrue(
                        !issues
                                || message.body()
                                        .text()
                                        .contains("20元券" + coupon.code() + "，6月7日止"),
                        message.body().text());
            }
            assertTrue(issues || own.isEmpty());
        }

        /** Never above the cap: neither what is set aside nor what was really sent. */
        private void checkMoney() {
            Run run = scene.run();
            long sent = scene.provider.accepted().size() * BatchScene.PART;
            assertTrue(sent <= run.committedMicros(), "sent without money set aside");
            run.budgetMicros()
                    .ifPresent(
                            budget ->
                                    assertTrue(
                                            run.committedMicros() <= budget,
                                            "budget " + budget + " passed: " + run));
        }

        /** What was claimed could be sent to at that very moment. */
        private static void checkClaim(Claimed claimed) {
            Member member = claimed.member();
            assertTrue(member.mergedInto().isEmpty(), "claimed a merged member");
            assertTrue(
                    member.consents()
                            .of(Channel.SMS, Kind.MARKETING)
                            .map(Consent::granted)
                            .orElse(false),
                    "claimed without consent");
            assertTrue(
                    member.counters().getOrDefault("sms.d20260508", 0) < 1, "claimed over the cap");
        }
    }

    @Test
    void shouldHaveSeenEveryWayInWhichATouchCanEnd() {
        // Given the worlds above, are they as wild as they should be?
        Map<String, Integer> ends = new HashMap<>();
        for (long seed = 1; seed <= 60; seed++) {
            World world = new World(seed);
            world.play();
            for (Batch batch : world.batches) {
                world.scene
                        .outcomes(batch)
                        .values()
                        .forEach(
                                outcome ->
                                        ends.merge(
                                                outcome.status() == Status.SENT
                                                        ? "sent"
                                                        : outcome.status().key()
                                                                + " "
                                                                + outcome.reason(),
                                                1,
                                                Integer::sum));
            }
        }

        // Then
        for (String end :
                List.of(
                        "sent",
                        "failed InvalidParameter",
                        "unknown timeout",
                        "unknown claim",
                        "suppressed consent",
                        "suppressed cap",
                        "suppressed merged",
                        "suppressed budget")) {
            assertTrue(ends.getOrDefault(end, 0) > 5, end + " in " + ends);
        }
    }
}
