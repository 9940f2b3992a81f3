package io.memberday.local.shop;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbOutcomeRows;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.outbox.Sent;
import io.memberday.local.shop.Person.Consent;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.UnsubscribeTokens;
import io.memberday.message.Unsubscription;
import io.memberday.touch.Outcome;
import io.memberday.touch.QuietHours;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Member day itself: the clock moves to it, its schedule plans it, two members opt out before it is
 * sent, and it is sent.
 */
final class MemberDayRun {
    /**
     * Long enough for every batch to go at its pace, or to be tried again, after the quiet hours of
     * those who live furthest west.
     */
    private static final Duration SENDING = Duration.ofHours(7);

    private final Shop shop;
    private final Fields preview;
    private final Instant day;
    private final Set<Person> optedOut = new HashSet<>();
    private final Map<Person, Outcome> sent = new HashMap<>();
    private final Set<Person> held = new HashSet<>();
    private int messagesBefore;
    private int sentBefore;

    /**
     * @param preview what was said that it would do
     */
    MemberDayRun(Shop shop, Fields preview) {
        this.shop = shop;
        this.preview = preview;
        this.day = shop.nextMemberDay();
    }

    /** The run's id. */
    String id() {
        return preview.text("run");
    }

    /** When it was due. */
    Instant day() {
        return day;
    }

    /** Who was sent the message, with what became of it. */
    Map<Person, Outcome> sent() {
        return Map.copyOf(sent);
    }

    /** Who was held out. */
    Set<Person> held() {
        return Set.copyOf(held);
    }

    /** Holds it. */
    void hold() {
        int messages = (int) preview.whole("messages", 0, Integer.MAX_VALUE);
        messagesBefore = shop.sentSoFar();
        Console.Stage stage =
                shop.console()
                        .begin(
                                "The clock moves to " + day.atZone(shop.zone()).toLocalDateTime(),
                                messages);
        shop.stack().outbox().onSent(message -> stage.step());
        shop.stack().travel().onStop(this::optOut);
        shop.stack().travel().moveTo(day);
        shop.stack().travel().advance(SENDING);
        read();
        stage.end(
                "planned by its schedule; %s sent, %s held out, %d opted out in between"
                        .formatted(
                                Console.count(sent.size()),
                                Console.count(held.size()),
                                optedOut.size()));
        check(messages);
    }

    /** Between planning and sending, one member clicks in an old email and one replies STOP. */
    private void optOut(Instant stop) {
        if (stop.isBefore(day) || !optedOut.isEmpty()) {
            return;
        }
        Map<String, Member> members = new HashMap<>();
        shop.members().forEach(member -> members.put(member.id(), member));
        member(Channel.EMAIL, members).ifPresent(this::click);
        member(Channel.SMS, members).ifPresent(this::replyStop);
        sentBefore = invitations().size();
    }

    private List<Sent> invitations() {
        return shop.messagesSince(messagesBefore, "会员日", "member day");
    }

    private Optional<Member> member(Channel channel, Map<String, Member> members) {
        return batches().stream()
                .filter(batch -> batch.channel() == channel)
                .flatMap(batch -> batch.members().stream())
                .map(members::get)
                .findFirst();
    }

    private void click(Member member) {
        UnsubscribeTokens tokens = new UnsubscribeTokens(List.of(unsubscribeSecret()));
        String token =
                tokens.token(
                        new Unsubscription(
                                member.id(), Channel.EMAIL, Kind.MARKETING, "an email of April"));
        shop.click("/unsubscribe/" + token);
        optedOut.add(shop.person(member).orElseThrow());
    }

    private void replyStop(Member member) {
        Map<String, Object> reply = new HashMap<>();
        reply.put("originationNumber", member.profile().address(Channel.SMS).orElseThrow());
        reply.put("destinationNumber", "+12025550142");
        reply.put("messageKeyword", "MEMBERDAY");
        reply.put("messageBody", "STOP");
        reply.put("inboundMessageId", "simulated-reply");
        shop.stack().publish("InboundSmsTopic", Json.write(reply));
        optedOut.add(shop.person(member).orElseThrow());
    }

    private String unsubscribeSecret() {
        try (SecretsManagerClient secrets = Clients.secretsManager()) {
            String text =
                    secrets.getSecretValue(get -> get.secretId(shop.stack().name("WebhookSecrets")))
                            .secretString();
            return Json.read(text).text("unsubscribe");
        }
    }

    private void read() {
        Map<String, Member> members = new HashMap<>();
        shop.members().forEach(member -> members.put(member.id(), member));
        for (Batch batch : batches()) {
            batch.held().forEach(id -> shop.person(members.get(id)).ifPresent(held::add));
        }
        DynamoDbOutcomeRows rows =
                new DynamoDbOutcomeRows(
                        shop.stack().dynamoDb(), shop.stack().name("CampaignResultsTable"));
        for (int slice = 0; slice < run().slices(); slice++) {
            rows.each(
                    id(),
                    slice,
                    (batch, outcomes) ->
                            outcomes.stream()
                                    .filter(each -> each.status() == Outcome.Status.SENT)
                                    .forEach(
                                            each ->
                                                    shop.person(members.get(each.memberId()))
                                                            .ifPresent(
                                                                    who -> sent.put(who, each))));
        }
    }

    private boolean asleep(Member member, Outcome outcome) {
        return QuietHours.of(shop.playbook().store())
                .in(member.profile().zone().orElse(shop.zone()))
                .at(outcome.at());
    }

    private Run run() {
        return new DynamoDbRunStore(
                        shop.stack().dynamoDb(), shop.stack().name("CampaignResultsTable"))
                .find(id())
                .orElseThrow(() -> new IllegalStateException("the schedules did not plan " + id()));
    }

    private List<Batch> batches() {
        DynamoDbAudienceStore audience =
                new DynamoDbAudienceStore(
                        shop.stack().dynamoDb(), shop.stack().name("CampaignResultsTable"));
        List<Batch> batches = new ArrayList<>();
        for (int slice = 0; slice < run().slices(); slice++) {
            audience.batches(id(), slice).forEach(batches::add);
        }
        return batches;
    }

    private void check(int messages) {
        Checks checks = shop.checks();
        List<Batch> batches = batches();
        long audience =
                batches.stream()
                        .mapToLong(batch -> batch.members().size() + batch.held().size())
                        .sum();
        checks.same(
                preview.whole("audience", 0, Long.MAX_VALUE),
                audience,
                "the run addresses whom the preview named");
        checks.that(
                batches.stream().allMatch(batch -> batch.done().isPresent()),
                "every batch is done",
                batches.stream().filter(batch -> batch.done().isEmpty()).count() + " are not");
        List<Sent> out = invitations();
        checks.same(
                batches.stream()
                        .filter(batch -> !batch.members().isEmpty())
                        .map(Batch::channel)
                        .distinct()
                        .count(),
                optedOut.size(),
                "one member of each channel opted out between planning and sending");
        checks.same(0, sentBefore, "nothing was sent before they had opted out");
        checks.same(messages - optedOut.size(), out.size(), "all others have the message");
        Map<String, Member> members = new HashMap<>();
        shop.members().forEach(member -> members.put(member.id(), member));
        checks.that(
                sent.values().stream().noneMatch(one -> asleep(members.get(one.memberId()), one)),
                "nobody is written to in the quiet hours of their own clock",
                sent.size());
        Set<Person> got = new HashSet<>();
        boolean once = true;
        for (Sent message : out) {
            Person person = shop.receiver(message).orElseThrow();
            once &= got.add(person);
            Consent said = message instanceof Sent.Sms ? person.sms() : person.mail();
            checks.that(said == Consent.GIVEN, "only who agreed is written to", person.number());
        }
        checks.that(once, "nobody has the message twice", out.size());
        checks.that(
                optedOut.stream().noneMatch(got::contains),
                "nobody who opted out has the message",
                optedOut.size());
        checks.that(held.stream().noneMatch(got::contains), "nobody held out has it", held.size());
    }
}
