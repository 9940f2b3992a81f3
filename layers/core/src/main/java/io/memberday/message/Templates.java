package io.memberday.message;

import io.memberday.member.Channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shop's message templates, checked and compiled. */
public interface Templates {

    /** The template of a channel in a language, or in the store's own where it has none. */
    Optional<Template> find(Channel channel, String id, String language);

    /** Every template, by channel, id and language. */
    List<Template> all();

    /** The compiled form as JSON objects. */
    List<Map<String, Object>> compiled();

    /** One template in one language: logic-less, its variables checked at build. */
    sealed interface Template permits SmsTemplate, EmailTemplate {
        Channel channel();

        String id();

        String language();

        /** The variables that it names. */
        Set<String> variables();

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
