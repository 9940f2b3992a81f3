package io.memberday.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.campaign.Batch;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.EventsLost;
import io.memberday.event.InMemoryEventBus;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.touch.InMemoryDueStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The sample shop sends 100 SMS and 50 emails a second; its quiet hours are 21:00 to 08:00. */
class TouchClockTest {
    /** 10:00 in Shanghai. */
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    private static final String RUN = "member-day@2026-05-08";
    private static final int SHARDS = 4;

    private final MovableClock clock = new MovableClock(TEN);
    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    private final InMemoryPaceStore paces = new InMemoryPaceStore();
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final InMemoryDueStore due = new InMemoryDueStore(SHARDS, audience, touches);
    private Playbook playbook = SamplePlaybook.playbook();
    private final TouchClock touchClock = touchClock(bus);

    TouchClockTest() {
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                "{}");
    }

    @Test
    void shouldReleaseABatchOnceAndAgainWhenItsLeaseIsOver() {
        // Given
        batches(1, Channel.SMS, 100, TEN);

        // When it is due, then a minute later, then when the sender must be dead
        int first = tick().batches();
        clock.advance(Duration.ofMinutes(1));
        int second = tick().batches();
        clock.advance(Duration.ofMinutes(4));
        int third = tick().batches();

        // Then
        assertEquals(List.of(1, 0, 1), List.of(first, second, third));
        assertEquals(
                List.of(
                        BusEvent.batchDue(RUN, 0, "000000-00"),
                        BusEvent.batchDue(RUN, 0, "000000-00")),
                bus.events());
    }

    @Test
    void shouldNotReleaseWhatIsNotDueOrDone() {
        // Given
        batches(1, Channel.SMS, 100, TEN.plusSeconds(1));
        batches(1, Channel.SMS, 100, TEN);
        audience.change(
                audience.allBatches().get(1),
                batch -> batch.with(batch.dueAt(), Optional.empty(), Optional.of(TEN)));

        // Then
        assertEquals(0, tick().batches());
    }

    @Test
    void shouldReleaseTwoMinutesOfWorkAndThenWhatTheChannelHasSentSince() {
        // Given an hour of work for SMS: 100 a second, 100 a batch
        batches(3600, Channel.SMS, 100, TEN);

        // When
        List<Integer> released = new ArrayList<>();
        for (int minute = 0; minute < 5; minute++) {
            released.add(tick().batches());
            clock.advance(Duration.ofMinutes(1));
        }

        // Then
        assertEquals(List.of(120, 60, 60, 60, 60), released);
    }

    @Test
    void shouldKeepEachChannelsPaceAndLetNoneWaitForTheOther() {
        // Given SMS waits longer than email
        batches(500, Channel.SMS, 100, TEN.minusSeconds(60));
        batches(500, Channel.EMAIL, 100, TEN);

        // When
        tick();

        // Then two minutes of each: 12,000 SMS and 6,000 emails
        assertEquals(120, released(Channel.SMS));
        assertEquals(60, released(Channel.EMAIL));
    }

    @Test
    void shouldReleaseTheLongestDueFirst() {
        // Given
        batches(300, Channel.SMS, 100, TEN.minusSeconds(10));
        Batch early = batches(1, Channel.SMS, 100, TEN.minusSeconds(3600)).getFirst();

        // When
        tick();

        // Then
        assertEquals(BusEvent.batchDue(RUN, 0, early.id()), bus.events().getFirst());
    }

    @Test
    void shouldReleaseABatchThatIsMoreThanTwoMinutesOfWorkWhenNothingIsInFlight() {
        // Given 13,000 SMS in one
        batches(1, Channel.SMS, 13_000, TEN);
        batches(1, Channel.SMS, 1, TEN.plusSeconds(60));

        // When
        int first = tick().batches();
        clock.advance(Duration.ofMinutes(1));
        int second = tick().batches();
        clock.advance(Duration.ofMinutes(1));
        int third = tick().batches();

        // Then the small one waits until there is room again
        assertEquals(List.of(1, 1, 0), List.of(first, second, third));
    }

    @Test
    void shouldHoldMarketingInQuietHoursAndServiceNever() {
        // Given 21:00 to 07:59 in Shanghai
        runs.change(RUN, TEN.plus(Duration.ofDays(2)));
        batches(1, Channel.SMS, 100, TEN);
        for (String quiet :
                List.of("2026-05-08T13:00:00Z", "2026-05-08T18:30:00Z", "2026-05-08T23:59:59Z")) {
            clock.set(Instant.parse(quiet));
            touch("o" + quiet, clock.instant());

            // When
            TouchClock.Released released = tick();

            // Then
            assertEquals(new TouchClock.Released(1, 0), released, quiet);
            touches.remove("payment-reminder#o" + quiet);
        }
        clock.set(Instant.parse("2026-05-09T00:00:00Z"));
        assertEquals(1, tick().batches());
    }

    @Test
    void shouldLetMembersSleepOnTheirOwnClock() {
        // Given 10:00 in Shanghai: 22:00 in New York
        runs.change(RUN, TEN.plus(Duration.ofDays(2)));
        zone = ZoneId.of("America/New_York");
        batches(1, Channel.SMS, 100, TEN);
        zone = ZoneId.of("Asia/Shanghai");
        batches(1, Channel.SMS, 100, TEN);

        // When now, at 21:00 in Shanghai, and a second before and at 8:00 in New York
        int now = tick().batches();
        clock.set(Instant.parse("2026-05-08T11:59:59Z"));
        int before = tick().batches();
        clock.set(Instant.parse("2026-05-08T12:00:00Z"));
        int morning = tick().batches();

        // Then: the one from Shanghai comes back by its lease until somebody sends it
        assertEquals(List.of(1, 1, 1), List.of(now, before, morning));
        assertEquals(
                List.of("000001-00", "000001-00", "000000-00"),
                bus.events().stream().map(event -> event.detail().get("batch")).toList());
    }

    @Test
    void shouldReleaseNothingOfAPausedRunAndGoOnWithOthers() {
        // Given
        batches(30, Channel.SMS, 100, TEN);
        runs.change(RUN, Run.State.PAUSED);
        runs.plan(other("friday@2026-05-08"), "{}");
        audience.write(
                new Page("friday@2026-05-08", 0, 0, Optional.empty(), 0, 0, Map.of()),
                List.of(batch("friday@2026-05-08", 0, Channel.SMS, 100, TEN)));

        // When
        int paused = tick().batches();
        runs.change(RUN, Run.State.RUNNING);
        clock.advance(Duration.ofMinutes(1));
        int resumed = tick().batches();

        // Then
        assertEquals(1, paused);
        assertEquals(30, resumed);
    }

    @Test
    void shouldFindOthersBehindMoreOfAPausedRunThanATickCanRead() {
        // Given 25,000 batches of a run that waits, in front of one of another run
        batches(25_000, Channel.SMS, 1, TEN.minusSeconds(60));
        runs.change(RUN, Run.State.PAUSED);
        runs.plan(other("friday@2026-05-08"), "{}");
        audience.write(
                new Page("friday@2026-05-08", 0, 0, Optional.empty(), 0, 0, Map.of()),
                List.of(batch("friday@2026-05-08", 0, Channel.SMS, 100, TEN)));

        // Then
        assertEquals(1, tick().batches());
        assertTrue(due.read() <= 1 + 2 * SHARDS, "read " + due.read());
        assertEquals("friday@2026-05-08", bus.events().getFirst().detail().get("run"));
    }

    @Test
    void shouldFindAChannelsBatchesBehindMoreOfAFullOneThanATickCanRead() {
        // Given
        batches(25_000, Channel.SMS, 100, TEN.minusSeconds(60));
        batches(1, Channel.EMAIL, 50, TEN);

        // When
        tick();

        // Then
        assertEquals(120, released(Channel.SMS));
        assertEquals(1, released(Channel.EMAIL));
        assertTrue(due.read() < 200, "read " + due.read());
    }

    @Test
    void shouldFindAnotherChannelsTouchesBehindMoreOfAFullOneThanItCanTake() {
        // Given more than two minutes of SMS, of which one may not be sent any more
        playbook = playbookWithEmails("review-care");
        for (int number = 0; number < 13_000; number++) {
            touch("o" + number, TEN.minusSeconds(13_000 - number));
        }
        touches.put(touch("payment-reminder", "late", TEN, TEN));
        touches.put(touch("review-care", "mail", TEN, TEN.plusSeconds(60)));
        clock.advance(Duration.ofSeconds(1));

        // When
        int released = touchClock(bus).tick(() -> true).touches();

        // Then
        assertEquals(12_002, released);
        Set<Object> told =
                bus.events().stream()
                        .flatMap(event -> ((List<?>) event.detail().get("touches")).stream())
                        .collect(Collectors.toSet());
        assertTrue(
                told.contains(Map.of("touchpoint", "review-care", "subject", "mail")),
                "the email is released");
        assertTrue(
                told.contains(Map.of("touchpoint", "payment-reminder", "subject", "late")),
                "and what is only to be ended");
        assertTrue(due.read() < 12_100, "read " + due.read());
    }

    @Test
    void shouldSendWhatIsPastItsWindowToBeClosedWhateverTheRunsStateAndThePace() {
        // Given
        batches(200, Channel.SMS, 100, TEN);
        runs.change(RUN, Run.State.PAUSED);
        runs.change(RUN, TEN.plusSeconds(60));

        // When
        int inside = tick().batches();
        clock.advance(Duration.ofSeconds(61));
        int outside = tick().batches();

        // Then
        assertEquals(0, inside);
        assertEquals(200, outside);
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.SMS));
    }

    @Test
    void shouldSendACancelledRunsBatchesToBeClosedAtOnce() {
        batches(200, Channel.SMS, 100, TEN);
        runs.change(RUN, Run.State.CANCELLED);

        assertEquals(200, tick().batches());
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.SMS));
    }

    @Test
    void shouldReleaseNothingOfARunWhoseAudienceIsNotKnownYet() {
        // Given a store where more than 250 members need an approval, and a slice still scanned
        TouchClock approving = approving(250);
        page(100, true);
        runs.change(RUN, Run.State.COUNTING);

        // When
        int scanning = approving.tick(() -> true).batches();
        page(100, false);
        int scanned = approving.tick(() -> true).batches();

        // Then
        assertEquals(0, scanning);
        assertEquals(2, scanned);
        assertEquals(Run.State.RUNNING, runs.find(RUN).orElseThrow().state());
        assertEquals(List.of(), halted());
    }

    @Test
    void shouldHoldARunAboveTheStoresLimitUntilItIsApprovedAndSaySoOnce() {
        // Given 300 of a limit of 250 are found before the scan is done
        TouchClock approving = approving(250);
        for (int i = 0; i < 3; i++) {
            page(100, true);
        }
        runs.change(RUN, Run.State.COUNTING);

        // When
        int before = approving.tick(() -> true).batches();
        clock.advance(Duration.ofMinutes(1));
        before += approving.tick(() -> true).batches();
        Run waiting = runs.find(RUN).orElseThrow();
        runs.change(RUN, Set.of(Run.State.AWAITING), Run.State.RUNNING, "operator");
        int after = approving.tick(() -> true).batches();

        // Then
        assertEquals(0, before);
        assertEquals(Run.State.AWAITING, waiting.state());
        assertEquals("audience of at least 300 above 250", waiting.why());
        assertEquals(
                List.of(BusEvent.runHalted(RUN, "awaiting", "audience of at least 300 above 250")),
                halted());
        assertEquals(3, after);
    }

    @Test
    void shouldCloseARunThatNobodyApprovedWhenItsWindowHasPassed() {
        TouchClock approving = approving(0);
        page(100, false);
        runs.change(RUN, Run.State.COUNTING);
        assertEquals(0, approving.tick(() -> true).batches());

        clock.advance(Duration.ofHours(10).plusSeconds(1));

        assertEquals(1, approving.tick(() -> true).batches());
    }

    private TouchClock approving(long above) {
        playbook = SamplePlaybook.approving(above);
        return touchClock(bus);
    }

    /** A page of eligible members in one batch. */
    private void page(int eligible, boolean more) {
        audience.write(
                new Page(
                        RUN,
                        0,
                        pages,
                        more ? Optional.of("m") : Optional.empty(),
                        eligible,
                        eligible,
                        Map.of()),
                List.of(batch(RUN, pages++, Channel.SMS, eligible, TEN)));
    }

    private List<BusEvent> halted() {
        return bus.events().stream().filter(event -> event.type().equals("RunHalted")).toList();
    }

    @Test
    void shouldPutServiceTouchesFirstTenInAnEventAndNotHoldThemForMarketing() {
        // Given marketing that fills its channel
        batches(500, Channel.SMS, 100, TEN.minusSeconds(600));
        tick();
        for (int i = 0; i < 25; i++) {
            touch("memberday:shop:" + i, TEN);
        }
        bus.take();

        // When
        TouchClock.Released released = tick();

        // Then
        assertEquals(25, released.touches());
        assertEquals(
                List.of("TouchesDue", "TouchesDue", "TouchesDue"),
                bus.events().stream().map(BusEvent::type).toList());
        assertEquals(10, ((List<?>) bus.events().getFirst().detail().get("touches")).size());
    }

    @Test
    void shouldBringBackWhatTheBusLost() {
        // Given
        batches(1, Channel.SMS, 100, TEN);
        touch("memberday:shop:1", TEN);
        TouchClock broken =
                touchClock(
                        events -> {
                            throw new EventsLost(events.size(), "InternalFailure");
                        });

        // When
        try {
            broken.tick(() -> true);
        } catch (EventsLost e) {
            clock.advance(TouchClock.LEASE);
        }

        // Then
        assertEquals(new TouchClock.Released(1, 1), tick());
    }

    @Test
    void shouldReleaseEachRowOnceHoweverManyClocksTickAtOnce() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            // Given two clocks that saw the same rows before either moved one
            List<Batch> some = batches(random.nextInt(1, 200), Channel.SMS, 100, clock.instant());
            List<TouchClock.Released> both = Collections.synchronizedList(new ArrayList<>());

            // When
            List<Thread> threads =
                    List.of(
                            Thread.ofVirtual().start(() -> both.add(tick())),
                            Thread.ofVirtual().start(() -> both.add(tick())));
            threads.forEach(TouchClockTest::join);

            // Then
            long twice =
                    bus.events().stream()
                            .filter(event -> Collections.frequency(bus.events(), event) > 1)
                            .count();
            assertEquals(0, twice, "seed " + seed + " round " + round);
            assertTrue(
                    both.stream().mapToInt(TouchClock.Released::batches).sum() <= 120,
                    "seed " + seed + " released " + both + " of " + some.size());
            bus.take();
            clock.advance(Duration.ofMinutes(2));
        }
    }

    private TouchClock.Released tick() {
        return touchClock.tick(() -> true);
    }

    private TouchClock touchClock(EventBus events) {
        return new TouchClock(due, paces, runs, audience, events, playbook, SHARDS, clock);
    }

    private int pages;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    private List<Batch> batches(int count, Channel channel, int members, Instant dueAt) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(RUN, pages, channel, members, dueAt));
            audience.write(
                    new Page(RUN, 0, pages, Optional.empty(), 0, 0, Map.of()),
                    List.of(batches.getLast()));
            pages++;
        }
        return batches;
    }

    private Batch batch(String run, int page, Channel channel, int members, Instant dueAt) {
        return new Batch(
                run,
                0,
                "%06d-00".formatted(page),
                channel,
                Collections.nCopies(members, "m"),
                List.of(),
                dueAt,
                TEN.plus(Duration.ofDays(2)),
                zone,
                50_000,
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    private void touch(String order, Instant dueAt) {
        touches.put(touch("payment-reminder", order, dueAt, dueAt.plus(Duration.ofHours(12))));
    }

    private static ServiceTouch touch(
            String touchpoint, String order, Instant dueAt, Instant until) {
        return ServiceTouch.planned(
                Kind.SERVICE,
                touchpoint,
                order,
                "m1",
                order,
                Optional.empty(),
                dueAt,
                new Timing.Due(dueAt, until));
    }

    private static Playbook playbookWithEmails(String touchpoint) {
        Playbook sample = SamplePlaybook.playbook();
        Touchpoint like = SamplePlaybook.paymentReminder();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(
                        like,
                        new Touchpoint(
                                touchpoint,
                                like.kind(),
                                like.on(),
                                like.timing(),
                                like.validFor(),
                                like.leastMinor(),
                                like.terms(),
                                List.of(
                                        Touchpoint.Branch.sending(
                                                List.of(
                                                        new Campaign.Send(
                                                                Channel.EMAIL, touchpoint)))))),
                sample.benefits(),
                sample.templates());
    }

    private long released(Channel channel) {
        Map<String, Channel> channels = new HashMap<>();
        audience.allBatches().forEach(batch -> channels.put(batch.id(), batch.channel()));
        return bus.events().stream()
                .filter(event -> channels.get(event.detail().get("batch")) == channel)
                .count();
    }

    private static Run other(String id) {
        return new Run(
                id,
                "friday",
                LocalDate.parse("2026-05-08"),
                TEN,
                TEN.plus(Duration.ofHours(10)),
                1,
                Run.State.RUNNING,
                Optional.empty(),
                0,
                0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
