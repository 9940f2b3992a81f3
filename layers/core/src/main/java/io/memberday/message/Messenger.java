package io.memberday.message;

import io.memberday.member.Kind;

import java.util.Map;
import java.util.Optional;

/** Sends on one channel; one class per provider. The provider call is never retried inside. */
@FunctionalInterface
public interface Messenger {

    /**
     * @param address E.164 phone or email address
     * @param body rendered
     * @param kind by which providers choose route and priority
     * @param unsubscribe one-click link for an email that needs one
     * @param tags ids only, given to the provider so that its feedback names the touch
     */
    record Envelope(
            String address,
            Body body,
            Kind kind,
            Optional<String> unsubscribe,
            Map<String, String> tags) {
        /** Without address and text: they are personal. */
        @Override
        public String toString() {
            return "Envelope" + tags;
        }
    }

    /** What became of one provider call. */
    sealed interface Answer {
        /** Accepted. */
        record Sent(String messageId) implements Answer {}

        /** Refused for good; the reason is a provider's error code, never its text. */
        record Failed(String reason) implements Answer {}

        /** Certainly not accepted, and worth another try later. */
        record Throttled(String reason) implements Answer {}

        /**
         * Certainly not accepted, nor will anything else be on this channel until somebody sees to
         * the account: it is paused, out of money, not verified or not allowed.
         */
        record Halted(String reason) implements Answer {}

        /** Perhaps accepted: a time-out or a broken connection. */
        record Unknown(String reason) implements Answer {}
    }

    Answer send(Envelope envelope);
}
