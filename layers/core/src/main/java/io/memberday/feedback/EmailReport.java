package io.memberday.feedback;

import io.memberday.json.Fields;
import io.memberday.message.TagText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What SES reports of an email, whether published as a notification of an identity or as an event
 * of a configuration set: they differ in the name of the type and in the tags.
 *
 * @param feedback of the message
 * @param origin whose message it was, if the message was tagged with it
 * @param recipients whom the report is about
 */
public record EmailReport(Feedback feedback, Optional<Origin> origin, List<String> recipients) {
    /** The tag that names the run of a message. */
    public static final String RUN = "run";

    /** The tags that name a service touch. */
    public static final String TOUCHPOINT = "touchpoint";

    public static final String SUBJECT = "subject";

    /** Types that say nothing of what became of a message, or nothing yet. */
    private static final Set<String> WITHOUT_RESULT =
            Set.of(
                    "AmazonSnsSubscriptionSucceeded",
                    "Send",
                    "Open",
                    "Click",
                    "DeliveryDelay",
                    "Subscription",
                    "Received");

    /** Whether a topic's message is one. */
    public static boolean is(Fields message) {
        return message.has("notificationType") || message.has("eventType");
    }

    /**
     * Reads a report; nothing if it has no result.
     *
     * @throws io.memberday.json.BadInput if SES sends no such thing
     */
    public static Optional<EmailReport> read(Fields message) {
        String field = message.has("eventType") ? "eventType" : "notificationType";
        String type = message.text(field);
        if (WITHOUT_RESULT.contains(type)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (type) {
                    case "Bounce" -> {
                        Fields bounce = message.object("bounce");
                        yield report(
                                message,
                                bounce,
                                Feedback.Kind.BOUNCED,
                                "Permanent".equals(bounce.text("bounceType")),
                                addresses(bounce, "bouncedRecipients"));
                    }
                    case "Complaint" -> {
                        Fields complaint = message.object("complaint");
                        yield report(
                                message,
                                complaint,
                                Feedback.Kind.COMPLAINED,
                                false,
                                addresses(complaint, "complainedRecipients"));
                    }
                    case "Delivery" -> {
                        Fields delivery = message.object("delivery");
                        yield report(
                                message,
                                delivery,
                                Feedback.Kind.DELIVERED,
                                false,
                                delivery.texts("recipients"));
                    }
                    // Accepted and then not sent, for a virus or a template's error.
                    case "Reject", "Rendering Failure" ->
                            report(
                                    message,
                                    message.object("mail"),
                                    Feedback.Kind.BOUNCED,
                                    false,
                                    List.of());
                    default ->
                            throw message.bad(
                                    field, "is no type of report that is known: add its handling");
                });
    }

    private static EmailReport report(
            Fields message,
            Fields details,
            Feedback.Kind kind,
            boolean lasting,
            List<String> recipients) {
        Fields mail = message.object("mail");
        return new EmailReport(
                new Feedback(mail.text("messageId"), kind, lasting, details.time("timestamp")),
                origin(mail),
                recipients);
    }

    private static List<String> addresses(Fields details, String list) {
        List<String> addresses = new ArrayList<>();
        details.objects(list).forEach(one -> addresses.add(one.text("emailAddress")));
        return addresses;
    }

    /** Only events carry tags, as an object of lists. */
    private static Optional<Origin> origin(Fields mail) {
        return mail.optionalObject("tags").flatMap(EmailReport::tagged);
    }

    private static Optional<Origin> tagged(Fields tags) {
        Optional<Origin> run = tag(tags, RUN).map(Origin.OfRun::new);
        return run.isPresent()
                ? run
                : tag(tags, TOUCHPOINT)
                        .flatMap(
                                touchpoint ->
                                        tag(tags, SUBJECT)
                                                .map(
                                                        subject ->
                                                                new Origin.OfTouch(
                                                                        touchpoint, subject)));
    }

    private static Optional<String> tag(Fields tags, String name) {
        return tags.texts(name).stream().findFirst().map(TagText::read);
    }
}
