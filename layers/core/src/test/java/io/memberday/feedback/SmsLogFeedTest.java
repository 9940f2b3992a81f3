package io.memberday.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Run;
import io.memberday.campaign.Run.State;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.feedback.Feedback.Kind;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.send.Halts;
import io.memberday.send.SpendLimit;
import io.memberday.touch.InMemoryPaceStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What SNS's delivery log says of SMS, and what follows from it. */
class SmsLogFeedTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:10:00Z");
    private static final String PHONE = "+8613800138000";
    private static final String SPENT = "No quota left for account";
    private static final String RUN = "member-day@2026-05-08";

    private final InMemoryRefusalStore members = new InMemoryRefusalStore();
    private final InMemoryFeedbackStore feedback = new InMemoryFeedbackStore();
    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryPaceStore paces = new InMemoryPaceStore();
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final MovableClock clock = new MovableClock(NOW);
    private final SmsLogFeed feed =
            new SmsLogFeed(
                    new Refusals(members, SamplePlaybook.ladder()),
                    feedback,
                    new SpendLimit(runs, paces, new Halts(runs, bus, clock), clock));

    @BeforeEach
    void aMember() {
        Member fresh = Member.fresh("m1", NOW);
        members.put(fresh.change().profile(fresh.profile().with(Field.PHONE, PHONE, NOW)).done());
        members.name(Identity.phone(PHONE), "m1");
    }

    @Test
    void shouldKeepTheRealPriceOfADeliveredMessageOnTheDayItWasTaken() {
        assertEquals(
                List.of(),
                feed.take(
                        List.of(
                                """
                                {"notification": {"messageId": "34d9b400-c6dd-5444-820d-fbeb0f1f54cf",
                                 "timestamp": "2026-05-07 23:59:59.5"},
                                 "delivery": {"phoneCarrier": "My Phone Carrier", "mnc": 270,
                                  "numberOfMessageParts": 2, "destination": "+8613800138000",
                                  "priceInUSD": 0.00645, "smsType": "Transactional", "mcc": 310,
                                  "providerResponse": "Message has been accepted by phone carrier",
                                  "dwellTimeMs": 599, "dwellTimeMsUntilDeviceAck": 1344},
                                 "status": "SUCCESS"}
                                """)));

        assertEquals(
                List.of(
                        new Feedback(
                                "34d9b400-c6dd-5444-820d-fbeb0f1f54cf",
                                Kind.DELIVERED,
                                false,
                                Instant.parse("2026-05-07T23:59:59.500Z"),
                                "",
                                Optional.of(new Feedback.Bill(2, 6450)))),
                of("2026-05-07"));
        assertEquals(0, member().version());
    }

    @ParameterizedTest
    @CsvSource({
        "Phone number is opted out, opted-out, false, false",
        "Invalid phone number, invalid-number, true, true",
        "Phone is currently unreachable/unavailable, unreachable, true, false",
        "Phone carrier is currently unreachable/unavailable, carrier-unreachable, true, false",
        "Blocked as spam by phone carrier, spam, true, false",
        "Phone carrier has blocked this message, carrier-blocked, true, false",
        "Phone has blocked SMS, phone-blocked, true, false",
        "Phone is on a blocked list, phone-blocked, true, false",
        "Phone is blacklisted, phone-blocked, true, false",
        "Destination is on a blocked list, destination-blocked, true, false",
        "Destination is blacklisted, destination-blocked, true, false",
        "Message body is invalid, invalid-body, true, false",
        "This delivery would exceed max price, max-price, true, false",
        "Unknown error attempting to reach phone, unknown, true, false",
        "Something that AWS says tomorrow, other, true, false",
    })
    void shouldTellWhatConcernsTheNumberFromWhatConcernsTheMessage(
            String said, String reason, boolean allowed, boolean dead) {
        feed.take(List.of(failure("1", "2026-05-08 02:09:00.1", said)));

        Feedback kept = of("2026-05-08").getFirst();
        assertEquals(Kind.BOUNCED, kept.kind());
        assertEquals(reason, kept.reason());
        assertEquals(dead, kept.lasting());
        assertEquals(dead, member().reachableAt(Channel.SMS).isEmpty());
        for (io.memberday.member.Kind kind : io.memberday.member.Kind.values()) {
            assertEquals(allowed, member().consents().of(Channel.SMS, kind).isEmpty(), kind.key());
        }
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldStopEveryRunThatSendsSmsWhenTheMonthsMoneyIsSpent() {
        // Given
        plan(RUN, State.RUNNING, SamplePlaybook.memberDayInVariants());
        plan("letter@2026-05-08", State.RUNNING, byEmail());
        plan("cancelled@2026-05-08", State.CANCELLED, SamplePlaybook.memberDayInVariants());

        // When
        feed.take(
                List.of(
                        failure("1", "2026-05-08 02:09:00.10", SPENT),
                        failure("2", "2026-05-08 02:09:01", SPENT)));
        feed.take(List.of(failure("3", "2026-05-08 02:09:02", SPENT)));

        // Then
        assertEquals(State.PAUSED, run(RUN).state());
        assertEquals("sms MONTHLY_SPEND_LIMIT", run(RUN).why());
        assertEquals(State.RUNNING, run("letter@2026-05-08").state());
        assertEquals(State.CANCELLED, run("cancelled@2026-05-08").state());
        for (io.memberday.member.Kind kind : io.memberday.member.Kind.values()) {
            assertEquals(Instant.parse("2026-06-01T00:00:00Z"), paces.busyUntil(kind, Channel.SMS));
            assertEquals(Instant.EPOCH, paces.busyUntil(kind, Channel.EMAIL));
        }
        assertEquals(
                List.of(
                        BusEvent.sendingHalted("sms", "MONTHLY_SPEND_LIMIT"),
                        BusEvent.runHalted(RUN, "paused", "sms MONTHLY_SPEND_LIMIT")),
                bus.events());
        assertEquals(3, of("2026-05-08").size());
        assertEquals("spend-limit", of("2026-05-08").getFirst().reason());
    }

    @Test
    void shouldAlsoStopARunThatBeganWhileTheChannelStood() {
        feed.take(List.of(failure("1", "2026-05-08 02:09:00", SPENT)));
        plan(RUN, State.RUNNING, SamplePlaybook.memberDayInVariants());

        feed.take(List.of(failure("2", "2026-05-08 02:09:30", SPENT)));

        assertEquals(State.PAUSED, run(RUN).state());
    }

    @Test
    void shouldNotStopAgainForMessagesTakenBeforeTheOperatorHadSeenToIt() {
        // Given: stopped, and then resumed
        plan(RUN, State.RUNNING, SamplePlaybook.memberDayInVariants());
        feed.take(List.of(failure("1", "2026-05-08 02:09:00", SPENT)));
        clock.advance(Duration.ofHours(1));
        paces.lift(Channel.SMS, clock.instant());
        runs.change(RUN, State.RUNNING);

        // When: the log is late; then the limit is met once more
        feed.take(List.of(failure("2", "2026-05-08 02:09:59", SPENT)));
        State afterTheLateOne = run(RUN).state();
        feed.take(List.of(failure("3", "2026-05-08 03:10:01", SPENT)));

        // Then
        assertEquals(State.RUNNING, afterTheLateOne);
        assertEquals(State.PAUSED, run(RUN).state());
    }

    @Test
    void shouldStopAtTheNextTryIfNobodyCouldBeToldAtTheFirst() {
        // Given a bus that does not answer
        plan(RUN, State.RUNNING, SamplePlaybook.memberDayInVariants());
        SmsLogFeed cutOff =
                new SmsLogFeed(
                        new Refusals(members, SamplePlaybook.ladder()),
                        feedback,
                        new SpendLimit(
                                runs,
                                paces,
                                new Halts(
                                        runs,
                                        events -> {
                                            throw new IllegalStateException("no bus");
                                        },
                                        clock),
                                clock));
        List<String> lines = List.of(failure("1", "2026-05-08 02:09:00", SPENT));

        // When
        List<RuntimeException> failures = cutOff.take(lines);
        feed.take(lines);

        // Then
        assertEquals(1, failures.size());
        assertEquals(State.PAUSED, run(RUN).state());
        assertEquals(2, bus.events().size());
        assertEquals(1, of("2026-05-08").size());
    }

    @Test
    void shouldNotStopForAMonthThatIsOver() {
        clock.advance(Duration.ofDays(24));
        plan(RUN, State.RUNNING, SamplePlaybook.memberDayInVariants());

        feed.take(List.of(failure("1", "2026-05-31 23:59:59", SPENT)));

        assertEquals(State.RUNNING, run(RUN).state());
        assertEquals(List.of(), bus.events());
        assertEquals(1, of("2026-05-31").size());
    }

    @Test
    void shouldTakeALineThatComesAgainForTheSame() {
        String line = failure("1", "2026-05-08 02:09:00", "Phone number is opted out");
        feed.take(List.of(line, line));
        feed.take(List.of(line));

        assertEquals(1, of("2026-05-08").size());
        assertEquals(1, member().version());
    }

    @Test
    void shouldLoseNoLineForAnotherThatNobodyCanRead() {
        List<RuntimeException> failures =
                feed.take(
                        List.of(
                                "not json",
                                failure("1", "yesterday", SPENT),
                                "{\"status\": \"MAYBE\", \"notification\": {\"messageId\": \"1\","
                                        + " \"timestamp\": \"2026-05-08 02:09:00\"}, \"delivery\":"
                                        + " {}}",
                                failure("2", "2026-05-08 02:09:00", "Invalid phone number")));

        assertEquals(3, failures.size());
        failures.forEach(failure -> assertFalse(failure.getMessage().contains(PHONE)));
        assertEquals(1, of("2026-05-08").size());
        assertTrue(member().reachableAt(Channel.SMS).isEmpty());
    }

    @Test
    void shouldShowNoPhoneInAnyText() {
        String shown =
                SmsReport.read(Json.read(failure("1", "2026-05-08 02:09:00", SPENT))).toString();

        assertEquals("SmsReport[1]", shown);
    }

    private static String failure(String id, String at, String said) {
        return """
        {"notification": {"messageId": "%s", "timestamp": "%s"},
         "delivery": {"destination": "%s", "smsType": "Transactional", "providerResponse": "%s",
          "dwellTimeMs": 118}, "status": "FAILURE"}
        """
                .formatted(id, at, PHONE, said);
    }

    private void plan(String id, State state, Campaign campaign) {
        Playbook playbook = SamplePlaybook.playbook();
        runs.plan(
                new Run(
                        id,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        NOW,
                        clock.instant().plus(Duration.ofHours(10)),
                        1,
                        state,
                        Optional.empty(),
                        0,
                        0),
                Frozen.of(playbook, campaign).json());
    }

    private static Campaign byEmail() {
        return CampaignDraft.like(SamplePlaybook.memberDay())
                .send(new Campaign.Send(Channel.EMAIL, "member-day"))
                .done();
    }

    private Run run(String id) {
        return runs.find(id).orElseThrow();
    }

    private Member member() {
        return members.member("m1").orElseThrow();
    }

    private List<Feedback> of(String day) {
        List<Feedback> kept = new ArrayList<>();
        feedback.each(new Origin.OfSms(LocalDate.parse(day)), kept::add);
        return kept;
    }
}
