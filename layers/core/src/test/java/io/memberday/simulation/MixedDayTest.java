package io.memberday.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.simulation.MixedDay.Told;
import io.memberday.simulation.MixedShop.Delivery;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whole days of orders, parcels, reviews, browsing and opt-outs, whose parts come shuffled,
 * repeated, and dropped until they are delivered again: the tables end as those of the day in
 * order, and nobody gets a message that the day in order does not send (P1). {@code -Dseeds=5000}
 * plays more.
 */
class MixedDayTest {
    private static final long SEEDS = Math.min(20_000, Long.getLong("seeds", 200));
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    @Test
    void shouldEndTheSameAndSendTheSameWhereAllIsToldBeforeAnythingIsDue() {
        int sent = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            MixedDay day = new MixedDay(seed);
            Random random = new Random(seed);
            List<Told> mixed = new ArrayList<>(day.told());
            day.told().stream().filter(told -> random.nextInt(3) == 0).forEach(mixed::add);
            Collections.shuffle(mixed, random);

            MixedShop once = played(day, atOnce(inOrder(day)));
            MixedShop shop = played(day, atOnce(mixed));

            assertEquals(once.rows(), shop.rows(), "seed " + seed);
            assertEquals(once.outcomes(), shop.outcomes(), "seed " + seed);
            assertEquals(once.sent().keySet(), shop.sent().keySet(), "seed " + seed);
            sent += once.sent().size();
        }
        assertTrue(sent > SEEDS * 3, sent + " messages prove nothing");
    }

    /**
     * Where time goes on, a message may go although the day in order does not send it for one
     * reason only: what stopped it there had been said and was not delivered yet.
     */
    @Test
    void shouldSendNothingThatTheDayInOrderDoesNotSendHoweverLateItsPartsCome() {
        int sent = 0;
        int late = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            MixedDay day = new MixedDay(seed);
            MixedShop ordered =
                    played(
                            day,
                            day.told().stream()
                                    .map(told -> new Delivery(told.at(), told))
                                    .toList());
            List<Delivery> deliveries = late(day, new Random(seed));
            MixedShop shop = played(day, deliveries);

            assertEquals(ordered.rows(), shop.rows(), "seed " + seed);
            for (Map.Entry<String, Instant> message : shop.sent().entrySet()) {
                if (!ordered.sent().containsKey(message.getKey())) {
                    late++;
                    assertTrue(
                            unheard(deliveries, message),
                            "seed %d: %s was sent, and nothing was missing\n%s"
                                    .formatted(seed, message, ordered.outcomes()));
                }
            }
            sent += shop.sent().size();
        }
        assertTrue(sent > SEEDS * 3, sent + " messages prove nothing");
        assertTrue(late * 10 < sent, late + " of " + sent + " came before what stops them");
    }

    private static MixedShop played(MixedDay day, List<Delivery> deliveries) {
        MixedShop shop = new MixedShop(day);
        shop.play(deliveries);
        return shop;
    }

    private static List<Told> inOrder(MixedDay day) {
        return day.told().stream().sorted(Comparator.comparing(Told::at)).toList();
    }

    private static List<Delivery> atOnce(List<Told> all) {
        return all.stream().map(told -> new Delivery(MixedDay.BEGINS, told)).toList();
    }

    /** Most come soon, some in a while; what was dropped comes hours later; many come again. */
    private static List<Delivery> late(MixedDay day, Random random) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Told told : day.told()) {
            int seconds =
                    switch (random.nextInt(6)) {
                        case 0 -> random.nextInt(40 * MINUTE);
                        case 1 -> HOUR + random.nextInt(5 * HOUR);
                        default -> random.nextInt(2 * MINUTE);
                    };
            Instant first = told.at().plusSeconds(seconds);
            deliveries.add(new Delivery(first, told));
            while (random.nextInt(3) == 0) {
                deliveries.add(new Delivery(first.plusSeconds(random.nextInt(12 * HOUR)), told));
            }
        }
        return deliveries;
    }

    /** Whether something about the message's person had been said when it went, and not heard. */
    private static boolean unheard(List<Delivery> deliveries, Map.Entry<String, Instant> message) {
        String touch = message.getKey();
        int person = Integer.parseInt(touch.substring(touch.lastIndexOf('-') + 1));
        Map<Told, Instant> first = new HashMap<>();
        deliveries.forEach(
                delivery ->
                        first.merge(
                                delivery.told(), delivery.at(), (a, b) -> a.isBefore(b) ? a : b));
        return first.entrySet().stream()
                .filter(told -> told.getKey().person() == person)
                .anyMatch(
                        told ->
                                !told.getKey().at().isAfter(message.getValue())
                                        && told.getValue().isAfter(message.getValue()));
    }
}
