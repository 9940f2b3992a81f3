package io.memberday.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Basket;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Sizing.Sized;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Coupons sized by each member's own value (R38). */
final class SizingTest {
    private static final Instant PAID = Instant.parse("2026-05-01T02:00:00Z");

    // Of 110 % of the average order in tens of yuan; 120 % of the average discount, 5 % to 20 %.
    private static final Sizing SIZING =
            new Sizing(
                    new Sizing.Threshold(110, 9_000, 99_000, 1_000),
                    new Sizing.Reduction(120, 5, 20, 100));

    @Test
    void shouldAskForAnOrderOfTheMembersOwnSizeAndGiveTheMembersOwnDiscount() {
        // Given: 238.00 on average, and 23.80 of 261.80 off, which is 9.09 %.
        Purchases own = bought(23_800, 2_380);

        // Then: 261.80 rounded down, and 120 % of 9.09 % of it, 28.37, rounded up.
        assertEquals(new Sized(26_000, 2_900), SIZING.of(own));
    }

    @Test
    void shouldKeepWithinItsBoundsWhateverTheMembersValue() {
        assertEquals(new Sized(9_000, 500), SIZING.of(Purchases.NONE));
        assertEquals(new Sized(9_000, 500), SIZING.of(bought(500, 0)));
        assertEquals(new Sized(99_000, 19_800), SIZING.of(bought(5_000_000, 5_000_000)));
    }

    @Test
    void shouldGiveWhoNeverGotADiscountTheLeastOne() {
        assertEquals(new Sized(26_000, 1_300), SIZING.of(bought(23_800, 0)));
    }

    @Test
    void shouldAlwaysBeWholeStepsWithinBoundsAndLeaveSomethingToPay() {
        long seed = 20260508;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            List<Purchase> some = new ArrayList<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                some.add(
                        purchase(
                                "o" + n,
                                random.nextLong(1L << random.nextInt(1, 34)),
                                random.nextLong(1L << random.nextInt(1, 34))));
            }
            Purchases purchases = Purchases.of(some, Duration.ofDays(400));
            Sized sized = SIZING.of(purchases);
            long from = sized.thresholdMinor();
            long off = sized.reductionMinor();
            String found = "seed " + seed + ": " + purchases + " " + sized;
            assertTrue(from >= 9_000 && from <= 99_000 && from % 1_000 == 0, found);
            assertTrue(off % 100 == 0 && off < from, found);
            assertTrue(off * 100 >= from * 5 && off * 100 < from * 20 + 100 * 100, found);
        }
    }

    private static Purchases bought(long minor, long discount) {
        return Purchases.of(
                List.of(purchase("a", minor, discount), purchase("b", minor, discount)),
                Duration.ofDays(400));
    }

    private static Purchase purchase(String order, long minor, long discount) {
        return new Purchase(
                "s:s:" + order, PAID, minor, new Basket(discount, 0, List.of(), List.of()));
    }
}
