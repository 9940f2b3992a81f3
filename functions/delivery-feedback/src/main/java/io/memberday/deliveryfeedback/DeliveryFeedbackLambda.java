package io.memberday.deliveryfeedback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbFeedbackStore;
import io.memberday.aws.DynamoDbRefusalStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookSecrets;
import io.memberday.campaign.RunStore;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Refusals;
import io.memberday.feedback.SmsLogFeed;
import io.memberday.feedback.TopicFeed;
import io.memberday.feedback.UnsubscribePages;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.playbook.Playbooks;
import io.memberday.send.Halts;
import io.memberday.send.SpendLimit;
import io.memberday.touch.ChannelStops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears what comes back: unsubscribe links by HTTP, replies and SES's reports by SNS or the
 * account's bus, SNS's own reports as lines of its log. A stream handler, since these have nothing
 * in common.
 */
public final class DeliveryFeedbackLambda implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFeedbackLambda.class);

    private static final String NO_SCRIPT =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors"
                    + " 'none'";

    private final UnsubscribePages pages;
    private final TopicFeed feed;
    private final SmsLogFeed smsLog;

    public DeliveryFeedbackLambda() {
        this(Env.system());
    }

    public DeliveryFeedbackLambda(Env env) {
        this(env, Clients.dynamoDb(), new Sleep());
    }

    private DeliveryFeedbackLambda(Env env, DynamoDbClient dynamoDb, Sleep sleep) {
        this(
                env,
                new Refusals(
                        new DynamoDbRefusalStore(
                                dynamoDb,
                                env.membersTable(),
                                env.identitiesTable(),
                                env.memberActivityTable()),
                        Playbooks.load().ladder()),
                new DynamoDbFeedbackStore(dynamoDb, env.campaignResultsTable(), sleep),
                new DynamoDbRunStore(dynamoDb, env.campaignResultsTable()),
                new DynamoDbChannelStops(dynamoDb, env.campaignResultsTable(), sleep));
    }

    private DeliveryFeedbackLambda(
            Env env, Refusals refusals, FeedbackStore feedback, RunStore runs, ChannelStops stops) {
        this(
                new UnsubscribePages(
                        Playbooks.load().store().name(),
                        new UnsubscribeLinks(
                                new WebhookSecrets(
                                        Clients.secretsManager(),
                                        env.webhookSecrets(),
                                        env.clock())),
                        refusals,
                        env.clock()),
                new TopicFeed(refusals, feedback),
                new SmsLogFeed(
                        refusals,
                        feedback,
                        new SpendLimit(
                                runs,
                                stops,
                                new Halts(
                                        runs,
                                        new EventBridgeBus(Clients.eventBridge(), env.eventBus()),
                                        env.clock()),
                                env.clock())));
    }

    DeliveryFeedbackLambda(UnsubscribePages pages, TopicFeed feed, SmsLogFeed smsLog) {
        this.pages = pages;
        this.feed = feed;
        this.smsLog = smsLog;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        Fields event = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        if (event.has(LogEvent.FIELD)) {
            List<String> lines = LogEvent.lines(event);
            throwAny(smsLog.take(lines), lines.size());
        } else if (event.has("Records")) {
            published(event.objects("Records"));
        } else if (event.has("detail-type")) {
            // As SES puts it on the account's bus, without an envelope that says when.
            feed.take(event.object("detail"), event.time("time"));
        } else {
            out.write(Json.write(gateway(called(event))).getBytes(StandardCharsets.UTF_8));
        }
    }

    private UnsubscribePages.Answer called(Fields event) {
        String token = event.object("pathParameters").text("token");
        String method = event.object("requestContext").object("http").text("method");
        return method.equals("POST") ? pages.post(token, body(event)) : pages.look(token);
    }

    /** As API Gateway takes it, format 2.0. */
    private static Map<String, Object> gateway(UnsubscribePages.Answer answer) {
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("statusCode", answer.status());
        gateway.put(
                "headers",
                Map.of(
                        "content-type", "text/html; charset=utf-8",
                        "cache-control", "no-store",
                        "content-security-policy", NO_SCRIPT,
                        "referrer-policy", "no-referrer",
                        "x-robots-tag", "noindex"));
        gateway.put("body", answer.body());
        gateway.put("isBase64Encoded", false);
        return gateway;
    }

    /** API Gateway hands over a form in Base64. */
    private static String body(Fields event) {
        String body = event.optionalText("body").orElse("");
        return event.optionalTruth("isBase64Encoded").orElse(false)
                ? new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1)
                : body;
    }

    private void published(List<Fields> records) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Fields record : records) {
            Fields sns = record.object("Sns");
            try {
                feed.take(sns.text("Message"), sns.time("Timestamp"));
            } catch (RuntimeException e) {
                LOG.error("record {} failed", sns.optionalText("MessageId").orElse("?"), e);
                failures.add(e);
            }
        }
        throwAny(failures, records.size());
    }

    /**
     * Every record is taken, whatever becomes of the others; then the invocation fails if one could
     * not be taken, so that Lambda calls again and at last puts the event where failed invocations
     * go.
     */
    private static void throwAny(List<RuntimeException> failures, int records) {
        if (!failures.isEmpty()) {
            IllegalStateException failed =
                    new IllegalStateException(
                            "%d of %d records failed, the first: %s"
                                    .formatted(
                                            failures.size(),
                                            records,
                                            failures.getFirst().getMessage()));
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }
}
