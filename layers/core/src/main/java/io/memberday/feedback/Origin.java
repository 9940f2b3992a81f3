package io.memberday.feedback;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What a report tells of its message besides the message's id: there it is kept and found. */
public sealed interface Origin {

    /** An email of a run, which is tagged with it. */
    record OfRun(String run) implements Origin {}

    /** An email of a service touch, which is tagged with both. */
    record OfTouch(String touchpoint, String subject) implements Origin {}

    /**
     * An SMS: SNS knows no tags, and tells of whatever the account sends. Whoever looks for a
     * message knows its id and about when it was sent.
     *
     * @param day on which SNS took the message, UTC
     */
    record OfSms(LocalDate day) implements Origin {
        /** How far the provider's clock and ours may be apart. */
        private static final Duration APART = Duration.ofMinutes(5);

        /** The day of a message. */
        public static OfSms at(Instant taken) {
            return new OfSms(LocalDate.ofInstant(taken, ZoneOffset.UTC));
        }

        /** The days on which the provider may have taken what we sent between two times. */
        public static List<OfSms> between(Instant first, Instant last) {
            Stream<LocalDate> days =
                    at(first.minus(APART)).day().datesUntil(at(last.plus(APART)).day().plusDays(1));
            return days.map(OfSms::new).toList();
        }
    }
}
