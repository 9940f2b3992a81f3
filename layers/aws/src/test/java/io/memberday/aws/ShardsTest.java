package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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

    @Test
    void shouldNeverMoveAKeyToAnotherShard() {
        assertEquals(1, Shards.of("memberday:main:3340298812345", Shards.PAID_DAY));
    }
}
