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
import java.util.List;
import java.util.Optional;
import java.util.Random;

class TimingTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Duration DAY = Duration.ofDays(1);

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
        Due late = cutOff.planned(at("2026-05-08T13:00"), SHANGHAI, Duration.ZERO).orElseThrow();
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
        assertEquals(
                Optional.empty(), cutOff.planned(at("2026-11-11T13:30"), SHANGHAI, Duration.ZERO));
        assertEquals(
                Optional.empty(), cutOff.planned(at("2026-10-01T13:30"), SHANGHAI, Duration.ZERO));
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
        assertEquals(Optional.empty(), end.planned(at("2026-11-11T21:01"), SHANGHAI, DAY));
    }

    @Test
    void shouldTakeTheHourAtWhichTheMemberMostlyPaysOrTheStatedOne() {
        Timing usual = usual(false);
        Member buyer = buyer("2026-01-02T07:30", "2026-02-02T07:10", "2026-03-02T22:00");
        Instant since = at("2026-05-08T18:00");

        assertEquals("2026-05-09T07:00", local(usual.of(since, buyer, SHANGHAI, DAY)));
        assertEquals("2026-05-08T20:00", local(usual.of(since, buyer(), SHANGHAI, DAY)));
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

            Due planned = timing.planned(since, SHANGHAI, DAY).orElseThrow();
            Due due = timing.of(since, member, SHANGHAI, DAY).orElseThrow();

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
        return new Timing(
                Duration.ZERO,
                Optional.empty(),
                false,
                false,
                Optional.of(LocalTime.of(13, 30)),
                Duration.ofHours(1),
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
        return local(timing.planned(since, SHANGHAI, DAY));
    }

    private static String local(Optional<Due> due) {
        return LocalDateTime.ofInstant(due.orElseThrow().at(), SHANGHAI).toString();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
