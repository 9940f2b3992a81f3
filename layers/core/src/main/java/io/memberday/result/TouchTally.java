package io.memberday.result;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Marks;
import io.memberday.member.Channel;
import io.memberday.result.CampaignResult.Line;
import io.memberday.result.CampaignResult.Touches;
import io.memberday.result.Group.By;
import io.memberday.result.Group.Key;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcomes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
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
    private final MessageIds sms = new MessageIds();
    private final Map<Key, Counts> groups = new TreeMap<>();

    /** Of the batch that was read last: member → the parts to which it belongs. */
    private final Map<String, List<Key>> keys = new HashMap<>();

    private Iterator<Batch> coming = Collections.emptyIterator();
    private String keysOf = "";
    private String batch = "";
    private long batches;
    private long open;
    private long members;
    private long heldOut;
    private long sent;
    private long unknown;
    private long parts;
    private long smsOfSeveralParts;
    private long costMicros;
    private @Nullable Instant lastSent;

    /** How many of a part of the audience. */
    static final class Counts {
        private long sent;
        private long held;
        private long parts;
        private long costMicros;

        long sent() {
            return sent;
        }

        long held() {
            return held;
        }

        long parts() {
            return parts;
        }

        long costMicros() {
            return costMicros;
        }
    }

    TouchTally(Terms terms, Buyers buyers) {
        this.terms = terms;
        this.buyers = buyers;
    }

    /** Begins a slice, whose batches come by id. */
    void slice(Iterator<Batch> ofSlice) {
        coming = ofSlice;
    }

    /** Takes one row; those of a batch that was taken up twice come one after the other. */
    void outcomes(String ofWhich, List<Outcome> row) {
        if (!ofWhich.equals(batch)) {
            endOfBatch();
            batch = ofWhich;
            while (coming.hasNext() && keysOf.compareTo(ofWhich) < 0) {
                batch(coming.next());
            }
        }
        row.forEach(outcome -> ofBatch.merge(outcome.memberId(), outcome, Outcomes::holding));
    }

    /** Counts what remains of a slice. */
    void endOfSlice() {
        endOfBatch();
        coming.forEachRemaining(this::batch);
        keys.clear();
        keysOf = "";
    }

    private void batch(Batch row) {
        batches++;
        open += row.done().isEmpty() ? 1 : 0;
        members += row.members().size() + row.held().size();
        heldOut += row.held().size();
        keys.clear();
        keysOf = row.id();
        for (int i = 0; i < row.members().size(); i++) {
            keys.put(row.members().get(i), keys(row, i));
        }
        for (int i = 0; i < row.held().size(); i++) {
            List<Key> its = keys(row, row.members().size() + i);
            its.forEach(key -> group(key).held++);
            buyers.held(row.held().get(i), its);
        }
    }

    /** The parts of the audience to which a member of a batch belongs. */
    private List<Key> keys(Batch row, int index) {
        Marks.Standing standing = terms.marks().standing(row, index);
        List<Key> its = new ArrayList<>();
        its.add(new Key(By.CHANNEL, row.channel().key()));
        key(By.VARIANT, row.variant()).ifPresent(its::add);
        key(By.TIER, standing.tier()).ifPresent(its::add);
        key(By.LAYER, standing.layer()).ifPresent(its::add);
        key(By.STAGE, standing.stage()).ifPresent(its::add);
        standing.segments().forEach(name -> its.add(new Key(By.SEGMENT, name)));
        return its;
    }

    private static Optional<Key> key(By by, String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new Key(by, name));
    }

    private Counts group(Key key) {
        return groups.computeIfAbsent(key, missing -> new Counts());
    }

    /** Counts the batch whose rows have all come. */
    private void endOfBatch() {
        ofBatch.values().forEach(this::count);
        ofBatch.clear();
        batch = "";
    }

    private void count(Outcome outcome) {
        parts += outcome.parts();
        costMicros += outcome.costMicros();
        List<Key> its = keys.getOrDefault(outcome.memberId(), List.of());
        for (Key key : its) {
            Counts group = group(key);
            group.parts += outcome.parts();
            group.costMicros += outcome.costMicros();
            group.sent += outcome.status() == Outcome.Status.SENT ? 1 : 0;
        }
        switch (outcome.status()) {
            case SENT -> countSent(outcome, its);
            case FAILED -> failed.merge(outcome.reason(), 1L, Long::sum);
            case UNKNOWN -> unknown++;
            case SUPPRESSED -> suppressed.merge(outcome.reason(), 1L, Long::sum);
        }
    }

    private void countSent(Outcome outcome, List<Key> its) {
        sent++;
        if (outcome.channel() == Channel.SMS) {
            sms.add(outcome.messageId());
            smsOfSeveralParts += outcome.parts() > 1 ? 1 : 0;
        }
        if (lastSent == null || outcome.at().isAfter(lastSent)) {
            lastSent = outcome.at();
        }
        sentByDay.merge(LocalDate.ofInstant(outcome.at(), terms.zone()), 1L, Long::sum);
        lines.merge(lineOf(outcome), line(outcome), TouchTally::sum);
        buyers.sent(outcome, its);
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

    long batches() {
        return batches;
    }

    /** Batches that are not done. */
    long open() {
        return open;
    }

    Map<Key, Counts> groups() {
        return groups;
    }

    Map<LocalDate, Long> sentByDay() {
        return sentByDay;
    }

    /** By {@link #lineOf}. */
    Map<String, Line> lines() {
        return lines;
    }

    /** Those of the SMS that were sent. */
    MessageIds sms() {
        return sms;
    }

    Optional<Instant> lastSent() {
        return Optional.ofNullable(lastSent);
    }
}
