package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class HoldoutTest {
    private static final long SEED = 8;
    private static final int MANY = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 50, 99})
    void shouldHoldOutCloseToItsShare(int percent) {
        // Given
        Holdout holdout = new Holdout("member-day", percent);

        // When
        long held = members().filter(holdout::holds).count();

        // Then: within five standard deviations of the binomial distribution
        double share = percent / 100.0;
        double spread = 5 * Math.sqrt(MANY * share * (1 - share));
        assertEquals(MANY * share, held, spread, "seed " + SEED);
    }

    @Test
    void shouldHoldOutTheSameMembersEachTimeAndOthersInAnotherCampaign() {
        // Given
        List<String> held = heldOutOf("member-day");

        // When
        List<String> again = heldOutOf("member-day");
        List<String> other = heldOutOf("eleven-eleven");

        // Then: of another campaign's control group a tenth is in this one, as chance has it
        assertEquals(held, again);
        long both = other.stream().filter(held::contains).count();
        assertEquals(100, both, 50, "seed " + SEED);
    }

    @Test
    void shouldKeepTheControlGroupWhenItsShareGrows() {
        // Given
        Holdout small = new Holdout("member-day", 10);
        Holdout large = new Holdout("member-day", 20);

        // Then
        assertTrue(members().limit(10_000).filter(small::holds).allMatch(large::holds));
    }

    @Test
    void shouldHoldOutNobodyAtZeroAndEverybodyAtHundred() {
        assertFalse(members().anyMatch(new Holdout("member-day", 0)::holds));
        assertTrue(members().allMatch(new Holdout("member-day", 100)::holds));
        assertThrows(IllegalArgumentException.class, () -> new Holdout("member-day", 101));
    }

    private static List<String> heldOutOf(String campaign) {
        return members().limit(10_000).filter(new Holdout(campaign, 10)::holds).toList();
    }

    private static Stream<String> members() {
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.range(0, MANY).mapToObj(i -> "m%016x".formatted(random.nextLong()));
    }
}
