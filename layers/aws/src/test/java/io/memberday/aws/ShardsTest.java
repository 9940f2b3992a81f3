package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.playbook.Timing;
import io.memberday.playbook.Timing.Due;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

class ShardsTest {

    @Test
    void shouldSpreadConsecutiveOrdersEvenlyOverTheShards() {
        int[] held = new int[Shards.DUE];
        for (int order = 0; order < 64_000; order++) {
            held[Shards.of("memberday:main:" + (3_340_000_000L + order), Shards.DUE)]++;
        }
        for (int count : held) {
            assertTrue(count > 800 && count < 1_200, "1,000 expected, " + count + " held");
        }
    }

    /** The keys of service touches: a touchpoint, and an order or parcel of some platform. */
    @Test
    void shouldHaveNoHotShardWhateverTheTouchesAreAbout() {
        List<IntFunction<String>> keys =
                List.of(
                        number ->
                                "payment-reminder#youzan:40419900:E2026111123%08d"
                                        .formatted(number),
                        number ->
                                "payment-reminder#shopify:cotton-lane:%d"
                                        .formatted(5_800_000_000_000L + number * 32_768L),
                        number -> "thanks#woocommerce:shop.example:%d".formatted(1_000 + number),
                        number ->
                                "payment-reminder#taobao:main:33402988123%05d12".formatted(number),
                        number ->
                                "dispatch-notice#sf:SF%013d"
                                        .formatted(1_600_000_000_000L + number * 7L),
                        number -> "birthday#m%016x".formatted(number * 0x9E3779B97F4A7C15L));
        for (IntFunction<String> key : keys) {
            int[] held = new int[Shards.DUE];
            for (int number = 0; number < 100_000; number++) {
                held[Shards.of(key.apply(number), Shards.DUE)]++;
            }
            double mean = 100_000.0 / Shards.DUE;
            int largest = Arrays.stream(held).max().orElseThrow();
            assertTrue(largest <= 1.15 * mean, key.apply(1) + ": " + largest + " of " + mean);
        }
    }

    /** What is due at one time of day is spread by its name, and so are the shards. */
    @Test
    void shouldHaveNoHotShardInAnyMinuteOfARushAtOneTimeOfDay() {
        Instant at = Instant.parse("2026-11-26T11:30:00Z");
        Due due = new Due(at, at.plus(Duration.ofHours(1)));
        int minutes = (int) Timing.SPREAD.toMinutes();
        int[] held = new int[minutes * Shards.DUE];
        int touches = 400_000;
        for (int number = 0; number < touches; number++) {
            String touch = "after-sale-care#youzan:40419900:E2026111123%08d".formatted(number);
            long minute = Duration.between(at, due.spread(touch).at()).toMinutes();
            if (minute < minutes) {
                held[(int) minute * Shards.DUE + Shards.of(touch, Shards.DUE)]++;
            }
        }
        double mean = (double) touches / held.length;
        int largest = Arrays.stream(held).max().orElseThrow();
        assertTrue(largest <= 1.15 * mean, largest + " of " + mean);
    }

    @Test
    void shouldNeverMoveAKeyToAnotherShard() {
        assertEquals(1, Shards.of("memberday:main:3340298812345", Shards.PAID_DAY));
    }
}
