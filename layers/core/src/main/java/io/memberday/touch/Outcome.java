package io.memberday.touch;

import io.memberday.member.Channel;

import java.time.Instant;
import java.util.Locale;

/**
 * What became of one touch. Every touch has exactly one.
 *
 * @param memberId whom it was for
 * @param status what became of it
 * @param reason a word such as {@code consent}, {@code cap}, {@code quiet}, {@code budget}, or a
 *     provider's error code; empty when sent
 * @param channel on which
 * @param parts billed
 * @param costMicros millionths of the store currency's major unit
 * @param at when
 * @param messageId the provider's; empty if there is none
 * @param template id and language that was rendered; empty if none was
 */
public record Outcome(
        String memberId,
        Status status,
        String reason,
        Channel channel,
        int parts,
        long costMicros,
        Instant at,
        String messageId,
        String template) {

    /** How a touch ends. A sent one may become delivered or bounced by the provider's feedback. */
    public enum Status {
        SENT,
        FAILED,
        UNKNOWN,
        SUPPRESSED;

        /** The name in rows and reports. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
