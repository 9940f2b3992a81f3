package io.memberday.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Timing.Due;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TimingTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOUCH = "after-sale-care#youzan:shop:E";

    /** So many that some are due at the first of the seconds, and some at the last. */
    private static final int MANY = 5_000;

    @Test
    void shouldCountTheDaysOfTheNewCustomerPlanAsTheShopDoes() {
        // Given the first purchase on the evening of 11-11 (R25)
        Instant bought = at("2026-11-11T20:15");

        // When, then
        assertEquals("2026-11-26T10:00", due(plan(15), bought));
        assertEquals("2026-12-11T10:00", due(plan(30), bought));
        assertEquals("2026-12-26T10:00", due(plan(45), bought));
        assertEquals("2027-01-25T10:00", due(plan(75), bought));
    }

    @Test
    void shouldTakeTheNextTimeOfDayThatIsNotBeforeTheDelay() {
        assertEquals(
                "2026-05-08T20:00",
                due(timing(Duration.ofHours(1), "20:00"), at("2026-05-08T18:59")));
        assertEquals(
                "2026-05-09T20:00",
                due(timing(Duration.ofHours(1), "20:00"), at("2026-05-08T19:01")));
    }

    @Test
    void shouldBeDueBeforeTheCutOffAndNeverValidAfterIt() {
        Timing cutOff = cutOff(List.of());
        assertEquals("2026-05-08T12:30", due(cutOff, at("2026-05-08T09:00")));
        // Between lead and cut-off it goes at once
        Due late = planned(cutOff, at("2026-05-08T13:00")).apply(TOUCH).orElseThrow();
        assertEquals(at("2026-05-08T13:00"), late.at());
        assertEquals(at("2026-05-08T13:30").minusSeconds(1), late.until());
        // After it the next day's counts
        assertEquals("2026-05-09T12:30", due(cutOff, at("2026-05-08T13:30")));
    }

    @Test
    void shouldWaitForThePromotionsDayOnlyIfItIsNear() {
        Timing cutOff =
                cutOff(List.of(new Schedule.Yearly(MonthDay.of(11, 11), LocalTime.MIDNIGHT)));
        assertEquals("2026-11-11T12:30", due(cutOff, at("2026-11-09T21:00")));
        assertEquals(Optional.empty(), planned(cutOff, at("2026-11-11T13:30")).apply(TOUCH));
        assertEquals(Optional.empty(), planned(cutOff, at("2026-10-01T13:30")).apply(TOUCH));
    }

    @Test
    void shouldSendTheOfferEndToOrdersPlacedBeforeItOnly() {
        Timing end =
                new Timing(
                        Duration.ZERO,
                        Optional.of(LocalTime.of(21, 0)),
                        false,
                        false,
                        Optional.empty(),
                        Duration.ZERO,
                        List.of(new Schedule.On(LocalDate.of(2026, 11, 11), LocalTime.MIDNIGHT)),
                        Timing.USUALLY_WITHIN);
        assertEquals("2026-11-11T21:00", due(end, at("2026-11-10T08:00")));
        assertEquals(Optional.empty(), planned(end, at("2026-11-11T21:01")).apply(TOUCH));
    }

    @Test
    void shouldTakeTheHourAtWhichTheMemberMostlyPaysOrTheStatedOne() {
        Timing usual = usual(false);
        Member buyer = buyer("2026-01-02T07:30", "2026-02-02T07:10", "2026-03-02T22:00");
        Instant since = at("2026-05-08T18:00");

        assertEquals(
                "2026-05-09T07:00", due(touch -> usual.of(since, buyer, SHANGHAI, DAY, touch)));
        assertEquals(
                "2026-05-08T20:00", due(touch -> usual.of(since, buyer(), SHANGHAI, DAY, touch)));
    }

    @Test
    void shouldSpreadOverFiveMinutesWhatAClockSetsOffAndNothingElse() {
        // Given all that was bought on one evening, due 15 days later at ten
        List<Instant> plan = all(planned(plan(15), at("2026-11-11T20:15")));
        Instant ten = at("2026-11-26T10:00");

        // Then: none earlier than said or later than five minutes, and no second has many
        assertEquals(ten, Collections.min(plan));
        assertEquals(ten.plus(Timing.SPREAD), Collections.max(plan));
        int seconds = (int) Timing.SPREAD.toSeconds() + 1;
        Map<Instant, Long> perSecond =
                plan.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        assertEquals(seconds, perSecond.size());
        assertTrue(Collections.max(perSecond.values()) < 2.5 * MANY / seconds);

        // And what follows its event at some distance is due at the second that is said
        Instant ordered = at("2026-11-11T00:00").plusSeconds(7);
        assertEquals(
                Set.of(ordered.plus(Duration.ofHours(1))),
                Set.copyOf(all(planned(Timing.after(Duration.ofHours(1)), ordered))));
    }

    @Test
    void shouldSpreadOverAQuarterOfTheTimeInWhichItMayGoAtMost() {
        // Given: valid for eight minutes, eight minutes before a cut-off, not valid at all
        Instant since = at("2026-05-08T09:00");
        Duration eight = Duration.ofMinutes(8);

        // When, then
        Timing ten = plan(0);
        assertEquals(
                at("2026-05-08T10:02"),
                Collections.max(all(touch -> ten.planned(since, SHANGHAI, eight, touch))));
        Timing cutOff = cutOff(List.of(), eight);
        List<Instant> before = all(planned(cutOff, since));
        assertEquals(at("2026-05-08T13:22"), Collections.min(before));
        assertEquals(at("2026-05-08T13:24").minusSeconds(1), Collections.max(before));
        assertEquals(
                Set.of(at("2026-05-08T10:00")),
                Set.copyOf(all(touch -> ten.planned(since, SHANGHAI, Duration.ZERO, touch))));
    }

    @Test
    void shouldNeverSpreadPastAPromiseAndAlwaysAlike() {
        long seed = Long.getLong("seed", 20_261_122);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Instant at = at("2026-05-08T00:00").plusSeconds(random.nextInt(86_400));
            Instant until = at.plusSeconds((long) Math.pow(10, 5.5 * random.nextDouble()) - 1);
            String touch = TOUCH + random.nextLong();

            Due due = new Due(at, until).spread(touch);

            String what = "seed %d, round %d: %s to %s".formatted(seed, i, at, until);
            assertFalse(due.at().isBefore(at), what);
            assertFalse(due.at().isAfter(at.plus(Timing.SPREAD)), what);
            assertFalse(due.at().isAfter(at.plus(Duration.between(at, until).dividedBy(4))), what);
            assertEquals(until, due.until(), what);
            assertEquals(due, new Due(at, until).spread(touch), what);
        }
    }

    @Test
    void shouldPlanNeverLaterThanItIsDueAndNeverShorterThanItIsValid() {
        long seed = Long.getLong("seed", 20_260_508);
        Random random = new Random(seed);
        List<String> countries = List.of("CN", "GB", "JP", "NZ", "HN", "IN");
        for (int i = 0; i < 2_000; i++) {
            Timing timing = random.nextBoolean() ? usual(true) : member(random);
            List<String> times = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0; k--) {
                times.add("2026-03-0%dT%02d:30".formatted(1 + k, random.nextInt(24)));
            }
            Member member =
                    buyer(times.toArray(String[]::new))
                            .change()
                            .profile(
                                    Profile.EMPTY.with(
                                            Profile.Field.COUNTRY,
                                            countries.get(random.nextInt(countries.size())),
                                            at("2026-01-01T00:00")))
                            .done();
            Instant since = at("2026-05-08T00:00").plusSeconds(random.nextInt(86_400));

            Due planned = timing.planned(since, SHANGHAI, DAY, TOUCH + i).orElseThrow();
            Due due = timing.of(since, member, SHANGHAI, DAY, TOUCH + i).orElseThrow();

            String what = "seed %d, round %d: %s".formatted(seed, i, timing);
            assertFalse(due.at().isBefore(planned.at()), what);
            assertFalse(due.until().isAfter(planned.until()), what);
            assertFalse(due.at().isBefore(since), what);
            assertTrue(
                    due.at().isBefore(since.plus(timing.after()).plus(Duration.ofDays(2))), what);
        }
    }

    private static Timing member(Random random) {
        return new Timing(
                Duration.ofHours(random.nextInt(100)),
                Optional.of(LocalTime.of(random.nextInt(24), 0)),
                false,
                true,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                Timing.USUALLY_WITHIN);
    }

    private static Timing usual(boolean local) {
        return new Timing(
                Duration.ZERO,
                Optional.of(LocalTime.of(20, 0)),
                true,
                local,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                Timing.USUALLY_WITHIN);
    }

    private static Timing plan(int days) {
        return timing(Duration.ofDays(days), "10:00");
    }

    private static Timing timing(Duration after, String at) {
        return new Timing(
                after,
                Optional.of(LocalTime.parse(at)),
                false,
                false,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                Timing.USUALLY_WITHIN);
    }

    private static Timing cutOff(List<Schedule> days) {
        return cutOff(days, Duration.ofHours(1));
    }

    private static Timing cutOff(List<Schedule> days, Duration lead) {
        return new Timing(
                Duration.ZERO,
                Optional.empty(),
                false,
                false,
                Optional.of(LocalTime.of(13, 30)),
                lead,
                days,
                Duration.ofDays(3));
    }

    private static Member buyer(String... paid) {
        List<Purchase> kept = new ArrayList<>();
        for (String time : paid) {
            kept.add(new Purchase("memberday:main:" + time, at(time), 100));
        }
        return Member.fresh("m1", at("2026-01-01T00:00"))
                .change()
                .purchases(Purchases.of(kept, Duration.ofDays(400)))
                .done();
    }

    private static String due(Timing timing, Instant since) {
        return due(planned(timing, since));
    }

    private static Function<String, Optional<Due>> planned(Timing timing, Instant since) {
        return touch -> timing.planned(since, SHANGHAI, DAY, touch);
    }

    /** When the first of many touches is due: that is the time that is said. */
    private static String due(Function<String, Optional<Due>> due) {
        return LocalDateTime.ofInstant(Collections.min(all(due)), SHANGHAI).toString();
    }

    private static List<Instant> all(Function<String, Optional<Due>> due) {
        return IntStream.range(0, MANY)
                .mapToObj(number -> due.apply(TOUCH + number).orElseThrow().at())
                .toList();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
