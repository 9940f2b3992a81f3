package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.result.Uplift.Interval;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;
import java.util.Random;

class UpliftTest {

    /** Table II of Newcombe (1998), method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000"
    })
    void shouldGiveThePublishedIntervalsOfTheMethod(
            long x1, long n1, long x2, long n2, double low, double high) {
        Interval interval =
                Uplift.of(new Arm(n1, x1, x1, x1, x1), new Arm(n2, x2, x2, x2, x2))
                        .orElseThrow()
                        .conversion()
                        .interval()
                        .orElseThrow();

        assertEquals(low, interval.low(), 0.00005);
        assertEquals(high, interval.high(), 0.00005);
    }

    @Test
    void shouldSayThatThereAreTooFewToTell() {
        Uplift uplift =
                Uplift.of(new Arm(900, 9, 9, 90_000, 9e8), new Arm(100, 1, 1, 10_000, 1e8))
                        .orElseThrow();

        assertFalse(uplift.conversion().told());
        assertEquals(Optional.empty(), uplift.revenue().interval());
        assertFalse(uplift.revenue().told());
    }

    @Test
    void shouldTellALargeDifference() {
        Uplift uplift =
                Uplift.of(
                                new Arm(9_000, 900, 900, 9_000_000, 9e10),
                                new Arm(1_000, 20, 20, 200_000, 2e9))
                        .orElseThrow();

        assertEquals(0.08, uplift.conversion().value(), 1e-12);
        assertTrue(uplift.conversion().told());
        assertEquals(800, uplift.revenue().value(), 1e-9);
        assertTrue(uplift.revenue().told());
    }

    @Test
    void shouldCompareNothingWithAnEmptyGroup() {
        assertEquals(Optional.empty(), Uplift.of(new Arm(10, 1, 1, 5, 25), new Arm(0, 0, 0, 0, 0)));
    }

    @Test
    void shouldCoverTheTrueDifferenceOfMeansInAboutNineteenOfTwentyTrials() {
        long seed = 20260508;
        Random random = new Random(seed);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            Interval interval =
                    Uplift.of(group(random, 2_000, 0.06), group(random, 1_000, 0.03))
                            .orElseThrow()
                            .revenue()
                            .interval()
                            .orElseThrow();
            double truth = (0.06 - 0.03) * 150;
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertTrue(covered > 364 && covered < 396, "seed " + seed + ": " + covered + " of 400");
    }

    /** Buyers bring 100 to 200, 150 on average. */
    private static Arm group(Random random, int members, double share) {
        long buyers = 0;
        long minor = 0;
        double squares = 0;
        for (int member = 0; member < members; member++) {
            if (random.nextDouble() < share) {
                long brought = 100 + random.nextInt(101);
                buyers++;
                minor += brought;
                squares += (double) brought * brought;
            }
        }
        return new Arm(members, buyers, buyers, minor, squares);
    }
}
