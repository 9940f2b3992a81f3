package io.memberday.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memberday.fault.Guards;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ten thousand days of a small shop, each from a seed; {@code -Dseeds=100} plays fewer, {@code
 * -Dseed=777} one of them and shows its calls if it fails. See docs/simulation.md.
 */
class SimulationTest {
    private static final String REPLAY =
            "./mvnw -pl layers/core test -Dtest=SimulationTest -Dseed=";

    /** So many worlds show every end. */
    private static final long ENOUGH = 1_000;

    private static final long ONE = Long.getLong("seed", 0);
    private static final long SEEDS = ONE > 0 ? 1 : Long.getLong("seeds", 10_000);
    private static final Map<String, Integer> ENDS = new ConcurrentHashMap<>();

    /** Played once for all tests. */
    private static List<Seeds.Failure> failures = List.of();

    @BeforeAll
    static void play() {
        failures =
                Seeds.play(
                        Math.max(ONE, 1),
                        SEEDS,
                        world -> world.ends().forEach(end -> ENDS.merge(end, 1, Integer::sum)));
    }

    @Test
    void shouldKeepItsPromisesInAllWeathers() {
        failures.stream()
                .min(Comparator.comparing(Seeds.Failure::seed))
                .ifPresent(
                        failure ->
                                fail(
                                        "seed %d: %s%n%s%nreplay it with %s%d"
                                                .formatted(
                                                        failure.seed(),
                                                        failure.cause().getMessage(),
                                                        calls(failure.seed()),
                                                        REPLAY,
                                                        failure.seed()),
                                        failure.cause()));
    }

    /** The same world once more, with its last calls kept. */
    private static String calls(long seed) {
        World world = new World(seed, Guards.intact(), true);
        try {
            world.play();
            return "it did not fail again: the world does not follow from its seed";
        } catch (Throwable _) {
            // It failed again, as it should: its cause is reported, here are its calls.
            return world.trace();
        }
    }

    @Test
    void shouldFollowFromItsSeedAlone() {
        for (long seed = 1; seed <= 20; seed++) {
            assertEquals(play(seed), play(seed), "seed " + seed);
        }
    }

    private static String play(long seed) {
        World world = new World(seed, Guards.intact(), true);
        world.play();
        return world.trace();
    }

    @Test
    void shouldHaveSeenWhateverItsPromisesAreAbout() {
        assumeTrue(SEEDS >= ENOUGH, "few worlds do not show all");

        for (String end :
                List.of(
                        "sent",
                        "failed InvalidParameter",
                        "unknown timeout",
                        "unknown claim",
                        "suppressed consent",
                        "suppressed cap",
                        "suppressed merged",
                        "suppressed budget",
                        "suppressed window",
                        "suppressed cancelled",
                        "touch sent",
                        "touch sent at the second try",
                        "touch unknown timeout",
                        "touch suppressed consent",
                        "suppressed global-holdout",
                        "held out",
                        "marketing touch sent",
                        "marketing touch unknown timeout",
                        "marketing touch unknown claim",
                        "marketing touch suppressed cap",
                        "marketing touch suppressed consent",
                        "marketing touch suppressed budget",
                        "marketing touch suppressed global-holdout",
                        "coupon said",
                        "coupon said again",
                        "silent-parcel suppressed call",
                        "silent-parcel suppressed mass-delay",
                        "review-care suppressed call",
                        "review-care sent",
                        "review-gift sent",
                        "review-gift suppressed reviewed",
                        "on-its-way sent",
                        "on-its-way suppressed signed",
                        "remember sent",
                        "welcome sent",
                        "welcome-again sent",
                        "welcome-again suppressed no-coupon",
                        "order-signed sent",
                        "order-scanned sent",
                        "pledged",
                        "pledged, paid",
                        "pledged, closed",
                        "a mass delay goes on",
                        "case closed by a merge",
                        "remember suppressed budget",
                        "silent moved",
                        "silent put off",
                        "case opened silent",
                        "case opened mass-delay",
                        "case opened parcel",
                        "case opened review",
                        "case opened opt-out",
                        "case assigned",
                        "case closed",
                        "case opened again review",
                        "case opened again opt-out",
                        "halted",
                        "resumed",
                        "over orders sent",
                        "over orders held out",
                        "over orders suppressed merged",
                        "over orders suppressed consent",
                        "over orders unknown claim",
                        "RunHalted paused",
                        "RunHalted awaiting",
                        "SendingHalted")) {
            assertTrue(ENDS.getOrDefault(end, 0) > 2, end + " in " + new TreeMap<>(ENDS));
        }
    }
}
