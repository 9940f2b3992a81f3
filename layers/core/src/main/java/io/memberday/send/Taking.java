package io.memberday.send;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Lease;
import io.memberday.campaign.Funds;
import io.memberday.campaign.Run;
import io.memberday.campaign.Screening;
import io.memberday.touch.QuietHours;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/** What is to be done with a batch that the clock released. */
sealed interface Taking {
    /** Nothing now: what remains to be done the clock brings back. */
    record Leave() implements Taking {}

    /** Close it: what has no outcome yet is suppressed for the reason. */
    record Close(String reason) implements Taking {}

    /** Send it, with so much more money set aside. */
    record Send(Lease lease) implements Taking {}

    /** Whose pot a run's money comes from, beside its own. */
    static YearMonth month(Run run) {
        return YearMonth.from(run.date());
    }

    /**
     * Decides from rows as they are; the transaction that follows holds only if they still are.
     *
     * @param month the run's month's pot
     * @param quietHours on the clock of the batch's members
     */
    static Taking of(Run run, Batch batch, Funds month, QuietHours quietHours, Instant now) {
        if (batch.done().isPresent() || batch.owner().filter(o -> o.mayLive(now)).isPresent()) {
            return new Leave();
        }
        Optional<String> over =
                over(run, batch, now)
                        .map(
                                reason ->
                                        dropped(run, batch, quietHours)
                                                ? Screening.QUIET_HOURS
                                                : reason);
        if (over.isPresent()) {
            return new Close(over.get());
        }
        if (run.state() != Run.State.RUNNING || quietHours.at(now)) {
            return new Leave();
        }
        long held = batch.owner().map(Batch.Owner::leasedMicros).orElse(0L);
        // What a dead owner leased still stands: leasing it again would bind it twice.
        long micros = held > 0 ? 0 : Math.multiplyExact(batch.members().size(), batch.eachMicros());
        Funds.Answer ofRun = run.funds().lease(micros);
        Funds.Answer ofMonth = month.lease(micros);
        if (ofRun == Funds.Answer.NEVER || ofMonth == Funds.Answer.NEVER) {
            return new Close("budget");
        }
        return ofRun == Funds.Answer.LATER || ofMonth == Funds.Answer.LATER
                ? new Leave()
                : new Send(new Lease(micros, run.budgetMicros(), month(run), month.capMicros()));
    }

    /** Whether the window of the batch was cut where the quiet hours begin. */
    private static boolean dropped(Run run, Batch batch, QuietHours quietHours) {
        return run.state() != Run.State.CANCELLED
                && batch.until().isBefore(run.until())
                && quietHours.at(batch.until());
    }

    /** Why nothing of the batch is sent any more. */
    static Optional<String> over(Run run, Batch batch, Instant now) {
        if (run.state() == Run.State.CANCELLED) {
            return Optional.of("cancelled");
        }
        return now.isAfter(run.until()) || now.isAfter(batch.until())
                ? Optional.of("window")
                : Optional.empty();
    }
}
