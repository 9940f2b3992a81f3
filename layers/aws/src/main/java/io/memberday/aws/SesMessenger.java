package io.memberday.aws;

import io.memberday.message.Messenger;
import io.memberday.message.TagText;

import jakarta.mail.MessagingException;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageTag;

import java.time.Clock;
import java.util.List;

/** Email by SES, as raw MIME: its other calls take no headers. The client must not retry. */
public final class SesMessenger implements Messenger {
    private final SesClient client;
    private final String from;
    private final Clock clock;

    /**
     * @param from such as {@code Cotton Lane <hello@cottonlane.example>}
     */
    public SesMessenger(SesClient client, String from, Clock clock) {
        this.client = client;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public Answer send(Envelope envelope) {
        byte[] mime;
        try {
            mime = Mime.of(envelope, from, clock.instant());
        } catch (MessagingException e) {
            // Its text may quote the address, which is personal: it is left out.
            return new Answer.Failed("InvalidAddress");
        }
        List<MessageTag> tags =
                envelope.tags().entrySet().stream()
                        .map(
                                tag ->
                                        MessageTag.builder()
                                                .name(tag.getKey())
                                                .value(TagText.of(tag.getValue()))
                                                .build())
                        .toList();
        try {
            return new Answer.Sent(
                    client.sendRawEmail(
                                    send ->
                                            send.destinations(envelope.address())
                                                    .rawMessage(
                                                            raw ->
                                                                    raw.data(
                                                                            SdkBytes.fromByteArray(
                                                                                    mime)))
                                                    .tags(tags))
                            .messageId());
        } catch (SdkException e) {
            return ProviderErrors.answer(e);
        }
    }
}
