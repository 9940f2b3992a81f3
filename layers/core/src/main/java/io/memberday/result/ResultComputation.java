package io.memberday.result;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.result.CampaignResult.Deliveries;
import io.memberday.result.CampaignResult.Progress;
import io.memberday.result.PaidOrders.PaidOrder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes a run's result from rows (R60): the audience and the holdout from batch rows, what
 * became of each touch from outcome rows, orders from the index of paid days. Nothing is kept that
 * grows with the audience, but the members who paid for something in the run's time and eight bytes
 * for each SMS that was sent. Batches and outcomes of a slice stream side by side, in the sequence
 * of their ids.
 *
 * <p>An order counts if it was paid after its member's message was claimed and less than N × 24 h
 * later; for a member held out, after the run's planned time. It counts with what is left after
 * refunds, and not at all once refunded in full. Only members whose message was <em>sent</em> are
 * participants: a failed one reached nobody, an unknown one perhaps. Who was sent a message under
 * one name and held out under another, merged since, is a participant.
 */
public final class ResultComputation {
    private final AudienceStore audience;
    private final OutcomeRows outcomes;
    private final FeedbackStore feedback;
    private final PaidOrders orders;
    private final MemberLookup members;

    public ResultComputation(
            AudienceStore audience,
            OutcomeRows outcomes,
            FeedbackStore feedback,
            PaidOrders orders,
            MemberLookup members) {
        this.audience = audience;
        this.outcomes = outcomes;
        this.feedback = feedback;
        this.orders = orders;
        this.members = members;
    }

    /** The result as it stands at a moment. */
    public CampaignResult compute(Run run, Terms terms, Instant now) {
        Buyers buyers = new Buyers(paidIn(run, terms, now), members, run.id());
        TouchTally touches = new TouchTally(terms, buyers);
        Map<String, Long> excluded = new TreeMap<>();
        int scanned = 0;
        for (int slice = 0; slice < run.slices(); slice++) {
            List<Page> pages = audience.pages(run.id(), slice);
            scanned += !pages.isEmpty() && pages.getLast().next().isEmpty() ? 1 : 0;
            for (Page page : pages) {
                page.excluded()
                        .forEach(
                                (reason, count) -> excluded.merge(reason, (long) count, Long::sum));
            }
            touches.slice(audience.batches(run.id(), slice).iterator());
            outcomes.each(run.id(), slice, touches::outcomes);
            touches.endOfSlice();
        }
        Instant countsUntil = touches.lastSent().orElse(run.at()).plus(terms.attribution());
        Sales sales = new Sales(run, terms);
        buyers.all().forEach(sales::add);
        return new CampaignResult(
                run,
                terms,
                now,
                new Progress(run.slices(), scanned, touches.batches(), touches.open(), countsUntil),
                excluded,
                touches.touches(),
                deliveries(run, touches),
                sales.sent(touches.touches().sent()),
                sales.held(touches.touches().heldOut()),
                sales.days(touches.sentByDay(), earlier(now, countsUntil)),
                sales.lines(touches.lines()),
                sales.groups(touches.groups()));
    }

    private List<PaidOrder> paidIn(Run run, Terms terms, Instant now) {
        Instant end = earlier(now, run.until().plus(terms.attribution()));
        List<PaidOrder> paid = new ArrayList<>();
        LocalDate last = LocalDate.ofInstant(end, terms.zone());
        for (LocalDate day = LocalDate.ofInstant(run.at(), terms.zone());
                !day.isAfter(last);
                day = day.plusDays(1)) {
            orders.on(
                    day,
                    order -> {
                        if (order.keptMinor() > 0 && order.paidAt().isAfter(run.at())) {
                            paid.add(order);
                        }
                    });
        }
        return paid;
    }

    /**
     * Each message by its provider's last word: a lasting bounce outweighs a delivery, a passing
     * one does not (an absence note arrives as a bounce of a message that was delivered). Reports
     * on SMS name no run: those of the days on which it sent are picked by their messages' ids.
     */
    private Optional<Deliveries> deliveries(Run run, TouchTally touches) {
        DeliveryTally tally = new DeliveryTally();
        feedback.each(new Origin.OfRun(run.id()), tally::add);
        MessageIds sms = touches.sms();
        if (!sms.isEmpty()) {
            for (Origin day : Origin.OfSms.between(run.at(), touches.lastSent().orElse(run.at()))) {
                feedback.each(
                        day,
                        report -> {
                            if (sms.contains(report.messageId())) {
                                tally.add(report);
                            }
                        });
            }
        }
        return tally.deliveries();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
