package io.memberday.local.aws;

import io.memberday.json.Json;
import io.memberday.local.engine.LocalCredentials;
import io.memberday.local.outbox.Outbox;
import io.memberday.local.outbox.Sent;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * SNS: Publish, to a phone or to a topic. Of SMS that it accepted and did not deliver it writes the
 * delivery status log, as with a sampling of 0 % of those that it did.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
public final class Sns implements AwsService {
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{5,14}");

    /** The log group of what was not delivered, by convention. */
    private static final String FAILURES =
            "sns/%s/%s/DirectPublishToPhoneNumber/Failure"
                    .formatted(LocalCredentials.REGION, LocalCredentials.ACCOUNT_ID);

    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** All the parts of one text message together. */
    private static final int LONGEST_SMS_BYTES = 1600;

    private final Outbox outbox;
    private final Topics topics;
    private final LogGroups logs;
    private final InstantSource clock;
    private volatile Function<String, Optional<String>> undelivered = phone -> Optional.empty();

    public Sns(Outbox outbox, Topics topics, LogGroups logs, InstantSource clock) {
        this.outbox = outbox;
        this.topics = topics;
        this.logs = logs;
        this.clock = clock;
    }

    /**
     * From now on some of the SMS that are accepted are not delivered.
     *
     * @param why by phone, in SNS's own words, such as {@code No quota left for account}
     */
    public void failToDeliver(Function<String, Optional<String>> why) {
        undelivered = why;
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
        Optional<String> why = undelivered.apply(phone);
        if (why.isPresent()) {
            logs.put(FAILURES, failure(id, phone, why.get()));
        } else {
            outbox.add(new Sent.Sms(id, clock.instant(), phone, text, attributes));
        }
        return id;
    }

    private String failure(String id, String phone, String why) {
        return Json.write(
                Map.of(
                        "notification",
                        Map.of("messageId", id, "timestamp", LOG_TIME.format(clock.instant())),
                        "delivery",
                        Map.of(
                                "destination",
                                phone,
                                "smsType",
                                "Transactional",
                                "providerResponse",
                                why,
                                "dwellTimeMs",
                                118),
                        "status",
                        "FAILURE"));
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
