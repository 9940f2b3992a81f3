package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.shop.ShopOrder.Step;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class PastOrdersTest {
    private static final Instant TODAY = Instant.parse("2026-05-07T06:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long SEED = 20_260_508;

    private static final List<Person> PEOPLE = new People(SEED, TODAY).first(2000);
    private static final PastOrders PAST = new PastOrders(SEED, TODAY, ZONE);
    private static final List<ShopOrder> ORDERS =
            PEOPLE.stream().flatMap(person -> PAST.of(person).stream()).toList();

    @Test
    void shouldMakeTheSameOrdersFromTheSameSeed() {
        PastOrders again = new PastOrders(SEED, TODAY, ZONE);
        assertEquals(ORDERS, PEOPLE.stream().flatMap(person -> again.of(person).stream()).toList());
    }

    @Test
    void shouldLieWithinTheYearBehindAndTakeTheirStepsInTurn() {
        Instant first = TODAY.minus(Duration.ofDays(366));
        for (ShopOrder order : ORDERS) {
            assertTrue(order.createdAt().isAfter(first), () -> "" + order);
            assertTrue(order.changedAt().isBefore(TODAY), () -> "" + order);
            Instant before = Instant.MIN;
            for (Step step : Step.values()) {
                if (order.at(step).isPresent()) {
                    assertFalse(order.at(step).get().isBefore(before), () -> "" + order);
                    before = order.at(step).get();
                }
            }
        }
    }

    @Test
    void shouldBeAsManyAsThePeopleHaveAppetiteFor() {
        long paid = ORDERS.stream().filter(order -> order.at(Step.PAID).isPresent()).count();
        long appetite = PEOPLE.stream().mapToLong(Person::appetite).sum();
        assertTrue(paid >= appetite && paid < appetite * 1.1, paid + " of " + appetite);
        assertTrue(
                PEOPLE.stream()
                        .filter(person -> person.appetite() == 0)
                        .flatMap(person -> PAST.of(person).stream())
                        .noneMatch(ShopOrder::kept));
    }

    @Test
    void shouldHaveNumbersOfTheirOwnAndBelievableBaskets() {
        Set<Long> numbers = new HashSet<>();
        assertTrue(ORDERS.stream().allMatch(order -> numbers.add(order.number())));
        double mean = ORDERS.stream().mapToLong(ShopOrder::totalMinor).average().orElseThrow();
        assertTrue(mean > 8_000 && mean < 40_000, () -> "mean basket " + mean);
    }

    @Test
    void shouldShowSomebodyWhoBuysOnBothOutletsAsOnePersonAtTheSecondOrderOnly() {
        Person both =
                PEOPLE.stream()
                        .filter(p -> p.outlets() == Person.Outlets.BOTH && p.appetite() >= 2)
                        .findFirst()
                        .orElseThrow();
        List<ShopOrder> theirs = PAST.of(both);
        assertFalse(theirs.getFirst().onSite());
        assertTrue(theirs.get(1).onSite() && theirs.get(1).showsPhone());
    }
}
