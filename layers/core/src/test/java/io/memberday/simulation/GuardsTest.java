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
 * read.
 */
class GuardsTest {
    private static final int MOST_SEEDS = 1_000;

    /**
     * @param from the first seed that is tried: where the fault was last seen. It only saves time;
     *     if stories change, others follow until it is seen again
     */
    @ParameterizedTest
    @CsvSource({
        "RUN_ABSENT, ONE_RUN, 1",
        "RUN_ABSENT, ONE_ENTRY, 434",
        "RUN_STATE, STOPPED, 287",
        "RUN_RUNNING, STOPPED, 40",
        "TOGETHER, ONE_WINNER, 4",
        "WINDOW, WINDOW, 1",
        "PAGE_ABSENT, AUDIENCE, 1",
        "ALL_PAID, BUYERS, 10",
        "CLAIM, ONE_BUYER, 1881",
        "BATCH_OWNER, MONEY, 2",
        "RUN_CAP, MONEY, 41",
        "MONTH_CAP, MONEY, 120",
        "CLAIM, CAP, 34",
        "CONSENT, CONSENT, 46",
        "CAP, CAP, 23",
        "MERGED, MERGED, 84",
        "TOUCH_FREE, SERVICE_ONCE, 2",
        "TOUCH_MEMBER, MERGED, 64",
        "TOUCH_PLANNED, SERVICE_ONCE, 334",
        "ORDER_VERSION, SAME_END, 9",
        "MEMBER_VERSION, SAME_END, 10",
        "PARCEL_VERSION, DONE, 30",
        "IDENTITY_FREE, SAME_END, 6",
        "OPT_OUT_READ, CONSENT, 90",
        "TOUCH_ORDER TOUCH_MEMBER TOUCH_GONE, UNPAID, 33",
        "REFUSAL_VERSION, SAME_END, 218"
    })
    void shouldMissEveryGuard(String guards, Promise promise, long from) {
        List<Guard> some = Stream.of(guards.split(" ")).map(Guard::valueOf).toList();
        Set<Promise> broken = new TreeSet<>();
        for (long seed = from; seed < from + MOST_SEEDS && !broken.contains(promise); seed++) {
            try {
                new World(seed, Weather.SLOW, Guards.without(some)).play();
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
                new World(seed, Weather.SLOW, Guards.intact()).play();
            } catch (Broken e) {
                broken.add("seed " + seed + " " + e.getMessage());
            }
        }

        assertEquals(Set.of(), broken);
    }
}
