package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import io.memberday.json.Json;
import io.memberday.local.engine.Template;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

class SchedulesTest {
    /** EventBridge Scheduler's: minutes hours day-of-month month day-of-week year, Sunday is 1. */
    private static final CronDefinition EVENTBRIDGE =
            CronDefinitionBuilder.defineCron()
                    .withMinutes()
                    .withValidRange(0, 59)
                    .withStrictRange()
                    .and()
                    .withHours()
                    .withValidRange(0, 23)
                    .withStrictRange()
                    .and()
                    .withDayOfMonth()
                    .withValidRange(1, 31)
                    .supportsL()
                    .supportsW()
                    .supportsQuestionMark()
                    .and()
                    .withMonth()
                    .withValidRange(1, 12)
                    .and()
                    .withDayOfWeek()
                    .withValidRange(1, 7)
                    .withMondayDoWValue(2)
                    .supportsHash()
                    .supportsL()
                    .supportsQuestionMark()
                    .and()
                    .withYear()
                    .withValidRange(1970, 2199)
                    .and()
                    .instance();

    private final Playbook playbook = Playbooks.load();

    @Test
    void shouldGoByTheStoresZone() {
        for (String function : List.of("MemberDayFunction", "CampaignReportFunction")) {
            schedules(function)
                    .forEach(
                            schedule ->
                                    assertEquals(
                                            playbook.store().zone().getId(),
                                            property(schedule, "ScheduleExpressionTimezone")));
        }
    }

    @Test
    void shouldWakeMemberDayAtEveryTimeOfThePlaybookAndAtNoOther() {
        Campaign memberDay = playbook.campaign("member-day").orElseThrow();
        ZoneId zone = playbook.store().zone();
        ZonedDateTime start = LocalDate.parse("2026-01-01").atStartOfDay(zone);
        ZonedDateTime end = start.plusYears(3);
        TreeSet<ZonedDateTime> planned = new TreeSet<>();
        start.toLocalDate()
                .datesUntil(end.toLocalDate())
                .forEach(
                        date ->
                                memberDay
                                        .schedule(date)
                                        .ifPresent(
                                                one ->
                                                        planned.add(
                                                                date.atTime(one.at())
                                                                        .atZone(zone))));

        TreeSet<ZonedDateTime> fired = new TreeSet<>();
        schedules("MemberDayFunction")
                .filter(SchedulesTest::hasCampaign)
                .forEach(schedule -> fired.addAll(times(schedule, start, end)));

        assertEquals(planned, fired);
        assertTrue(fired.contains(ZonedDateTime.parse("2026-05-08T10:00+08:00[Asia/Shanghai]")));
    }

    @Test
    void shouldLookAtTheCalendarEveryQuarterOfAnHour() {
        ZonedDateTime start = ZonedDateTime.parse("2026-01-01T00:00+08:00[Asia/Shanghai]");
        Template.Event calendar =
                schedules("MemberDayFunction")
                        .filter(schedule -> !hasCampaign(schedule))
                        .findFirst()
                        .orElseThrow();

        assertEquals("{\"calendar\": true}", property(calendar, "Input"));
        assertEquals(96, times(calendar, start, start.plusDays(1)).size());
    }

    @Test
    void shouldLookAtTheCalendarWithinEachWindowOfThePlaybook() {
        for (Campaign campaign : playbook.campaigns()) {
            assertTrue(
                    campaign.window().compareTo(Duration.ofMinutes(15)) >= 0,
                    campaign.key() + " may be over before the calendar is looked at");
        }
    }

    @Test
    void shouldTickEveryMinute() {
        assertEquals(
                List.of("rate(1 minute)"),
                schedules("TouchClockFunction")
                        .map(schedule -> property(schedule, "ScheduleExpression"))
                        .toList());
    }

    @Test
    void shouldMeanATimeWithEveryOtherSchedule() {
        ZonedDateTime start = ZonedDateTime.parse("2026-01-01T00:00+08:00[Asia/Shanghai]");

        assertEquals(
                7,
                schedules("CampaignReportFunction")
                        .mapToInt(schedule -> times(schedule, start, start.plusWeeks(1)).size())
                        .sum(),
                "reports in a week");
    }

    private static boolean hasCampaign(Template.Event schedule) {
        return Json.read(property(schedule, "Input"))
                .optionalText("campaign")
                .filter("member-day"::equals)
                .isPresent();
    }

    private static Stream<Template.Event> schedules(String function) {
        return Deployment.TEMPLATE.function(function).events().stream()
                .filter(event -> event.type().equals("ScheduleV2"));
    }

    private static String property(Template.Event event, String name) {
        return Deployment.resolved(event).text(name);
    }

    /** When a cron schedule fires from start (inclusive) to end. */
    private static TreeSet<ZonedDateTime> times(
            Template.Event schedule, ZonedDateTime start, ZonedDateTime end) {
        String expression = property(schedule, "ScheduleExpression");
        assertTrue(expression.matches("cron\\(.*\\)"), expression);
        ExecutionTime cron =
                ExecutionTime.forCron(
                        new CronParser(EVENTBRIDGE)
                                .parse(expression.substring(5, expression.length() - 1)));
        TreeSet<ZonedDateTime> times = new TreeSet<>();
        ZonedDateTime at = cron.nextExecution(start.minusNanos(1)).orElseThrow();
        while (at.isBefore(end)) {
            times.add(at);
            at = cron.nextExecution(at).orElseThrow();
        }
        return times;
    }
}
