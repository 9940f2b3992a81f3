package io.memberday.local.aws;

import io.memberday.local.outbox.Outbox;
import io.memberday.local.outbox.Sent;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * SNS: Publish, to a phone or to a topic.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
public final class Sns implements AwsService {
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{5,14}");

    /** All the parts of one text message together. */
    private static final int LONGEST_SMS_BYTES = 1600;

    private final Outbox outbox;
    private final Topics topics;
    private final InstantSource clock;

    public Sns(Outbox outbox, Topics topics, InstantSource clock) {
        this.outbox = outbox;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public String signingName() {
        return "sns";
    }

    @Override
    public boolean speaksJson() {
        return false;
    }

    @Override
    public String answer(AwsCall call) {
        if (!call.action().equals("Publish")) {
            throw new AwsError(400, "InvalidAction", call.action() + " is not local");
        }
        AwsCall.Form form = call.form();
        String message = form.required("Message");
        Optional<String> phone = form.get("PhoneNumber");
        String id =
                phone.isPresent()
                        ? send(phone.get(), message, attributes(form))
                        : topics.publish(
                                form.get("TopicArn").orElseGet(() -> form.required("TargetArn")),
                                message);
        return Xml.element("MessageId", id);
    }

    private String send(String phone, String text, Map<String, String> attributes) {
        if (!E164.matcher(phone).matches()) {
            throw new AwsError(
                    400,
                    "InvalidParameter",
                    "Invalid parameter: PhoneNumber Reason: %s is not valid to publish to"
                            .formatted(phone));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_SMS_BYTES) {
            throw new AwsError(
                    400, "InvalidParameter", "Invalid parameter: Message Reason: Message too long");
        }
        String id = UUID.randomUUID().toString();
        outbox.add(new Sent.Sms(id, clock.instant(), phone, text, attributes));
        return id;
    }

    private static Map<String, String> attributes(AwsCall.Form form) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 1; form.get(entry(i, "Name")).isPresent(); i++) {
            attributes.put(
                    form.required(entry(i, "Name")), form.required(entry(i, "Value.StringValue")));
        }
        return attributes;
    }

    private static String entry(int number, String field) {
        return "MessageAttributes.entry.%d.%s".formatted(number, field);
    }
}
