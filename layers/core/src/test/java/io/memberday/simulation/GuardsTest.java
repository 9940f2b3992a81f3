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
 * ({@link Guard#OPT_OUT_FREE}). That a claim wants the parcel as it was read ({@link
 * Guard#TOUCH_PARCEL}) and that a promotion's money is lent beside its claim ({@link
 * Guard#TOUCH_MONEY}) decides too rarely in these days to be waited for. A reminder after the
 * payment has three in its way: the payment takes the touch away in its own transaction, and the
 * claim wants order and member as they were read.
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
        "RUN_ABSENT, ONE_ENTRY, 621",
        "RUN_STATE, STOPPED, 411",
        "RUN_RUNNING, STOPPED, 98",
        "TOGETHER, ONE_WINNER, 4",
        "WINDOW, WINDOW, 1",
        "PAGE_ABSENT, AUDIENCE, 1",
        "ALL_PAID, BUYERS, 18",
        "CLAIM, ONE_BUYER, 2232",
        "BATCH_OWNER, MONEY, 17",
        "RUN_CAP, MONEY, 42",
        "MONTH_CAP, MONEY, 132",
        "CLAIM, CAP, 39",
        "CONSENT, CONSENT, 48",
        "CAP, CAP, 39",
        "MERGED, MERGED, 85",
        "TOUCH_FREE, SERVICE_ONCE, 3",
        "TOUCH_MEMBER, MERGED, 115",
        "TOUCH_PLANNED, SERVICE_ONCE, 487",
        "ORDER_VERSION, SAME_END, 32",
        "MEMBER_VERSION, SAME_END, 40",
        "PARCEL_VERSION, DONE, 43",
        "IDENTITY_FREE, SAME_END, 167",
        "OPT_OUT_READ, CONSENT, 352",
        "TOUCH_ORDER TOUCH_MEMBER TOUCH_GONE, UNPAID, 59",
        "REFUSAL_VERSION, SAME_END, 866"
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
