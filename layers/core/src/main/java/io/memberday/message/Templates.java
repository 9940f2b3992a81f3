package io.memberday.message;

import io.memberday.member.Channel;

import java.util.Map;
import java.util.Optional;

/** The shop's message templates, checked and compiled. */
public interface Templates {

    /** The template of a channel in a language, or in the store's own where it has none. */
    Optional<Template> find(Channel channel, String id, String language);

    /** One template in one language: logic-less, its variables checked at build. */
    interface Template {
        Channel channel();

        String id();

        String language();

        /** Fills in the variables; a variable that is not given takes its written default. */
        Body render(Map<String, String> variables, SmsEnding ending);
    }

    /**
     * What follows an SMS text: first the opt-out words (marketing only), then the signature.
     *
     * @param optOut empty for service messages
     * @param signature such as {@code 【store】}
     */
    record SmsEnding(String optOut, String signature) {}
}
