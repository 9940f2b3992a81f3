package io.memberday.feedback;

import io.memberday.json.Fields;
import io.memberday.message.TagText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What SES reports of an email, whether published as a notification of an identity or as an event
 * of a configuration set: they differ in the name of the type and in the tags.
 *
 * @param feedback of the message
 * @param run whose message it was, if the message was tagged with one
 * @param recipients whom the report is about
 */
public record EmailReport(Feedback feedback, Optional<String> run, List<String> recipients) {
    /** The tag that names the run of a message. */
    public static final String RUN = "run";

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
                run(mail),
                recipients);
    }

    private static List<String> addresses(Fields details, String list) {
        List<String> addresses = new ArrayList<>();
        details.objects(list).forEach(one -> addresses.add(one.text("emailAddress")));
        return addresses;
    }

    /** Only events carry tags, as an object of lists. */
    private static Optional<String> run(Fields mail) {
        Function<Fields, List<String>> runs = tags -> tags.texts(RUN);
        return mail.optionalObject("tags")
                .map(runs)
                .flatMap(named -> named.stream().findFirst())
                .map(TagText::read);
    }
}
