package io.memberday.aws;

import io.memberday.member.Kind;
import io.memberday.message.Messenger;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

import java.util.HashMap;
import java.util.Map;

/** SMS by SNS. The client must not retry: {@link Clients#sns}. */
public final class SnsMessenger implements Messenger {
    private final SnsClient client;
    private final String senderId;

    /**
     * @param senderId shown as the sender where a country supports it; may be empty
     */
    public SnsMessenger(SnsClient client, String senderId) {
        this.client = client;
        this.senderId = senderId;
    }

    @Override
    public Answer send(Envelope envelope) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        attributes.put(
                "AWS.SNS.SMS.SMSType",
                text(envelope.kind() == Kind.SERVICE ? "Transactional" : "Promotional"));
        if (!senderId.isEmpty()) {
            attributes.put("AWS.SNS.SMS.SenderID", text(senderId));
        }
        try {
            return new Answer.Sent(
                    client.publish(
                                    publish ->
                                            publish.phoneNumber(envelope.address())
                                                    .message(envelope.body().text())
                                                    .messageAttributes(attributes))
                            .messageId());
        } catch (SdkException e) {
            return ProviderErrors.answer(e);
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }
}
