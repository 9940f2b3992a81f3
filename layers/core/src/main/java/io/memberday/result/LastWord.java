package io.memberday.result;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.member.Channel;
import io.memberday.touch.Outcome;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a provider said of one message after it had taken it, for an explanation (R69). */
final class LastWord {
    private final FeedbackStore feedback;

    LastWord(FeedbackStore feedback) {
        this.feedback = feedback;
    }

    /**
     * The report that holds: as {@link DeliveryTally} counts it.
     *
     * @param ended how the touch ended
     * @param tagged where an email's reports are kept
     */
    Optional<Word> of(Outcome ended, Origin tagged) {
        if (ended.messageId().isEmpty()) {
            return Optional.empty();
        }
        List<? extends Origin> origins =
                ended.channel() == Channel.SMS
                        ? Origin.OfSms.between(ended.at(), ended.at())
                        : List.of(tagged);
        Map<Feedback.Kind, Feedback> said = new EnumMap<>(Feedback.Kind.class);
        origins.stream()
                .flatMap(origin -> feedback.of(origin, ended.messageId()).stream())
                .forEach(report -> said.put(report.kind(), report));
        return Optional.ofNullable(holding(said)).map(Word::new);
    }

    private static Feedback holding(Map<Feedback.Kind, Feedback> said) {
        Feedback bounced = said.get(Feedback.Kind.BOUNCED);
        if (bounced != null && bounced.lasting()) {
            return bounced;
        }
        return said.getOrDefault(
                Feedback.Kind.COMPLAINED, said.getOrDefault(Feedback.Kind.DELIVERED, bounced));
    }

    /** A report as it is told. */
    record Word(Feedback report) {
        void put(Map<String, Object> answer) {
            answer.put("delivery", report.kind().key());
            if (!report.reason().isEmpty()) {
                answer.put("deliveryReason", report.reason());
            }
        }

        String told() {
            return switch (report.kind()) {
                case DELIVERED -> "The provider reports it as delivered.";
                case COMPLAINED -> "It was delivered, and marked as spam.";
                case BOUNCED ->
                        report.reason().isEmpty()
                                ? "It came back: it was not delivered."
                                : "It was not delivered: %s.".formatted(report.reason());
            };
        }
    }
}
