package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.Ledger;
import io.memberday.member.Member;
import io.memberday.member.MemberIds;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tries to break P1 and P6 with random days in random sequences; the seed is in every message. */
class OrderIngestPropertyTest {
    private static final int DAYS = 200;
    private static final int SEQUENCES = 4;
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-06T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void shouldEndTheSameWhateverTheSequenceAndHoweverOftenEachEventComes() {
        for (long seed = 0; seed < DAYS; seed++) {
            List<OrderEvent> day = new RandomDay(seed).events();
            String expected = Dump.of(replay(day, seed));
            Random random = new Random(seed);
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                List<OrderEvent> shuffled = new ArrayList<>(day);
                for (OrderEvent event : day) {
                    if (random.nextInt(3) == 0) {
                        shuffled.add(event);
                    }
                }
                Collections.shuffle(shuffled, random);
                assertEquals(
                        expected,
                        Dump.of(replay(shuffled, seed)),
                        "seed " + seed + " sequence " + sequence);
            }
        }
    }

    @Test
    void shouldEndTheSameWhenEventsOvertakeEachOtherBetweenReadAndWrite() {
        int overtaken = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            List<OrderEvent> day = new RandomDay(seed).events();
            String expected = Dump.of(replay(day, seed));
            Random random = new Random(seed);
            List<OrderEvent> shuffled = new ArrayList<>(day);
            shuffled.addAll(day);
            Collections.shuffle(shuffled, random);
            Overtaking store =
                    new Overtaking(
                            new InMemoryIngestStore(), new ArrayDeque<>(shuffled), random, seed);
            store.run();
            overtaken += store.conflicts;
            assertEquals(expected, Dump.of(store.rows), "seed " + seed);
        }
        assertTrue(overtaken > DAYS, "the days must collide to prove anything: " + overtaken);
    }

    @Test
    void shouldKeepEveryMembersBooksAFunctionOfItsOrders() {
        int merged = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            List<OrderEvent> day = new RandomDay(seed).events();
            Collections.shuffle(day, new Random(seed));
            InMemoryIngestStore store = replay(day, seed);
            Map<String, List<Ledger>> ledgers = Dump.ledgers(store);
            for (Member member : store.members.values()) {
                if (member.mergedInto().isPresent()) {
                    merged++;
                    continue;
                }
                assertEquals(
                        ledgers.getOrDefault(member.id(), List.of()).stream()
                                .mapToLong(Ledger::points)
                                .sum(),
                        member.points(),
                        "points, seed " + seed);
                assertEquals(
                        ledgers.getOrDefault(member.id(), List.of()).stream()
                                .filter(row -> !row.earn())
                                .count(),
                        member.refundedOrders(),
                        "refunded orders, seed " + seed);
                List<Purchase> kept =
                        Dump.keptOrders(store, member.id()).stream()
                                .map(key -> store.orders.get(key).order().kept().orElseThrow())
                                .toList();
                assertEquals(
                        Purchases.of(kept, PLAYBOOK.store().horizon()),
                        member.purchases(),
                        "purchases, seed " + seed);
                assertEquals(
                        PLAYBOOK.ladder().of(member.purchases(), CLOCK.instant()).id(),
                        member.tier(),
                        "tier, seed " + seed);
            }
        }
        assertTrue(merged > DAYS / 4, "members must merge to prove anything: " + merged);
    }

    @Test
    void shouldWriteNothingWhenADayIsReplayed() {
        for (long seed = 0; seed < DAYS; seed++) {
            List<OrderEvent> day = new RandomDay(seed).events();
            InMemoryIngestStore store = replay(day, seed);
            int commits = store.commits;
            OrderIngest ingest = ingest(store, seed);
            day.forEach(ingest::take);
            assertEquals(commits, store.commits, "seed " + seed);
        }
    }

    private static InMemoryIngestStore replay(List<OrderEvent> events, long seed) {
        InMemoryIngestStore store = new InMemoryIngestStore();
        OrderIngest ingest = ingest(store, seed);
        events.forEach(ingest::take);
        return store;
    }

    private static OrderIngest ingest(IngestStore store, long seed) {
        Random random = new Random(seed);
        return new OrderIngest(
                store, PLAYBOOK, CLOCK, new MemberIds(random), _ -> {}, new Random(seed));
    }

    /** Lets other events pass between an event's reads and its write. */
    private static final class Overtaking extends ForwardingIngestStore {
        private static final int DEEPEST = 3;

        private final InMemoryIngestStore rows;
        private final Deque<OrderEvent> events;
        private final Random random;
        private final OrderIngest ingest;
        private int depth;
        private int conflicts;

        Overtaking(InMemoryIngestStore rows, Deque<OrderEvent> events, Random random, long seed) {
            super(rows);
            this.rows = rows;
            this.events = events;
            this.random = random;
            this.ingest = ingest(this, seed);
        }

        void run() {
            while (!events.isEmpty()) {
                ingest.take(events.pop());
            }
        }

        @Override
        public void commit(Changes changes) throws Conflict {
            if (depth < DEEPEST && !events.isEmpty() && random.nextBoolean()) {
                depth++;
                ingest.take(events.pop());
                depth--;
            }
            try {
                super.commit(changes);
            } catch (Conflict conflict) {
                conflicts++;
                throw conflict;
            }
        }
    }
}
