package io.memberday.result;

import java.util.Optional;

/**
 * What a run brought beyond what would have been bought without it: those who were sent the message
 * against those held out (R62), with 95 % confidence intervals.
 *
 * @param conversion difference of the buyers' shares, -1 to 1
 * @param revenue difference of the revenue per member, minor units
 */
public record Uplift(Difference conversion, Difference revenue) {
    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Fewer buyers in a group say nothing of its variance: most members bring 0, a few much. */
    private static final int LEAST_BUYERS = 10;

    /**
     * @param value sent less held out
     * @param interval of 95 %; nothing if there are too few to give one
     */
    public record Difference(double value, Optional<Interval> interval) {

        /** Whether the difference is more than chance. */
        public boolean told() {
            return interval.filter(range -> range.low() > 0 || range.high() < 0).isPresent();
        }
    }

    /** From low to high. */
    public record Interval(double low, double high) {}

    /** The comparison, or nothing where a group is empty. */
    public static Optional<Uplift> of(Arm sent, Arm held) {
        if (sent.members() == 0 || held.members() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Uplift(
                        new Difference(
                                sent.conversion() - held.conversion(),
                                Optional.of(newcombe(sent, held))),
                        new Difference(sent.mean() - held.mean(), welch(sent, held))));
    }

    /**
     * The hybrid score interval: R. G. Newcombe, "Interval estimation for the difference between
     * independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998),
     * 873–890, method 10. It holds for few buyers and for none.
     */
    private static Interval newcombe(Arm one, Arm two) {
        Interval first = wilson(one);
        Interval second = wilson(two);
        double p1 = one.conversion();
        double p2 = two.conversion();
        return new Interval(
                p1 - p2 - Math.hypot(p1 - first.low(), second.high() - p2),
                p1 - p2 + Math.hypot(first.high() - p1, p2 - second.low()));
    }

    /** E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212. */
    static Interval wilson(Arm arm) {
        if (arm.members() == 0) {
            return new Interval(0, 1);
        }
        double n = arm.members();
        double p = arm.conversion();
        double middle = 2 * n * p + Z * Z;
        double half = Z * Math.sqrt(Z * Z + 4 * n * p * (1 - p));
        double whole = 2 * (n + Z * Z);
        return new Interval((middle - half) / whole, (middle + half) / whole);
    }

    /** B. L. Welch, Biometrika 34 (1947), 28–35: means of groups whose variances differ. */
    private static Optional<Interval> welch(Arm one, Arm two) {
        if (one.buyers() < LEAST_BUYERS || two.buyers() < LEAST_BUYERS) {
            return Optional.empty();
        }
        double first = one.variance() / one.members();
        double second = two.variance() / two.members();
        double freedom =
                Math.pow(first + second, 2)
                        / (first * first / (one.members() - 1)
                                + second * second / (two.members() - 1));
        double half = student(freedom) * Math.sqrt(first + second);
        double difference = one.mean() - two.mean();
        return Optional.of(new Interval(difference - half, difference + half));
    }

    /** Student's t from the normal quantile: Abramowitz and Stegun (1964), 26.7.5, three terms. */
    private static double student(double freedom) {
        double z3 = Math.pow(Z, 3);
        double z5 = Math.pow(Z, 5);
        return Z + (z3 + Z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom * freedom);
    }
}
