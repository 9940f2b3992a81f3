package io.memberday.send;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.member.Channel;
import io.memberday.playbook.Frozen;
import io.memberday.touch.ChannelStops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What is done when the account's money for a month of SMS is spent. SNS then goes on accepting
 * messages and drops them, and tells of it only afterwards: so the whole channel stops until the
 * month is over or an operator says that the limit was raised, and each run that sends by it is
 * paused for the operator. Whoever was dropped is not written to again (P2).
 */
public final class SpendLimit {
    /** The reason of runs that it pauses. */
    static final String CODE = "MONTHLY_SPEND_LIMIT";

    private static final Logger LOG = LoggerFactory.getLogger(SpendLimit.class);

    private final RunStore runs;
    private final ChannelStops stops;
    private final Halts halts;
    private final Clock clock;

    public SpendLimit(RunStore runs, ChannelStops stops, Halts halts, Clock clock) {
        this.runs = runs;
        this.stops = stops;
        this.halts = halts;
        this.clock = clock;
    }

    /**
     * Takes it that a message was dropped. It may come late and more than once: what was taken in a
     * month that is over, or before an operator last let the channel go on, says nothing of now.
     *
     * @param taken when SNS took the message
     */
    public void reached(Instant taken) {
        Instant until =
                YearMonth.from(taken.atZone(ZoneOffset.UTC))
                        .plusMonths(1)
                        .atDay(1)
                        .atTime(LocalTime.MIDNIGHT)
                        .toInstant(ZoneOffset.UTC);
        Instant now = clock.instant();
        ChannelStops.Stop known = stops.of(Channel.SMS);
        if (!until.isAfter(now) || known.liftedSince(taken)) {
            LOG.info("SMS were dropped before the account was seen to");
            return;
        }
        if (known.until().filter(until::equals).isEmpty()) {
            halts.channel(Channel.SMS, CODE);
            if (!stops.stop(Channel.SMS, taken, until)) {
                return;
            }
        }
        runs.all().stream()
                .filter(run -> run.state() == Run.State.RUNNING && !run.until().isBefore(now))
                .filter(run -> sendsSms(run.id()))
                .forEach(run -> halts.run(run.id(), Channel.SMS, CODE));
    }

    private boolean sendsSms(String run) {
        return runs.frozen(run)
                .map(Frozen::read)
                .filter(
                        frozen ->
                                frozen.campaign().allSends().stream()
                                        .anyMatch(send -> send.channel() == Channel.SMS))
                .isPresent();
    }
}
