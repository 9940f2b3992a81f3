package io.memberday.message;

import io.memberday.playbook.Store;

import java.util.Map;
import java.util.Optional;

/**
 * A worded message.
 *
 * @param template that was filled
 * @param body as it goes out
 * @param costMicros what the channel's provider asks for it
 */
public record Worded(Templates.Template template, Body body, long costMicros) {

    /**
     * Fills a template.
     *
     * @throws IllegalStateException if the store has no such channel
     */
    public static Worded of(
            Store store,
            Templates.Template template,
            Map<String, String> variables,
            Templates.SmsEnding ending) {
        Body body = template.render(variables, ending);
        long price =
                Optional.ofNullable(store.channels().get(template.channel()))
                        .map(policy -> policy.price().micros())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the store has no channel "
                                                        + template.channel().key()));
        return new Worded(template, body, Math.multiplyExact(price, body.parts()));
    }

    /** Template and language, as outcomes name them: {@code member-day/zh}. */
    public String name() {
        return template.id() + "/" + template.language();
    }
}
