package io.memberday.result;

import io.memberday.campaign.Run;
import io.memberday.member.Channel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's result (R60, R62, R63), computed from rows at a moment and never counted up.
 *
 * @param run as it was read
 * @param terms by which it is measured
 * @param computedAt the moment
 * @param progress how far the run has come
 * @param excluded members left out at planning, by reason
 * @param touches what became of the members in the batches
 * @param feedback what the providers reported; nothing if they have reported nothing yet
 * @param sent members who were sent the message, and what they bought
 * @param held members held out, and what they bought
 * @param days from the run's day on
 * @param lines by channel and template
 * @param groups by variant, segment, tier, layer, stage and channel
 */
public record CampaignResult(
        Run run,
        Terms terms,
        Instant computedAt,
        Progress progress,
        Map<String, Long> excluded,
        Touches touches,
        Optional<Deliveries> feedback,
        Arm sent,
        Arm held,
        List<Day> days,
        List<Line> lines,
        List<Group> groups) {

    /**
     * @param slices of the run
     * @param scanned slices scanned to their end
     * @param batches written
     * @param open batches whose sending is not done
     * @param countsUntil when the last order can count
     */
    public record Progress(int slices, int scanned, long batches, long open, Instant countsUntil) {
        /** Whether every slice is scanned and every batch done (P5). */
        public boolean finished() {
            return scanned == slices && open == 0;
        }
    }

    /**
     * P5's sum: sent + failed + unknown + suppressed + held out = members, once the run has
     * finished.
     *
     * @param members in the batches, held out included
     * @param sent accepted by the provider
     * @param failed by the provider's error code
     * @param unknown perhaps accepted; never sent again
     * @param suppressed by reason
     * @param heldOut the control group
     * @param parts billed
     * @param smsOfSeveralParts sent SMS that took more than one part
     * @param costMicros millionths of the currency's major unit
     */
    public record Touches(
            long members,
            long sent,
            Map<String, Long> failed,
            long unknown,
            Map<String, Long> suppressed,
            long heldOut,
            long parts,
            long smsOfSeveralParts,
            long costMicros) {
        /** Members with an outcome or held out. */
        public long ended() {
            return sent + total(failed) + unknown + total(suppressed) + heldOut;
        }

        /** Members in the batches without an outcome yet. */
        public long open() {
            return members - ended();
        }

        static long total(Map<String, Long> byReason) {
            return byReason.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Messages by their provider's last word.
     *
     * @param delivered reached the recipient's device or mailbox
     * @param bounced came back
     * @param complained marked as spam; delivered too
     * @param bouncedBy of those that came back: why, where the provider says so
     * @param bill what the provider takes for the messages of which it says that
     */
    public record Deliveries(
            long delivered,
            long bounced,
            long complained,
            Map<String, Long> bouncedBy,
            Optional<Bill> bill) {}

    /**
     * @param messages whose price the provider reported
     * @param parts of them
     * @param microDollars millionths of a US dollar, whatever the store's currency
     */
    public record Bill(long messages, long parts, long microDollars) {}

    /**
     * @param date in the store's zone
     * @param sent messages sent on it
     * @param buyers whose first order of the window was paid on it
     * @param orders paid on it
     * @param minor what these brought less refunds
     */
    public record Day(LocalDate date, long sent, long buyers, long orders, long minor) {}

    /** What one template did on one channel (R64). */
    public record Line(
            Channel channel,
            String template,
            long sent,
            long parts,
            long costMicros,
            long buyers,
            long orders,
            long minor) {}

    public CampaignResult {
        days = List.copyOf(days);
        lines = List.copyOf(lines);
        groups = List.copyOf(groups);
    }

    /** The groups of one kind. */
    public List<Group> groups(Group.By by) {
        return groups.stream().filter(group -> group.key().by() == by).toList();
    }

    /** Every further variant against the first. */
    public List<Group.Versus> versus() {
        return Group.versus(groups);
    }

    /** When the figures cannot move any more: no order counts, and no refund. */
    public Instant settledAt() {
        return (progress.finished()
                        ? progress.countsUntil()
                        : run.until().plus(terms.attribution()))
                .plus(terms.refunds());
    }

    /** Whether that time has come: the result is what it will always be. */
    public boolean settled() {
        return !computedAt.isBefore(settledAt());
    }

    /** The comparison of the two groups; nothing where one is empty. */
    public Optional<Uplift> uplift() {
        return Uplift.of(sent, held);
    }

    /** Whether orders can still come to count. */
    public boolean windowOpen() {
        return computedAt.isBefore(progress.countsUntil());
    }
}
