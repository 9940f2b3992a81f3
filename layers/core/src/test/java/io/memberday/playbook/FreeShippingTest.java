package io.memberday.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Basket;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** "Free shipping over 80" goes to nobody whom it would only annoy (R34). */
final class FreeShippingTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final FreeShipping OVER_80 = new FreeShipping(8_000, Duration.ofDays(30));

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "7999,    0,  9, false, the usual order is a cent too small",
        "8000,    0,  9, true,  the usual order is just large enough",
        "8900, 1000,  9, false, without its postage the usual order is too small",
        "9000, 1000,  9, false, paid postage lately though the goods cost 80",
        "9000, 1000, 30, false, thirty days ago is lately",
        "9000, 1000, 31, true,  paid postage too long ago to be annoyed",
    })
    void shouldSuitOnlyWhoseOrdersAreLargeEnoughAndWhoPaidNoPostage(
            long minor, long postage, int daysAgo, boolean suits, String why) {
        assertEquals(suits, OVER_80.suits(bought(minor, postage, daysAgo), AT), why);
    }

    @Test
    void shouldSuitWhoPaidPostageForAnOrderThatWasTooSmallForIt() {
        // Given: 150.00 on average, and postage on the small order only.
        Purchases purchases =
                Purchases.of(
                        List.of(purchase("a", 24_500, 0, 3), purchase("b", 5_500, 1_000, 2)),
                        Duration.ofDays(400));
        assertEquals(true, OVER_80.suits(purchases, AT));
    }

    @Test
    void shouldSuitWhoHasBoughtNothingYet() {
        assertEquals(true, OVER_80.suits(Purchases.NONE, AT));
    }

    @Test
    void shouldSuitNobodyWhoJustPaidPostageWhereItHoldsForEveryOrder() {
        FreeShipping always = new FreeShipping(0, Duration.ofDays(30));
        assertEquals(false, always.suits(bought(1_500, 1_000, 3), AT));
        assertEquals(true, always.suits(bought(1_500, 0, 3), AT));
    }

    private static Purchases bought(long minor, long postage, int daysAgo) {
        return Purchases.of(List.of(purchase("a", minor, postage, daysAgo)), Duration.ofDays(400));
    }

    private static Purchase purchase(String order, long minor, long postage, int daysAgo) {
        return new Purchase(
                "s:s:" + order,
                AT.minus(Duration.ofDays(daysAgo)),
                minor,
                new Basket(0, postage, List.of(), List.of()));
    }
}
