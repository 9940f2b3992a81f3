package io.memberday.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.simulation.Broken.Promise;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Without any one of its guards the simulation fails, and says which promise is broken. Three
 * guards are a second line behind others, and not here: no owner outlives its lease ({@link
 * Guard#BATCH_MINE}), a touch is planned under its order's and parcel's versions ({@link
 * Guard#TOUCH_ABSENT}), and what an address refused reaches its member with the next event, too
 * ({@link Guard#OPT_OUT_FREE}). A reminder after the payment has three in its way: the payment
 * takes the touch away in its own transaction, and the claim wants order and member as they were
 * read. An SMS while the account's money is spent has two: the clock finds the channel busy, and
 * the sender looks at the stop.
 */
class GuardsTest {
    private static final int MOST_SEEDS = 1_000;

    /**
     * @param from the first seed that is tried: where the fault was last seen. It only saves time;
     *     if stories change, others follow until it is seen again
     * @param cares whether it takes a day on which the shop cares, too
     */
    @ParameterizedTest
    @CsvSource({
        "RUN_ABSENT, ONE_RUN, 1, false",
        "RUN_ABSENT, ONE_ENTRY, 667, false",
        "RUN_STATE, STOPPED, 549, false",
        "RUN_RUNNING, STOPPED, 100, false",
        "TOGETHER, ONE_WINNER, 8, false",
        "WINDOW, WINDOW, 1, false",
        "PAGE_ABSENT, AUDIENCE, 1, false",
        "ALL_PAID, BUYERS, 18, false",
        "CLAIM, ONE_BUYER, 1262, false",
        "BATCH_OWNER, MONEY, 32, false",
        "RUN_CAP, MONEY, 42, false",
        "MONTH_CAP, MONEY, 243, false",
        "CLAIM, CAP, 39, false",
        "CONSENT, CONSENT, 63, false",
        "CAP, CAP, 39, false",
        "MERGED, MERGED, 162, false",
        "TOUCH_FREE, SERVICE_ONCE, 3, false",
        "TOUCH_MEMBER, MERGED, 115, false",
        "TOUCH_PLANNED, SERVICE_ONCE, 1239, false",
        "ORDER_VERSION, SAME_END, 32, false",
        "MEMBER_VERSION, SAME_END, 40, false",
        "PARCEL_VERSION, DONE, 62, false",
        "IDENTITY_FREE, SAME_END, 202, false",
        "OPT_OUT_READ, CONSENT, 388, false",
        "TOUCH_PARCEL, SIGNED, 958, true",
        "TOUCH_ORDER, REVIEWED, 16, true",
        "TOUCH_SETTLED, MONEY, 1012, true",
        "SILENT_COUNT, MASS_DELAY, 88, true",
        "CASE_ABSENT, ONE_CASE, 1, true",
        "CASE_VERSION, ONE_CASE, 7, true",
        "STOP_BUSY STOP_SEEN, HALTED, 34, true",
        "TOUCH_MONEY, MONEY, 106, true",
        "TOUCH_FREE, SILENT, 46, true",
        "TOUCH_FREE, ALL_SIGNED, 438, true",
        "TOUCH_ORDER TOUCH_MEMBER TOUCH_GONE, UNPAID, 104, false",
        "REFUSAL_VERSION, SAME_END, 1527, false"
    })
    void shouldMissEveryGuard(String guards, Promise promise, long from, boolean cares) {
        List<Guard> some = Stream.of(guards.split(" ")).map(Guard::valueOf).toList();
        Set<Promise> broken = new TreeSet<>();
        for (long seed = from; seed < from + MOST_SEEDS && !broken.contains(promise); seed++) {
            try {
                new World(seed, Weather.SLOW, cares, Guards.without(some)).play();
            } catch (Broken e) {
                broken.add(e.promise());
            }
        }

        assertTrue(
                broken.contains(promise),
                "without %s, %d seeds break %s".formatted(guards, MOST_SEEDS, broken));
    }

    @Test
    void shouldKeepItsPromisesInThatWeatherWithAllGuards() {
        Set<String> broken = new TreeSet<>();
        for (long seed = 1; seed <= 40; seed++) {
            try {
                new World(seed, Weather.SLOW, seed % 2 == 0, Guards.intact()).play();
            } catch (Broken e) {
                broken.add("seed " + seed + " " + e.getMessage());
            }
        }

        assertEquals(Set.of(), broken);
    }
}
