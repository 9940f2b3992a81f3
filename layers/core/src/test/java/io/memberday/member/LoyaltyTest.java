package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Tier, layer, stage and the purchases that they are computed from. */
class LoyaltyTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Duration HORIZON = Duration.ofDays(400);
    private static final TierLadder LADDER =
            new TierLadder(
                    Duration.ofDays(365),
                    List.of(
                            new Tier("member", "会员", 0, 0, false, 0, 100),
                            new Tier("silver", "银卡", 50_000, 2, false, 3, 120),
                            new Tier("gold", "金卡", 200_000, 0, true, 5, 150)));

    @Test
    void shouldReachATierByAmountAndCountTogether() {
        assertEquals("member", tier(bought(1, 60_000)));
        assertEquals("silver", tier(bought(1, 60_000), bought(2, 100)));
        assertEquals("gold", tier(bought(1, 200_000)));
    }

    @Test
    void shouldLoseATierWhenThePurchasesFallOutOfItsWindow() {
        Purchases purchases = Purchases.of(List.of(bought(364, 200_000)), HORIZON);

        assertEquals("gold", LADDER.of(purchases, NOW).id());
        assertEquals("member", LADDER.of(purchases, NOW.plus(Duration.ofDays(2))).id());
    }

    @Test
    void shouldLayerByKeptPurchasesAndCoreTier() {
        assertEquals(Layer.POTENTIAL, layer());
        assertEquals(Layer.NEW, layer(bought(1, 100)));
        assertEquals(Layer.REGULAR, layer(bought(1, 100), bought(900, 100)));
        assertEquals(Layer.VIP, layer(bought(1, 200_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,active",
        "90,active",
        "91,dormant",
        "180,dormant",
        "181,pre-churn",
        "365,pre-churn",
        "366,churned"
    })
    void shouldStageByWholeDaysSinceTheLastPurchase(int days, String stage) {
        Stages stages = new Stages(90, 180, 365);

        assertEquals(stage, stages.of(Optional.of(NOW.minus(Duration.ofDays(days))), NOW));
        assertEquals("none", stages.of(Optional.empty(), NOW));
    }

    @Test
    void shouldKeepCountSumAndFirstTimeOfPurchasesBeyondTheHorizon() {
        Purchases purchases =
                Purchases.of(List.of(bought(1, 100), bought(390, 20), bought(1000, 3)), HORIZON);

        assertEquals(3, purchases.count());
        assertEquals(123, purchases.minor());
        assertEquals(2, purchases.recent().size());
        assertEquals(Optional.of(NOW.minus(Duration.ofDays(1000))), purchases.first());
    }

    @Test
    void shouldSumPurchasesToTheSameInAnySequenceAndSplit() {
        long seed = 8;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Purchase> all = new ArrayList<>();
            for (int i = 0; i < random.nextInt(12); i++) {
                all.add(
                        new Purchase(
                                "memberday:shop:" + i,
                                NOW.minus(Duration.ofDays(random.nextInt(900))),
                                1 + random.nextInt(100_000)));
            }
            // Given two members who are one person, each of whose purchases came by time
            List<Purchase> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            int cut = all.isEmpty() ? 0 : random.nextInt(all.size());
            Purchases one = oneByOne(shuffled.subList(0, cut));
            Purchases two = oneByOne(shuffled.subList(cut, shuffled.size()));

            // Then united they have what one member would have had
            assertEquals(
                    Purchases.of(all, HORIZON),
                    one.join(two, HORIZON),
                    "seed " + seed + ", round " + round);
            assertEquals(Purchases.of(all, HORIZON), two.join(one, HORIZON));
        }
    }

    private static Purchases oneByOne(List<Purchase> purchases) {
        Purchases sum = Purchases.NONE;
        for (Purchase purchase :
                purchases.stream().sorted(Comparator.comparing(Purchase::order)).toList()) {
            sum = sum.plus(List.of(purchase), HORIZON);
        }
        return sum;
    }

    private static String tier(Purchase... purchases) {
        return LADDER.of(Purchases.of(List.of(purchases), HORIZON), NOW).id();
    }

    private static Layer layer(Purchase... purchases) {
        return Layer.of(Purchases.of(List.of(purchases), HORIZON), LADDER, NOW);
    }

    private static Purchase bought(int daysAgo, long minor) {
        return new Purchase(
                "memberday:shop:" + daysAgo, NOW.minus(Duration.ofDays(daysAgo)), minor);
    }
}
