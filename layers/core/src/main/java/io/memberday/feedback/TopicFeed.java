package io.memberday.feedback;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Takes what AWS puts on the topics: replies by SMS and SES's reports. All of it may come twice.
 */
public final class TopicFeed {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

    /** SES tries a new topic with a text of its own. */
    private static final String TRIAL = "Successfully validated SNS topic";

    private final Refusals refusals;
    private final FeedbackStore feedback;

    public TopicFeed(Refusals refusals, FeedbackStore feedback) {
        this.refusals = refusals;
        this.feedback = feedback;
    }

    /**
     * Takes one message.
     *
     * @param at when it was published
     * @throws io.memberday.json.BadInput if it is of no known shape
     */
    public void take(String message, Instant at) {
        if (message.startsWith(TRIAL)) {
            return;
        }
        take(Json.read(message), at);
    }

    /** Takes one message as JSON. */
    public void take(Fields fields, Instant at) {
        if (InboundSms.is(fields)) {
            reply(InboundSms.read(fields), at);
        } else if (EmailReport.is(fields)) {
            EmailReport.read(fields).ifPresent(this::report);
        } else {
            throw fields.bad(
                    "notificationType",
                    "is neither an SES report nor an SMS reply: check the topic");
        }
    }

    private void reply(InboundSms sms, Instant at) {
        Set<Kind> refused = StopWords.refusedBy(sms.text());
        if (StopWords.takesBack(sms.text())) {
            refusals.takeBack(Channel.SMS, sms.from(), at);
            LOG.info("reply {} takes a stop word back", sms.id());
            return;
        }
        if (refused.isEmpty()) {
            LOG.info("reply {} is no stop word", sms.id());
            return;
        }
        refusals.refuse(Channel.SMS, sms.from(), refused, Refusals.REPLY, at);
        LOG.info("reply {} refuses {}", sms.id(), refused);
    }

    private void report(EmailReport report) {
        Feedback said = report.feedback();
        if (said.kind() == Feedback.Kind.BOUNCED && said.lasting()) {
            report.recipients().forEach(address -> refusals.dead(Channel.EMAIL, address));
        }
        if (said.kind() == Feedback.Kind.COMPLAINED) {
            report.recipients()
                    .forEach(
                            address ->
                                    refusals.refuse(
                                            Channel.EMAIL,
                                            address,
                                            Set.of(Kind.MARKETING),
                                            Refusals.COMPLAINT,
                                            said.at()));
        }
        report.origin().ifPresent(origin -> feedback.write(origin, List.of(said)));
        LOG.info("message {} was {}", said.messageId(), said.kind().key());
    }
}
