package io.memberday.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * One execution of a campaign. What it needs is frozen beside it when it is planned ({@link
 * RunStore#frozen}): a later deployment changes nothing in a run under way.
 *
 * @param id {@code campaign@local-date}, of a wave {@code campaign@local-date#wave}
 * @param campaign the campaign's id
 * @param date in the store's zone
 * @param at when it was due
 * @param until after which nothing is sent any more
 * @param slices segments of the member table's scan
 * @param state as the operator or the account left it
 * @param budgetMicros cap in millionths of the currency's major unit
 * @param committedMicros leased or spent; never above the cap
 * @param spentMicros of that, what sending has cost for certain
 * @param why it is in its state, in ids and codes: {@code operator}, or {@code sms OptInRequired};
 *     empty where there is nothing to say
 */
public record Run(
        String id,
        String campaign,
        LocalDate date,
        Instant at,
        Instant until,
        int slices,
        State state,
        Optional<Long> budgetMicros,
        long committedMicros,
        long spentMicros,
        String why) {

    /** Whether a run may send. */
    public enum State {
        RUNNING,
        /** By an operator, or because the account cannot send; it may go on. */
        PAUSED,
        /** For ever: what is not sent yet is closed as such. */
        CANCELLED,
        /** Nothing is sent until it is known whether its audience needs an approval. */
        COUNTING,
        /** Its audience is larger than the store lets go without an operator's approval. */
        AWAITING;

        /** The name in answers, rows and reports. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A run about whose state there is nothing to say. */
    public Run(
            String id,
            String campaign,
            LocalDate date,
            Instant at,
            Instant until,
            int slices,
            State state,
            Optional<Long> budgetMicros,
            long committedMicros,
            long spentMicros) {
        this(
                id,
                campaign,
                date,
                at,
                until,
                slices,
                state,
                budgetMicros,
                committedMicros,
                spentMicros,
                "");
    }

    /** This in another state. */
    public Run with(State next, String reason) {
        return new Run(
                id,
                campaign,
                date,
                at,
                until,
                slices,
                next,
                budgetMicros,
                committedMicros,
                spentMicros,
                reason);
    }

    /** The run's pot of money. */
    public Funds funds() {
        return new Funds(budgetMicros, committedMicros, spentMicros);
    }

    /** The {@link io.memberday.playbook.Campaign#key} of its campaign or wave. */
    public String campaignKey() {
        return id.replace("@" + date, "");
    }
}
