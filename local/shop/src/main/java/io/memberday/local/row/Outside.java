package io.memberday.local.row;

import io.memberday.aws.DynamoDbCouponStore;
import io.memberday.aws.DynamoDbNamedMembers;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.IamSigner;
import io.memberday.local.LocalStack;
import io.memberday.local.aws.AwsError;
import io.memberday.local.function.Outcome;
import io.memberday.local.outbox.Sent;
import io.memberday.local.storefront.Storefronts;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Member;
import io.memberday.message.TagText;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * All ways by which the world reaches the system, and what it sees of it: webhooks, replies, clicks
 * and reports of providers, an operator's calls, time, and the messages. Tables are only read.
 */
final class Outside implements AutoCloseable {
    private static final List<String> DEAD_LETTERS =
            List.of(
                    "SliceDeadLetters",
                    "MarketingDeadLetters",
                    "ServiceDeadLetters",
                    "CaseDeadLetters",
                    "FailedInvocations");

    /** Kept, since its level is forgotten with it. */
    private static final Logger FAILURES =
            Logger.getLogger("io.memberday.local.function.LoadedInstance");

    private final LocalStack stack;
    private final Storefronts storefronts;
    private final HttpClient http = HttpClient.newHttpClient();
    private Consumer<Instant> between = stop -> {};

    Outside(LocalStack stack) {
        this.stack = stack;
        storefronts = new Storefronts(stack.api(), stack.signer("WebhookSecrets"), stack.clock());
        stack.travel().onStop(stop -> between.accept(stop));
    }

    /** Nobody is known and nothing was ever sent. */
    void empty() {
        between = stop -> {};
        stack.reset();
    }

    /** Sets the clock; nothing that was due on the way happens. */
    void jumpTo(Instant time) {
        stack.travel().jumpTo(time);
    }

    /** Lets time go by, with all that is due on the way. */
    void moveTo(Instant time) {
        stack.travel().moveTo(time);
        stack.settle();
    }

    /** Has something happen once, at the first stop of the clock's way from a time on. */
    void onTheWay(Instant from, Runnable what) {
        between =
                stop -> {
                    if (!stop.isBefore(from)) {
                        between = later -> {};
                        what.run();
                    }
                };
    }

    /** Sends signed webhooks, each of which must be taken. */
    void post(List<Webhook> webhooks) {
        storefronts.send(webhooks, () -> {});
        stack.settle();
    }

    /** Where anybody may post anything. */
    Door door() {
        return new Door(stack);
    }

    /** A reply by SMS, as AWS's two-way SMS puts it on its topic. */
    void reply(String phone, String text) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("originationNumber", phone);
        reply.put("destinationNumber", "+12025550142");
        reply.put("messageKeyword", "MEMBERDAY");
        reply.put("messageBody", text);
        reply.put("inboundMessageId", "reply-" + Integer.toHexString(phone.hashCode()));
        stack.publish("InboundSmsTopic", Json.write(reply));
        stack.settle();
    }

    /** Follows the one-click link of an email, as a mail client does. */
    void click(Sent.Email email) {
        String link = String.valueOf(email.headers().get("list-unsubscribe"));
        int path = link.indexOf("/unsubscribe/");
        storefronts.click(link.substring(path, link.indexOf('>', path)));
        stack.settle();
    }

    /**
     * SES reports what became of an email.
     *
     * @param type {@code Delivery} or {@code Bounce}, a lasting one
     */
    void report(Sent message, String address, String type, String run) {
        String at = stack.clock().instant().toString();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("eventType", type);
        report.put(
                type.equals("Delivery") ? "delivery" : "bounce",
                type.equals("Delivery")
                        ? Map.of("timestamp", at, "recipients", List.of(address))
                        : Map.of(
                                "timestamp",
                                at,
                                "bounceType",
                                "Permanent",
                                "bouncedRecipients",
                                List.of(Map.of("emailAddress", address))));
        report.put(
                "mail",
                Map.of("messageId", message.id(), "tags", Map.of("run", List.of(TagText.of(run)))));
        stack.publish("EmailFeedbackTopic", Json.write(report));
        stack.settle();
    }

    /** From now on the SMS provider refuses to write to a phone. */
    void bar(String phone) {
        String number = phone.substring(1);
        stack.aws()
                .injectFault(
                        call -> {
                            if (call.action().equals("Publish") && call.body().contains(number)) {
                                throw new AwsError(400, "InvalidParameter", "no such phone");
                            }
                        });
    }

    /** From now on SNS accepts every SMS and drops it, or delivers again. */
    void spent(boolean spent) {
        stack.failToDeliver(
                phone -> Optional.of("No quota left for account").filter(text -> spent));
    }

    /**
     * What the HTTP API answers.
     *
     * @param status of HTTP
     * @param body JSON
     */
    record Answer(int status, Fields body) {}

    /** A request to the HTTP API, signed by the local credentials as IAM wants it. */
    Answer asked(String method, String path, String json) {
        return answer(IamSigner.request(method, stack.api().resolve(path), json));
    }

    /** The same request, but its body is another than the one that was signed. */
    Answer altered(String path, String signed, String sent) {
        return answer(
                HttpRequest.newBuilder(
                                IamSigner.request("POST", stack.api().resolve(path), signed),
                                (name, value) -> true)
                        .POST(HttpRequest.BodyPublishers.ofString(sent))
                        .build());
    }

    /** A request to the HTTP API that nobody signed. */
    Answer unsigned(String path, String json) {
        return answer(
                HttpRequest.newBuilder(stack.api().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            stack.settle();
            return new Answer(response.statusCode(), Json.read(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API was asked", e);
        }
    }

    /**
     * Calls a function as an operator does.
     *
     * @throws IllegalStateException if it fails
     */
    Fields call(String function, Map<String, Object> request) {
        Outcome outcome = stack.invoke(function, Json.write(request));
        if (outcome.failed()) {
            throw new IllegalStateException(function + " failed: " + outcome.payload());
        }
        stack.settle();
        return Json.read(outcome.payload());
    }

    /** The words in which a function refuses a call; nothing if it takes it. */
    Optional<String> refusal(String function, Map<String, Object> request) {
        Level level = FAILURES.getLevel();
        // It fails as it must: its stack need not fill the log.
        FAILURES.setLevel(Level.OFF);
        try {
            Outcome outcome = stack.invoke(function, Json.write(request));
            return outcome.failed()
                    ? Optional.of(Json.read(outcome.payload()).text("errorMessage"))
                    : Optional.empty();
        } finally {
            FAILURES.setLevel(level);
        }
    }

    /** Every message since the shop was empty. */
    List<Sent> messages() {
        return stack.outbox().all();
    }

    /** The dead-letter queues that hold something. */
    List<String> deadLetters() {
        return DEAD_LETTERS.stream().filter(queue -> stack.queue(queue).visible() > 0).toList();
    }

    /** The member whom an identity names. */
    Member member(String identity) {
        return new DynamoDbNamedMembers(
                        stack.dynamoDb(), stack.name("IdentitiesTable"), stack.name("MembersTable"))
                .find(identity)
                .orElseThrow(() -> new IllegalStateException(identity + " is nobody"));
    }

    /** What time it is. */
    Instant now() {
        return stack.clock().instant();
    }

    /** The items of a member's activity that begin so, under each of the member's ids. */
    List<String> activity(Member member, String start) {
        return Stream.concat(Stream.of(member.id()), member.was().stream())
                .flatMap(
                        id ->
                                stack
                                        .dynamoDb()
                                        .queryPaginator(
                                                query ->
                                                        query.tableName(
                                                                        stack.name(
                                                                                "MemberActivityTable"))
                                                                .keyConditionExpression(
                                                                        "memberId = :member AND"
                                                                            + " begins_with(#item,"
                                                                            + " :start)")
                                                                .expressionAttributeNames(
                                                                        Map.of("#item", "item"))
                                                                .expressionAttributeValues(
                                                                        Map.of(
                                                                                ":member",
                                                                                AttributeValue
                                                                                        .fromS(id),
                                                                                ":start",
                                                                                AttributeValue
                                                                                        .fromS(
                                                                                                start))))
                                        .items()
                                        .stream())
                .map(item -> item.get("item").s())
                .toList();
    }

    /** Every touch that was ever planned and not taken back. */
    List<ServiceTouch> touches() {
        return stack
                .dynamoDb()
                .scanPaginator(
                        scan ->
                                scan.tableName(stack.name("CampaignResultsTable"))
                                        .filterExpression("begins_with(pk, :touch)")
                                        .expressionAttributeValues(
                                                Map.of(":touch", AttributeValue.fromS("touch#"))))
                .items()
                .stream()
                .map(ServiceTouchFormat::touch)
                .toList();
    }

    /** The coupons that were issued to a member. */
    List<CouponIssued> coupons(Member member) {
        DynamoDbCouponStore coupons =
                new DynamoDbCouponStore(stack.dynamoDb(), stack.name("MemberActivityTable"));
        return Stream.concat(Stream.of(member.id()), member.was().stream())
                .flatMap(id -> coupons.of(id).stream())
                .toList();
    }

    /** A file's text, such as a page for people. */
    String file(String key) {
        return stack.s3()
                .getObjectAsBytes(get -> get.bucket(stack.name("FilesBucket")).key(key))
                .asUtf8String();
    }

    @Override
    public void close() {
        http.close();
        storefronts.close();
    }
}
