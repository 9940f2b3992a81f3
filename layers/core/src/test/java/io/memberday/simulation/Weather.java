package io.memberday.simulation;

import java.util.Random;

/**
 * How likely each fault is, at each call.
 *
 * @param kill the process dies
 * @param slow the call takes seconds, in which others are quicker
 * @param throttled the call is refused and has no effect
 * @param lost the call has its effect, and its answer never comes
 * @param repeated the SDK sends a write again, as its first answer was lost
 * @param conflict a transaction finds another one at its rows
 * @param stale a weak read shows what was there before the last write
 * @param unanswered a provider does not answer; half of those messages it accepted
 * @param busy a provider takes no more for now
 * @param refusing a provider refuses a message for good
 * @param twice a queue or a webhook delivers once more
 */
record Weather(
        double kill,
        double slow,
        double throttled,
        double lost,
        double repeated,
        double conflict,
        double stale,
        double unanswered,
        double busy,
        double refusing,
        double twice) {
    static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Hardly a call without another in between: for races that are rare otherwise. */
    static final Weather SLOW = new Weather(0.001, 0.25, 0, 0, 0, 0, 0.2, 0.7, 0, 0, 0.5);

    static Weather of(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> CALM;
            case 1 ->
                    new Weather(
                            0,
                            some(random, 0.1),
                            0,
                            0,
                            0,
                            0,
                            some(random, 0.5),
                            0,
                            0,
                            0,
                            some(random, 0.5));
            default ->
                    new Weather(
                            some(random, 0.02),
                            some(random, 0.1),
                            some(random, 0.02),
                            some(random, 0.02),
                            some(random, 0.1),
                            some(random, 0.1),
                            some(random, 0.5),
                            some(random, 0.3),
                            some(random, 0.3),
                            some(random, 0.2),
                            some(random, 0.5));
        };
    }

    private static double some(Random random, double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
    }
}
