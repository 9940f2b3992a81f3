package io.memberday.feedback;

import io.memberday.json.Fields;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of SNS's delivery status log of SMS.
 *
 * @param feedback of the message; its time is when SNS took the message, as the line says no other
 * @param failure why it was not delivered, if it was not
 * @param phone in E.164; empty if the line names none
 */
record SmsReport(Feedback feedback, Optional<SmsFailure> failure, String phone) {
    /** {@code 2016-06-28 00:40:34.558}, in UTC, with as many digits as there are. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter(Locale.ROOT);

    private static final int MOST_PARTS = 1000;
    private static final int MICROS = 6;

    /** The record's own form would show the phone. */
    @Override
    public String toString() {
        return "SmsReport[" + feedback.messageId() + "]";
    }

    /**
     * @throws io.memberday.json.BadInput if SNS writes no such line
     */
    static SmsReport read(Fields line) {
        Fields message = line.object("notification");
        Fields delivery = line.object("delivery");
        String phone = delivery.optionalText("destination").orElse("");
        Optional<Feedback.Bill> bill =
                delivery.optionalDecimal("priceInUSD").map(price -> bill(delivery, price));
        String id = message.text("messageId");
        Instant taken = taken(message);
        return switch (line.text("status")) {
            case "SUCCESS" ->
                    new SmsReport(
                            new Feedback(id, Feedback.Kind.DELIVERED, false, taken, "", bill),
                            Optional.empty(),
                            phone);
            case "FAILURE" -> {
                SmsFailure failure =
                        SmsFailure.of(delivery.optionalText("providerResponse").orElse(""));
                yield new SmsReport(
                        new Feedback(
                                id,
                                Feedback.Kind.BOUNCED,
                                failure == SmsFailure.INVALID_NUMBER,
                                taken,
                                failure.key(),
                                bill),
                        Optional.of(failure),
                        phone);
            }
            default -> throw line.bad("status", "is neither SUCCESS nor FAILURE");
        };
    }

    private static Instant taken(Fields message) {
        try {
            return LocalDateTime.parse(message.text("timestamp"), TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw message.bad("timestamp", "write it as 2016-06-28 00:40:34.558");
        }
    }

    private static Feedback.Bill bill(Fields delivery, BigDecimal dollars) {
        return new Feedback.Bill(
                delivery.optionalWhole("numberOfMessageParts", 0, MOST_PARTS)
                        .map(Math::toIntExact)
                        .orElse(1),
                dollars.movePointRight(MICROS).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
}
