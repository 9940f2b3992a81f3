package io.memberday.feedback;

import java.util.Arrays;
import java.util.Locale;

/**
 * Why SNS did not deliver an SMS that it had accepted, by the text of its delivery status log. The
 * texts are those of SNS's developer guide ("SMS delivery failure reasons"), in its older and its
 * present words, and the one for the account's monthly spend limit, which the guide does not list.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html">Viewing
 *     CloudWatch metrics and logs for SMS deliveries</a>
 */
enum SmsFailure {
    /** The month's money is spent: the message was dropped, and every further one will be. */
    SPEND_LIMIT("no quota left for account"),
    /** The number answered STOP, and AWS keeps to it. */
    OPTED_OUT("phone number is opted out"),
    /** Nobody's number: the only reason that lasts. */
    INVALID_NUMBER("invalid phone number"),
    /** Switched off or without signal; some carriers say so of numbers given up, too. */
    UNREACHABLE("phone is currently unreachable/unavailable"),
    CARRIER_UNREACHABLE("phone carrier is currently unreachable/unavailable"),
    SPAM("blocked as spam by phone carrier"),
    CARRIER_BLOCKED("phone carrier has blocked this message"),
    PHONE_BLOCKED("phone has blocked sms", "phone is on a blocked list", "phone is blacklisted"),
    DESTINATION_BLOCKED(
            "destination is on a blocked list",
            "destination is blacklisted",
            "destination is blocked"),
    INVALID_BODY("message body is invalid"),
    MAX_PRICE("this delivery would exceed max price"),
    UNKNOWN("unknown error attempting to reach phone"),
    /** A text that AWS did not have when this was written. */
    OTHER;

    private final String[] texts;

    SmsFailure(String... texts) {
        this.texts = texts;
    }

    /** The word in rows and reports. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the provider's text says; {@link #OTHER} if it is not known. */
    static SmsFailure of(String providerResponse) {
        String plain = providerResponse.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(failure -> Arrays.stream(failure.texts).anyMatch(plain::startsWith))
                .findFirst()
                .orElse(OTHER);
    }
}
