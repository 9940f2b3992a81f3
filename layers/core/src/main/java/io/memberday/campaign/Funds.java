package io.memberday.campaign;

import java.util.Optional;

/**
 * A pot of money that batches lease from before they send and to which they return what they did
 * not need (R54). What is leased counts as gone, so that the cap holds whatever runs at once.
 *
 * @param capMicros the most that may ever be committed; none if there is no cap
 * @param committedMicros leased or spent
 * @param spentMicros of that, spent for certain: this part never comes back
 */
public record Funds(Optional<Long> capMicros, long committedMicros, long spentMicros) {

    /** Whether a lease can be had. */
    public enum Answer {
        YES,
        /** Not while others hold their leases: they may return enough. */
        LATER,
        /** Not even if all that is leased came back. */
        NEVER
    }

    /** Whether so much can be leased. */
    public Answer lease(long micros) {
        if (capMicros.isEmpty() || committedMicros + micros <= capMicros.get()) {
            return Answer.YES;
        }
        return spentMicros + micros <= capMicros.get() ? Answer.LATER : Answer.NEVER;
    }
}
