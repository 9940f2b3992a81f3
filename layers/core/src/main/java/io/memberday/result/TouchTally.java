package io.memberday.result;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;
import io.memberday.result.CampaignResult.Line;
import io.memberday.result.CampaignResult.Touches;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcomes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what became of a run's touches while its rows stream past. */
final class TouchTally {
    private final Terms terms;
    private final Buyers buyers;
    private final Map<String, Outcome> ofBatch = new HashMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private final Map<String, Long> suppressed = new TreeMap<>();
    private final Map<LocalDate, Long> sentByDay = new TreeMap<>();
    private final Map<String, Line> lines = new TreeMap<>();
    private String batch = "";
    private long members;
    private long heldOut;
    private long sent;
    private long unknown;
    private long parts;
    private long smsOfSeveralParts;
    private long costMicros;
    private @Nullable Instant lastSent;

    TouchTally(Terms terms, Buyers buyers) {
        this.terms = terms;
        this.buyers = buyers;
    }

    void batch(Batch row) {
        members += row.members().size() + row.held().size();
        heldOut += row.held().size();
        row.held().forEach(buyers::held);
    }

    /** Takes one row; those of a batch that was taken up twice come one after the other. */
    void outcomes(String ofWhich, List<Outcome> row) {
        if (!ofWhich.equals(batch)) {
            endOfBatch();
            batch = ofWhich;
        }
        row.forEach(outcome -> ofBatch.merge(outcome.memberId(), outcome, Outcomes::holding));
    }

    /** Counts the batch whose rows have all come. */
    void endOfBatch() {
        ofBatch.values().forEach(this::count);
        ofBatch.clear();
        batch = "";
    }

    private void count(Outcome outcome) {
        parts += outcome.parts();
        costMicros += outcome.costMicros();
        switch (outcome.status()) {
            case SENT -> countSent(outcome);
            case FAILED -> failed.merge(outcome.reason(), 1L, Long::sum);
            case UNKNOWN -> unknown++;
            case SUPPRESSED -> suppressed.merge(outcome.reason(), 1L, Long::sum);
        }
    }

    private void countSent(Outcome outcome) {
        sent++;
        if (outcome.channel() == Channel.SMS && outcome.parts() > 1) {
            smsOfSeveralParts++;
        }
        if (lastSent == null || outcome.at().isAfter(lastSent)) {
            lastSent = outcome.at();
        }
        sentByDay.merge(LocalDate.ofInstant(outcome.at(), terms.zone()), 1L, Long::sum);
        lines.merge(lineOf(outcome), line(outcome), TouchTally::sum);
        buyers.sent(outcome);
    }

    static String lineOf(Outcome outcome) {
        return outcome.channel().key() + " " + outcome.template();
    }

    private static Line line(Outcome outcome) {
        return new Line(
                outcome.channel(),
                outcome.template(),
                1,
                outcome.parts(),
                outcome.costMicros(),
                0,
                0,
                0);
    }

    private static Line sum(Line one, Line other) {
        return new Line(
                one.channel(),
                one.template(),
                one.sent() + other.sent(),
                one.parts() + other.parts(),
                one.costMicros() + other.costMicros(),
                one.buyers() + other.buyers(),
                one.orders() + other.orders(),
                one.minor() + other.minor());
    }

    Touches touches() {
        return new Touches(
                members,
                sent,
                failed,
                unknown,
                suppressed,
                heldOut,
                parts,
                smsOfSeveralParts,
                costMicros);
    }

    Map<LocalDate, Long> sentByDay() {
        return sentByDay;
    }

    /** By {@link #lineOf}. */
    Map<String, Line> lines() {
        return lines;
    }

    Optional<Instant> lastSent() {
        return Optional.ofNullable(lastSent);
    }
}
