package io.memberday.result;

import static io.memberday.result.Figures.cost;
import static io.memberday.result.Figures.count;
import static io.memberday.result.Figures.ratio;

import io.memberday.campaign.Run;
import io.memberday.member.Channel;
import io.memberday.result.CampaignResult.Line;
import io.memberday.result.CampaignResult.Progress;
import io.memberday.result.CampaignResult.Touches;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader must know before trusting a result's figures. */
final class Remarks {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Remarks() {}

    /** The gravest first; none if there is nothing to say. */
    static List<String> of(CampaignResult result) {
        List<String> remarks = new ArrayList<>();
        Touches touches = result.touches();
        Progress progress = result.progress();
        if (touches.open() < 0) {
            remarks.add(
                    "The rows contradict each other: %s members have ended, but the batches hold %s."
                            .formatted(count(touches.ended()), count(touches.members())));
        }
        if (result.run().state() != Run.State.RUNNING) {
            remarks.add(state(result.run()));
        }
        if (!progress.finished()) {
            remarks.add(
                    ("Not finished: %s of %s slices scanned, %s of %s batches not done. All figures"
                                    + " are as of now.")
                            .formatted(
                                    count(progress.scanned()),
                                    count(progress.slices()),
                                    count(progress.open()),
                                    count(progress.batches())));
        } else if (touches.open() > 0) {
            remarks.add(
                    "%s members have no outcome although every batch is done."
                            .formatted(count(touches.open())));
        }
        if (touches.smsOfSeveralParts() > 0) {
            remarks.add(severalParts(result));
        }
        if (result.windowOpen()) {
            remarks.add(
                    "Orders still come to count, until %s."
                            .formatted(
                                    TIME.format(
                                            progress.countsUntil().atZone(result.terms().zone()))));
        }
        return remarks;
    }

    private static String state(Run run) {
        String why = run.why().isEmpty() ? "" : " (" + run.why() + ")";
        return switch (run.state()) {
            case RUNNING -> "The run is under way.";
            case PAUSED -> "The run is paused" + why + ": resume or cancel it.";
            case CANCELLED -> "The run is cancelled" + why + ".";
            case COUNTING -> "Nothing is sent before the run's audience has been counted.";
            case AWAITING -> "The run awaits an operator's approval" + why + ": nothing is sent.";
        };
    }

    private static String severalParts(CampaignResult result) {
        Touches touches = result.touches();
        String currency = result.terms().currency();
        long inOnePart = touches.costMicros();
        long sms = 0;
        long parts = 0;
        for (Line line : result.lines()) {
            if (line.channel() == Channel.SMS) {
                sms += line.sent();
                parts += line.parts();
                inOnePart -= line.costMicros() - line.costMicros() * line.sent() / line.parts();
            }
        }
        return ("%s of %s SMS took more than one part, %s parts in all, for %s. In one part each"
                    + " the run would have cost %s and its ROI would be %s: shorten the text or its"
                    + " opt-out words.")
                .formatted(
                        count(touches.smsOfSeveralParts()),
                        count(sms),
                        count(parts),
                        cost(touches.costMicros(), currency),
                        cost(inOnePart, currency),
                        ratio(result.sent().minor(), inOnePart, currency));
    }
}
