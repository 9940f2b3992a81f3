package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;

/** Schedules of every kind as a shop writes them, and what can be wrong with them. */
final class CalendarCompilerTest {
    private static final LocalTime AT = LocalTime.of(20, 30);
    private static final String LAST_HOURS =
            "campaigns.yaml|{ date: \"2026-11-11\", at: \"20:30\" }";
    private static final String FESTIVALS =
            "festivals: { qixi: [\"2026-08-19\", \"2027-08-08\"], spring: [\"2026-02-17\"] }\n";
    private static final String WAVES =
            """
            - id: promotion
              schedule: { yearly: "11-11" }
              attribution: 4d
              value: 70
              waves:
                - id: recall
                  daysBefore: 8
                  at: "12:15"
                  window: 2h
                  segment: buyers
                  send: { sms: last-hours }
                  budget: "500.00 CNY"
                - id: eve
                  daysBefore: 1
                  at: "19:00"
                  window: 2h
                  segment: regulars
                  value: 90
                  send: { email: member-day }
            """;

    @Test
    void shouldReadSchedulesOfEveryKind() {
        Schedule qixi =
                new Schedule.Festival(
                        "qixi",
                        List.of(LocalDate.parse("2026-08-19"), LocalDate.parse("2027-08-08")),
                        AT);
        Map.of(
                        "daily: true", new Schedule.Daily(AT),
                        "monthly: 31", new Schedule.Monthly(31, AT),
                        "monthly: last", new Schedule.Monthly(31, AT),
                        "yearly: \"02-29\"", new Schedule.Yearly(MonthDay.of(2, 29), AT),
                        "yearly: \"11-11\", daysBefore: 7",
                                new Schedule.Before(
                                        new Schedule.Yearly(MonthDay.of(11, 11), AT), 7),
                        "festival: qixi", qixi,
                        "festival: qixi, daysBefore: 7", new Schedule.Before(qixi, 7),
                        "birthday: true", new Schedule.Birthday(0, AT),
                        "birthday: true, daysBefore: 3", new Schedule.Birthday(3, AT))
                .forEach(
                        (written, schedule) -> {
                            PlaybookCompiler.Result result = scheduled(written);
                            assertEquals(List.of(), result.mistakes(), written);
                            assertEquals(
                                    List.of(schedule),
                                    campaign(result, "last-hours").schedules(),
                                    written);
                        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "yearly: 31-12 | 17 | last-hours.schedule[0].yearly: write month and day like"
                        + " \"08-19\" (found: 31-12)",
                "yearly: \"02-30\" | 17 | last-hours.schedule[0].yearly: write month and day",
                "monthly: 0 | 17 | last-hours.schedule[0].monthly: write a day from 1 to 31, or"
                        + " last: a shorter month's last day is taken (found: 0)",
                "daily: false | 17 | last-hours.schedule[0].daily: write true, or take it away",
                "birthday: 3 | 17 | last-hours.schedule[0].birthday: write true or false (found:"
                        + " 3)",
                "festival: qixy | 17 | last-hours.schedule[0].festival: has no dates in store.yaml:"
                        + " did you mean qixi?",
                "festival: qixi, daysBefore: 61 | 17 | last-hours.schedule[0].daysBefore: write a"
                        + " whole number from 0 to 60 (found: 61)",
                "weekly: FRI, daysBefore: 2 | 17 | last-hours.schedule[0].daysBefore: counts back"
                        + " from a date, yearly, festival or birthday only",
                "daily: true, weekly: FRI | 17 | last-hours.schedule[0].daily: take one of daily"
                        + " and weekly",
                "quarterly: 1 | 17 | last-hours.schedule[0].date: say when: date:",
                "quarterly: 1 | 17 | last-hours.schedule[0].quarterly: unknown field",
            })
    void shouldRefuseAScheduleThatIsNotOne(String written, int line, String mistake) {
        found(scheduled(written), "campaigns.yaml:" + line + ": " + mistake);
    }

    @Test
    void shouldRefuseABirthdayBesideOtherDaysAndInOffers() {
        found(
                SmallShop.compile(
                        Map.of(
                                LAST_HOURS,
                                "[{ birthday: true, at: \"10:00\" }, { monthly: 8, at: \"10:00\""
                                        + " }]")),
                "campaigns.yaml:17: last-hours.schedule: a birthday stands alone");
        found(
                SmallShop.compile(
                        Map.of(
                                "campaigns.yaml|{ id: friday, weekly: FRI",
                                "{ id: friday, birthday: true")),
                "campaigns.yaml:12: member-day.offers[0].birthday: offers hold on days");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "festivals: { qixi: [] } | festivals.qixi: give its dates, one for each year",
                "festivals: { qixi: [\"2026-02-30\"] } | festivals.qixi: write dates like"
                        + " [\"2026-02-17\"], not 2026-02-30",
                "festivals: { qixi: [\"2027-08-08\", \"2026-08-19\"] } | festivals.qixi: write the"
                        + " years one after the other",
                "festivals: { Qi Xi: [\"2026-08-19\"] } | festivals.Qi Xi: write it in lower case"
                        + " letters",
                "festivals: qixi | festivals: must be a table of fields",
            })
    void shouldRefuseFestivalsWithoutDates(String written, String mistake) {
        found(
                SmallShop.compile(
                        Map.of("store.yaml|name: Shop\n", "name: Shop\n" + written + "\n")),
                "store.yaml:2: " + mistake);
    }

    @Test
    void shouldSayThatNoFestivalHasDates() {
        found(
                SmallShop.compile(Map.of(LAST_HOURS, "{ festival: qixi, at: \"20:30\" }")),
                "campaigns.yaml:17: last-hours.schedule[0].festival: has no dates: list them under"
                        + " festivals in store.yaml");
    }

    @Test
    void shouldWarnWhenAFestivalThatIsUsedHasNoDateInTheNextYear() {
        Map<String, String> used =
                Map.of(
                        "store.yaml|name: Shop\n",
                        "name: Shop\n" + FESTIVALS,
                        LAST_HOURS,
                        "{ festival: spring, daysBefore: 3, at: \"20:30\" }");
        assertEquals(
                List.of(
                        "store.yaml:2: warning: festivals.spring: has no date in 2027: without it"
                                + " nothing is sent for it (found: a list of 1)"),
                SmallShop.compile(used).mistakes().stream().map(Mistake::toString).toList());
    }

    @Test
    void shouldMakeACampaignOfEachWave() {
        // When
        PlaybookCompiler.Result result = waves("", "");

        // Then
        assertEquals(
                List.of("at", "at"),
                result.mistakes().stream()
                        .map(warned -> warned.field().replaceFirst(".*\\.", ""))
                        .toList(),
                "only that member day is at the same time");
        Campaign recall = campaign(result, "promotion#recall");
        Campaign eve = campaign(result, "promotion#eve");
        assertEquals("promotion", recall.id());
        assertEquals(
                List.of(
                        new Schedule.Before(
                                new Schedule.Yearly(MonthDay.of(11, 11), LocalTime.of(12, 15)), 8)),
                recall.schedules());
        assertEquals(70, recall.value());
        assertEquals(90, eve.value());
        assertTrue(recall.budget().isPresent());
        assertTrue(eve.budget().isEmpty());
        assertEquals(recall.attribution(), eve.attribution());
        assertEquals(Channel.EMAIL, eve.send().getFirst().channel());
        assertEquals("keptPurchases >= 2", eve.segment().source());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "id: eve | id: recall | 35 | promotion.waves[1].id: is there twice: ids must"
                        + " differ",
                "id: eve | id: The eve | 35 | promotion.waves[1].id: write it in lower case",
                "daysBefore: 1 | daysBefore: -1 | 36 | promotion#eve.daysBefore: write a whole"
                        + " number from 0 to 60 (found: -1)",
                "at: \"19:00\" | at: \"21:30\" | 37 | promotion#eve.at: begins at 21:30, but the"
                        + " store is quiet",
                "at: \"19:00\" | at: \"20:00\" | 38 | promotion#eve.window: ends at 22:00, but the"
                        + " store is quiet from 21:00 to 08:00: 1h fits",
                "segment: regulars | segment: regular | 39 | promotion#eve.segment: no segment is"
                        + " called so: did you mean regulars?",
                "value: 90 | holdout: 5% | 40 | promotion#eve.holdout: unknown field",
                "attribution: 4d | attribution: four | 25 | promotion.attribution: write a"
                        + " duration",
                "value: 70 | window: 2h | 26 | promotion.window: write it in each wave: each is a"
                        + " run of its own",
                "value: 70 | budget: 9 | 26 | promotion.budget: write it in each wave",
                "yearly: \"11-11\" | weekly: FRI | 24 | promotion.schedule: waves count back from"
                        + " one day",
                "yearly: \"11-11\" | yearly: \"11-11\", at: \"10:00\" | 24 | promotion.schedule.at:"
                        + " unknown field",
                "email: member-day | email: member-days | 41 | promotion#eve.send: unknown"
                        + " template",
            })
    void shouldRefuseAWaveThatIsNotOne(String right, String wrong, int line, String mistake) {
        found(waves(right, wrong), "campaigns.yaml:" + line + ": " + mistake);
    }

    @Test
    void shouldRefuseWavesWithoutDayOrTimeOrWithoutAny() {
        found(
                waves("2h\n      segment: regulars", "14m\n      segment: regulars"),
                "campaigns.yaml:38: promotion#eve.window: give it 15m at least: so often the"
                        + " calendar is looked at");
        found(
                waves("      daysBefore: 1\n", ""),
                "campaigns.yaml:35: promotion#eve.daysBefore: is missing: say how many days");
        found(
                waves("  schedule: { yearly: \"11-11\" }\n", ""),
                "campaigns.yaml:23: promotion.schedule: is missing: say when the promotion is");
        found(
                SmallShop.compile(Map.of("campaigns.yaml|  value: 80", "  value: 80\n  waves: []")),
                "campaigns.yaml:19: last-hours.waves: list them, each with id");
    }

    @Test
    void shouldGiveSegmentsATimeOfTheirOwn() {
        // Given
        PlaybookCompiler.Result result =
                SmallShop.compile(
                        Map.of(
                                LAST_HOURS,
                                """
                                { date: "2026-11-11", at: "20:30" }
                                  clock: member
                                  sendAt:
                                    - { segment: buyers, daysBefore: 2, at: "12:15", window: 45m }
                                    - { segment: "keptPurchases == 0", at: "16:30" }\
                                """));

        // Then
        assertEquals(List.of(), result.mistakes());
        SendTimes times = campaign(result, "last-hours").times();
        assertTrue(times.local());
        assertEquals(
                List.of("keptPurchases >= 1 2 12:15 PT45M", "keptPurchases == 0 0 16:30 PT30M"),
                times.others().stream()
                        .map(
                                other ->
                                        "%s %d %s %s"
                                                .formatted(
                                                        other.segment().source(),
                                                        other.daysBefore(),
                                                        other.at(),
                                                        other.window()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ segment: buyers, at: \"22:00\" } | sendAt: begins at 22:00, but the store is"
                        + " quiet from 21:00 to 08:00: begin outside",
                "{ segment: buyers, at: \"20:00\", window: 2h } | sendAt: ends at 22:00, but the"
                        + " store is quiet from 21:00 to 08:00: 1h fits",
                "{ segment: buyers, at: \"12:00\", window: 5m } | sendAt[0].window: give it 15m at"
                        + " least",
                "{ segment: byers, at: \"12:00\" } | sendAt[0].segment: ",
                "{ segment: buyers } | sendAt[0].at: ",
                "{ segment: buyers, at: \"12:00\", day: 1 } | sendAt[0].day: unknown field",
            })
    void shouldRefuseASendTimeThatCannotBe(String written, String mistake) {
        found(
                SmallShop.compile(
                        Map.of(
                                LAST_HOURS,
                                "{ date: \"2026-11-11\", at: \"20:30\" }\n  sendAt: " + written)),
                "campaigns.yaml:18: last-hours." + mistake);
    }

    @Test
    void shouldRefuseDaysBeforeARunThatComesAgainAndAgain() {
        found(
                SmallShop.compile(
                        Map.of(
                                LAST_HOURS,
                                "{ daily: true, at: \"20:30\" }\n"
                                    + "  sendAt: { segment: buyers, daysBefore: 1, at: \"12:00\""
                                    + " }")),
                "campaigns.yaml:18: last-hours.sendAt: daysBefore counts back from a date, yearly"
                        + " or a festival only");
    }

    private static PlaybookCompiler.Result scheduled(String days) {
        return SmallShop.compile(
                Map.of(
                        "store.yaml|name: Shop\n",
                        "name: Shop\n" + FESTIVALS,
                        LAST_HOURS,
                        "{ " + days + ", at: \"20:30\" }"));
    }

    /** The shop with a promotion in three waves, and what stands there written otherwise. */
    private static PlaybookCompiler.Result waves(String right, String wrong) {
        Map<String, String> files = SmallShop.files();
        assertTrue(WAVES.contains(right), right);
        files.merge(
                "campaigns.yaml",
                right.isEmpty() ? WAVES : WAVES.replace(right, wrong),
                String::concat);
        return SmallShop.compileFiles(files);
    }

    private static Campaign campaign(PlaybookCompiler.Result result, String key) {
        return result.playbook().orElseThrow().campaign(key).orElseThrow();
    }

    private static void found(PlaybookCompiler.Result result, String mistake) {
        assertTrue(
                result.mistakes().stream()
                        .filter(found -> !found.warning())
                        .anyMatch(found -> found.toString().startsWith(mistake)),
                () -> mistake + "\nbut found\n" + result.mistakes());
        assertTrue(result.playbook().isEmpty());
    }
}
