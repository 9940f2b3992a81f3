package io.memberday.local.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A message that a function sent. */
public sealed interface Sent {
    /** As the provider told the sender. */
    String id();

    /** By the moved clock. */
    Instant at();

    /**
     * A text message, as SNS took it.
     *
     * @param phone E.164
     * @param attributes such as {@code AWS.SNS.SMS.SMSType}
     */
    record Sms(String id, Instant at, String phone, String text, Map<String, String> attributes)
            implements Sent {}

    /**
     * An email, as SES took it.
     *
     * @param to who gets it
     * @param headers all of the MIME message's, by name in lower case; the last of equal ones
     * @param text the plain part, empty if there is none
     * @param html the HTML part, empty if there is none
     * @param raw the MIME message itself
     */
    record Email(
            String id,
            Instant at,
            List<String> to,
            String subject,
            Map<String, String> headers,
            String text,
            String html,
            String raw)
            implements Sent {}
}
