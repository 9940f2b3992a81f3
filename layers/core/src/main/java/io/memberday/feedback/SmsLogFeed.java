package io.memberday.feedback;

import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.send.SpendLimit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the lines of SNS's delivery status log, of whatever the account sent. They may come days
 * late and more than once. A number that answered STOP is refused, one that is nobody's is dead;
 * what passes, or is about the message and not the number, is only kept.
 */
public final class SmsLogFeed {
    private static final Logger LOG = LoggerFactory.getLogger(SmsLogFeed.class);

    private final Refusals refusals;
    private final FeedbackStore feedback;
    private final SpendLimit spendLimit;

    public SmsLogFeed(Refusals refusals, FeedbackStore feedback, SpendLimit spendLimit) {
        this.refusals = refusals;
        this.feedback = feedback;
        this.spendLimit = spendLimit;
    }

    /**
     * Takes lines that came together: every one, whatever becomes of the others.
     *
     * @return why some could not be taken: they are to come again
     */
    public List<RuntimeException> take(List<String> lines) {
        List<RuntimeException> failures = new ArrayList<>();
        List<SmsReport> reports = new ArrayList<>();
        for (String line : lines) {
            attempt(failures, () -> reports.add(SmsReport.read(Json.read(line))));
        }
        // First of all: each second more of sending is lost.
        reports.stream()
                .filter(report -> failed(report, SmsFailure.SPEND_LIMIT))
                .map(report -> report.feedback().at())
                .max(Comparator.naturalOrder())
                .ifPresent(taken -> attempt(failures, () -> spendLimit.reached(taken)));
        Map<Origin, List<Feedback>> byDay = new LinkedHashMap<>();
        for (SmsReport report : reports) {
            byDay.computeIfAbsent(Origin.OfSms.at(report.feedback().at()), day -> new ArrayList<>())
                    .add(report.feedback());
            attempt(failures, () -> ofNumber(report));
        }
        byDay.forEach((day, said) -> attempt(failures, () -> feedback.write(day, said)));
        return failures;
    }

    private void ofNumber(SmsReport report) {
        Instant taken = report.feedback().at();
        if (report.phone().isEmpty()) {
            return;
        }
        if (failed(report, SmsFailure.OPTED_OUT)) {
            // AWS keeps every message from it, whatever its kind.
            refusals.refuse(
                    Channel.SMS, report.phone(), Set.of(Kind.values()), Refusals.LOG, taken);
            LOG.info("message {}: its number had opted out", report.feedback().messageId());
        } else if (failed(report, SmsFailure.INVALID_NUMBER)) {
            refusals.dead(Channel.SMS, report.phone());
            LOG.info("message {}: its number is nobody's", report.feedback().messageId());
        }
    }

    private static boolean failed(SmsReport report, SmsFailure how) {
        return report.failure().filter(how::equals).isPresent();
    }

    private static void attempt(List<RuntimeException> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("a part of the delivery log failed", e);
            failures.add(e);
        }
    }
}
