package io.memberday.local.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

class TimingTest {
    @ParameterizedTest
    @CsvSource({
        // member day: Friday and the 8th at 10 in the store's zone
        "'cron(0 10 ? * FRI *)', Asia/Shanghai, 2026-05-04T00:00:00Z, 2026-05-08T02:00:00Z",
        "'cron(0 10 8 * ? *)', Asia/Shanghai, 2026-05-08T02:00:00Z, 2026-06-08T02:00:00Z",
        "'cron(0 10 8 * ? *)', Asia/Shanghai, 2026-05-08T01:59:59Z, 2026-05-08T02:00:00Z",
        // Sunday is 1
        "'cron(0 10 ? * 1 *)', UTC, 2026-05-04T00:00:00Z, 2026-05-10T10:00:00Z",
        "'cron(15,45 8-10/2 ? * MON-FRI *)', UTC, 2026-05-08T08:15:00Z, 2026-05-08T08:45:00Z",
        "'cron(15,45 8-10/2 ? * MON-FRI *)', UTC, 2026-05-08T10:45:00Z, 2026-05-11T08:15:00Z",
        "'cron(0/20 * * * ? *)', UTC, 2026-05-08T08:41:00Z, 2026-05-08T09:00:00Z",
        "'cron(0 0 L FEB ? *)', UTC, 2026-05-08T00:00:00Z, 2027-02-28T00:00:00Z",
        "'cron(0 0 29 2 ? *)', UTC, 2026-05-08T00:00:00Z, 2028-02-29T00:00:00Z",
        // 15 August 2026 is a Saturday, 1 August too: the nearest weekday lies in the month
        "'cron(0 0 15W 8 ? *)', UTC, 2026-08-01T00:00:00Z, 2026-08-14T00:00:00Z",
        "'cron(0 0 1W 8 ? *)', UTC, 2026-07-01T00:00:00Z, 2026-08-03T00:00:00Z",
        "'cron(0 0 ? * FRI#2 *)', UTC, 2026-05-01T00:00:00Z, 2026-05-08T00:00:00Z",
        "'cron(0 0 ? * 6L *)', UTC, 2026-05-01T00:00:00Z, 2026-05-29T00:00:00Z",
        "'cron(0 21 11 11 ? 2027)', Asia/Shanghai, 2026-05-01T00:00:00Z, 2027-11-11T13:00:00Z",
        "'rate(1 minute)', UTC, 2026-05-01T00:00:30Z, 2026-05-01T00:01:00Z",
        "'rate(1 minute)', UTC, 2026-05-01T00:01:00Z, 2026-05-01T00:02:00Z",
        "'rate(6 hours)', UTC, 2026-05-01T00:01:00Z, 2026-05-01T06:00:00Z",
        "'at(2026-11-11T21:00:00)', Asia/Shanghai, 2026-05-01T00:01:00Z, 2026-11-11T13:00:00Z",
    })
    void shouldFindTheNextTime(String expression, String zone, Instant after, Instant next) {
        assertEquals(Optional.of(next), Timing.of(expression, ZoneId.of(zone)).next(after));
    }

    @Test
    void shouldSkipALocalTimeThatTheClocksLeaveOut() {
        Timing halfPastTwo = Timing.of("cron(30 2 * * ? *)", ZoneId.of("America/New_York"));

        // On 8 March 2026 the clocks go from 2 to 3: that day there is no 2:30.
        assertEquals(
                Optional.of(Instant.parse("2026-03-09T06:30:00Z")),
                halfPastTwo.next(Instant.parse("2026-03-07T07:30:00Z")));
    }

    @Test
    void shouldRunOnceWhereTheClocksRepeatALocalTime() {
        Timing halfPastOne = Timing.of("cron(30 1 * * ? *)", ZoneId.of("America/New_York"));

        // On 1 November 2026 1:30 comes at 05:30Z and again at 06:30Z.
        Optional<Instant> first = halfPastOne.next(Instant.parse("2026-10-31T05:30:00Z"));
        assertEquals(Optional.of(Instant.parse("2026-11-01T05:30:00Z")), first);
        assertEquals(
                Optional.of(Instant.parse("2026-11-02T06:30:00Z")),
                first.flatMap(halfPastOne::next));
        assertEquals(
                Optional.of(Instant.parse("2026-11-02T06:30:00Z")),
                halfPastOne.next(Instant.parse("2026-11-01T06:15:00Z")),
                "asked between the two");
    }

    @Test
    void shouldSkipAMidnightThatTheClocksLeaveOut() {
        Timing midnight = Timing.of("cron(0 0 * * ? *)", ZoneId.of("America/Santiago"));

        assertEquals(
                Optional.of(Instant.parse("2023-09-04T03:00:00Z")),
                midnight.next(Instant.parse("2023-09-02T12:00:00Z")));
    }

    @Test
    void shouldKeepItsRateWhenTheClocksChange() {
        Timing hourly = Timing.of("rate(1 hour)", ZoneId.of("America/New_York"));

        assertEquals(
                4,
                Stream.iterate(
                                hourly.next(Instant.parse("2026-11-01T04:30:00Z")).orElseThrow(),
                                time -> !time.isAfter(Instant.parse("2026-11-01T08:30:00Z")),
                                time -> hourly.next(time).orElseThrow())
                        .count());
    }

    @Test
    void shouldEndWithItsLastYearOrItsOnlyTime() {
        assertEquals(
                Optional.empty(),
                Timing.of("cron(0 0 1 1 ? 2025)", ZoneId.of("UTC"))
                        .next(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(
                Optional.empty(),
                Timing.of("at(2026-01-01T00:00:00)", ZoneId.of("UTC"))
                        .next(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(nonsense)",
                "cron(0 10 * * * *)",
                "cron(0 10 ? * ? *)",
                "cron(60 10 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 10 ? * FRYDAY *)",
                "cron(0 10 ? * FRI#6 *)",
                "cron(0 18-10 * * ? *)",
                "cron(0 10 * * ?)",
                "rate(0 minutes)",
                "rate(1 fortnight)",
                "at(tomorrow)",
                "every day",
            })
    void shouldRefuseWhatAwsRefuses(String expression) {
        assertThrows(IllegalArgumentException.class, () -> Timing.of(expression, ZoneId.of("UTC")));
    }
}
