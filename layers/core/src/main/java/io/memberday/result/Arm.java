package io.memberday.result;

/**
 * One of the two groups that are compared: those who were sent the message, or those held out.
 *
 * @param members all of the group, buyers or not
 * @param buyers who ordered within the attribution window
 * @param orders of the buyers within the window
 * @param minor what the orders brought less refunds, minor units
 * @param squares the sum over the buyers of the square of what each brought, minor units squared
 */
public record Arm(long members, long buyers, long orders, long minor, double squares) {

    /** Buyers as a share of the members, 0 to 1; 0 for an empty group. */
    public double conversion() {
        return members == 0 ? 0 : (double) buyers / members;
    }

    /** Between which shares its conversion lies, with 95 %: {@link Uplift#wilson}. */
    public Uplift.Interval conversionInterval() {
        return Uplift.wilson(this);
    }

    /** What a member brought on average, buyers or not; minor units. */
    public double mean() {
        return members == 0 ? 0 : (double) minor / members;
    }

    /** The sample variance of what the members brought; those who bought nothing count as 0. */
    double variance() {
        if (members < 2) {
            return 0;
        }
        return Math.max(0, (squares - members * mean() * mean()) / (members - 1));
    }
}
