package io.memberday.deliveryfeedback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbFeedbackStore;
import io.memberday.aws.DynamoDbRefusalStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.IdentityFormat;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.Sleep;
import io.memberday.event.InMemoryEventBus;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;
import io.memberday.feedback.Refusals;
import io.memberday.feedback.SmsLogFeed;
import io.memberday.feedback.TopicFeed;
import io.memberday.feedback.UnsubscribePages;
import io.memberday.ingest.IdentityRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.message.UnsubscribeTokens;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.send.Halts;
import io.memberday.send.SpendLimit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The function on local tables, with one member who agreed to everything. */
@ExtendWith(EmulatorExtension.class)
abstract class FeedbackScene {
    static final Instant NOW = Instant.parse("2026-05-08T02:10:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String MEMBER = "m0000000000000001";
    static final String PHONE = "+8613800138000";
    static final String EMAIL = "ming@example.com";
    static final String RUN = "member-day@2026-05-08";

    final Emulator emulator;
    final DynamoDbRefusalStore store;
    final DynamoDbFeedbackStore feedback;
    final DynamoDbRunStore runs;
    final DynamoDbChannelStops stops;
    final InMemoryEventBus bus = new InMemoryEventBus();
    final DeliveryFeedbackLambda function;

    FeedbackScene(Emulator emulator) {
        this.emulator = emulator;
        store =
                new DynamoDbRefusalStore(
                        emulator.dynamoDb(),
                        emulator.table("MembersTable"),
                        emulator.table("IdentitiesTable"),
                        emulator.table("MemberActivityTable"));
        feedback =
                new DynamoDbFeedbackStore(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"), new Sleep());
        Refusals refusals = new Refusals(store, SamplePlaybook.ladder());
        runs = new DynamoDbRunStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
        stops =
                new DynamoDbChannelStops(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"), new Sleep());
        function =
                new DeliveryFeedbackLambda(
                        new UnsubscribePages(
                                "茶 & <Co>",
                                new UnsubscribeTokens(
                                                List.of("new-key", "unsubscribe-key-of-the-events"))
                                        ::read,
                                refusals,
                                CLOCK),
                        new TopicFeed(refusals, feedback),
                        new SmsLogFeed(
                                refusals,
                                feedback,
                                new SpendLimit(runs, stops, new Halts(runs, bus, CLOCK), CLOCK)));
    }

    @BeforeEach
    void aMemberWhoAgreedToEverything() {
        emulator.tables().reset();
        Consent agreed = new Consent(true, true, NOW.minusSeconds(900));
        Consents consents = Consents.UNKNOWN;
        for (Channel channel : Channel.values()) {
            consents = consents.with(channel, Kind.MARKETING, agreed);
        }
        Member member =
                Member.fresh(MEMBER, NOW)
                        .change()
                        .profile(
                                Profile.EMPTY
                                        .with(Field.PHONE, PHONE, NOW)
                                        .with(Field.EMAIL, EMAIL, NOW))
                        .consents(consents)
                        .claims(Map.of(RUN, new Claim(NOW, "n", Kind.MARKETING, Channel.SMS, "")))
                        .counters(Map.of("sms.d20260508", 1))
                        .done();
        put("MembersTable", MemberFormat.item(member));
        for (Identity identity : List.of(Identity.phone(PHONE), Identity.email(EMAIL))) {
            put(
                    "IdentitiesTable",
                    IdentityFormat.item(new IdentityRow(identity, Optional.of(MEMBER), Map.of())));
        }
    }

    Fields call(String event) throws IOException {
        return Json.read(handle(event));
    }

    void publish(String event) throws IOException {
        assertEquals("", handle(event));
    }

    String handle(String event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String event(String name) throws IOException {
        return Files.readString(
                Repository.root().resolve("events/delivery-feedback/" + name + ".json"));
    }

    static String http(String method, String token) {
        return Json.write(
                Map.of(
                        "requestContext", Map.of("http", Map.of("method", method)),
                        "pathParameters", Map.of("token", token)));
    }

    static String records(String... messages) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String message : messages) {
            records.add(
                    Map.of(
                            "Sns",
                            Map.of(
                                    "MessageId", "1",
                                    "Timestamp", "2026-05-08T02:20:00.000Z",
                                    "Message", message)));
        }
        return Json.write(Map.of("Records", records));
    }

    Member member() {
        return store.member(MEMBER).orElseThrow();
    }

    boolean allows(Channel channel, Kind kind) {
        return member().consents().allow(channel, kind);
    }

    List<String> activity() {
        return emulator
                .dynamoDb()
                .scan(scan -> scan.tableName(emulator.table("MemberActivityTable")).limit(100))
                .items()
                .stream()
                .map(item -> item.get("item").s())
                .toList();
    }

    List<Feedback> reports() {
        List<Feedback> reports = new ArrayList<>();
        feedback.each(new Origin.OfRun(RUN), reports::add);
        return reports;
    }

    void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }
}
