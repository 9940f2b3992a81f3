package io.memberday.playbook;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Stages;
import io.memberday.message.Templates;
import io.memberday.money.Money;
import io.memberday.money.Price;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shop itself.
 *
 * @param name as customers know it
 * @param signature such as {@code 【store】}, last on every SMS
 * @param zone of all dates and times
 * @param currency ISO 4217
 * @param country ISO 3166-1 alpha-2, for phones written without a country code
 * @param language of members whose own is unknown or has no template
 * @param channels price, rate and sender of each channel in use
 * @param caps marketing messages per member
 * @param quietFrom marketing waits from this local time
 * @param quietTo until this local time
 * @param holdoutPercent where a campaign says nothing
 * @param horizon how far back a segment may ask for single purchases
 * @param stages recency boundaries in days
 * @param pointsPerUnit points for one major unit of a kept purchase
 * @param monthBudget cap over all marketing of a calendar month
 * @param optOut by language, the words before the signature of a marketing SMS; may be empty
 * @param signatures by language, where another than {@code signature} ends the SMS: brackets such
 *     as 【】 turn a text of the Latin alphabet into one of 70 characters a part
 * @param placeholders identities that stand for nobody, such as a marketplace's relay address
 * @param measuring by what its marketing is measured
 * @param approveAbove a run with a larger audience waits for an operator's approval; none if no run
 *     does
 * @param logistics its carriers
 */
public record Store(
        String name,
        String signature,
        ZoneId zone,
        String currency,
        String country,
        String language,
        Map<Channel, ChannelPolicy> channels,
        Caps caps,
        LocalTime quietFrom,
        LocalTime quietTo,
        int holdoutPercent,
        Duration horizon,
        Stages stages,
        int pointsPerUnit,
        Optional<Money> monthBudget,
        Map<String, String> optOut,
        Map<String, String> signatures,
        Set<String> placeholders,
        Measuring measuring,
        Optional<Long> approveAbove,
        Logistics logistics) {

    /** What follows an SMS text in a language: opt-out words on marketing, then the signature. */
    public Templates.SmsEnding ending(Kind kind, String language) {
        return new Templates.SmsEnding(
                kind == Kind.MARKETING ? inLanguage(optOut, language).orElse("") : "",
                inLanguage(signatures, language).orElse(signature));
    }

    /** A text in a language, else in its base language, else in the store's. */
    public <T> Optional<T> inLanguage(Map<String, T> texts, String wanted) {
        return Optional.ofNullable(texts.get(wanted))
                .or(() -> Optional.ofNullable(texts.get(wanted.split("[-_]", 2)[0])))
                .or(() -> Optional.ofNullable(texts.get(language)));
    }

    /**
     * @param price per SMS part or per email
     * @param perSecond messages that the provider's account allows
     * @param sender SMS sender id (may be empty) or the From of an email
     */
    public record ChannelPolicy(Price price, int perSecond, String sender) {}

    /**
     * By what a store's marketing is measured.
     *
     * @param globalHoldoutPercent of all members, who get no marketing at all (R62)
     * @param refundPeriod how long after a run's last order counts its figures may still move; then
     *     they are kept as they are
     * @param buyersOfTenThousand who buy among so many addressed, where no earlier run tells (R35)
     */
    public record Measuring(
            int globalHoldoutPercent, Duration refundPeriod, int buyersOfTenThousand) {
        /** Where the store says nothing: nobody is held out of everything. */
        public static final Measuring USUAL = new Measuring(0, Duration.ofDays(15), 100);
    }

    /** Most marketing messages per member and channel; 0 means no cap. */
    public record Caps(int perDay, int perWeek, int perYear) {}
}
