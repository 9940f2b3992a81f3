package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.MemberIds;
import io.memberday.member.Profile;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.TouchPlanner;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

class FirstPurchaseTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final int ROUNDS = 300;
    private static final Playbook PLAYBOOK = playbook();

    /**
     * P1: two accounts of one person buy, send back, turn out to be one; whatever comes when and
     * however often, in the end there is the gift for the first purchase that is kept, and no
     * other.
     */
    @Test
    void shouldPlanTheGiftOfTheFirstKeptPurchaseAloneInWhateverSequence() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            List<OrderEvent> events = events(random);
            List<OrderEvent> shuffled = new ArrayList<>(events);
            events.stream().filter(_ -> random.nextInt(3) == 0).forEach(shuffled::add);
            Collections.shuffle(shuffled, random);
            InMemoryIngestStore store = new InMemoryIngestStore();
            OrderIngest ingest =
                    new OrderIngest(
                            store,
                            PLAYBOOK,
                            Clock.fixed(NOW, ZoneOffset.UTC),
                            new MemberIds(new Random(seed)),
                            _ -> {},
                            new Random(seed));

            shuffled.forEach(ingest::take);

            Set<String> called = new TreeSet<>();
            for (Member member : store.members.values()) {
                called.addAll(TouchPlanner.of(PLAYBOOK).calledFor(member).keySet());
            }
            assertEquals(called, new TreeSet<>(store.touches.keySet()), "seed " + seed);
        }
    }

    private static List<OrderEvent> events(Random random) {
        Identity one = Identity.account("memberday", "main", "a");
        Identity other = Identity.account("memberday", "main", "b");
        List<OrderEvent> events = new ArrayList<>();
        for (int number = 0; number < 2 + random.nextInt(4); number++) {
            Instant at = NOW.minusSeconds(60L * (1 + random.nextInt(2_000)));
            List<Identity> buyer =
                    switch (random.nextInt(5)) {
                        case 0 -> List.of(one, other);
                        case 1, 2 -> List.of(other);
                        default -> List.of(one);
                    };
            events.add(event("o" + number, 1, at, Map.of(), buyer));
            if (random.nextInt(3) == 0) {
                Refund refund = new Refund(random.nextBoolean() ? 20_000 : 500, at.plusSeconds(9));
                events.add(event("o" + number, 2, at, Map.of("r", refund), buyer));
            }
        }
        return events;
    }

    private static OrderEvent event(
            String number,
            long version,
            Instant paid,
            Map<String, Refund> refunds,
            List<Identity> buyer) {
        return new OrderEvent(
                paid,
                Optional.of(
                        new Order(
                                new OrderKey("memberday", "main", number),
                                version,
                                Optional.of(
                                        new OrderFacts(
                                                Map.of(
                                                        Milestone.CREATED,
                                                        paid,
                                                        Milestone.PAID,
                                                        paid),
                                                20_000,
                                                List.of(),
                                                List.of())),
                                Map.of(),
                                refunds)),
                new Buyer(buyer, List.of(), Profile.EMPTY, Consents.UNKNOWN));
    }

    private static Playbook playbook() {
        Playbook sample = SamplePlaybook.playbook();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                List.of(),
                List.of(
                        SamplePlaybook.touchpoint(
                                "gift",
                                Trigger.FIRST_PURCHASE,
                                Duration.ofDays(15),
                                Duration.ofDays(2),
                                0)),
                sample.templates());
    }
}
