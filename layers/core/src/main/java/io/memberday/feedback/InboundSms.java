package io.memberday.feedback;

import io.memberday.json.Fields;

/**
 * A reply by SMS, as AWS's two-way SMS puts it on a topic.
 *
 * @param id AWS's, for logs
 * @param from the phone in E.164
 * @param text whole
 */
public record InboundSms(String id, String from, String text) {

    /** Whether a topic's message is one. */
    public static boolean is(Fields message) {
        return message.has("originationNumber");
    }

    /**
     * @throws io.memberday.json.BadInput if it is not complete
     */
    public static InboundSms read(Fields message) {
        return new InboundSms(
                message.optionalText("inboundMessageId").orElse("without id"),
                message.text("originationNumber"),
                message.optionalText("messageBody").orElse(""));
    }
}
