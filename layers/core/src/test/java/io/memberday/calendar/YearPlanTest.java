package io.memberday.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** A year of the sample shop, whose caps are 1 a day and 3 a week. */
final class YearPlanTest {
    private static final Campaign MEMBER_DAY = SamplePlaybook.memberDay();

    @Test
    void shouldShowEachRunWithTimeOfferSegmentAndTheLastRunsCost() {
        // Given
        Run last = run(MEMBER_DAY, "2026-04-24", 184_205_000);

        // When
        List<String> lines =
                lines(2026, List.of(MEMBER_DAY), List.of(run(MEMBER_DAY, "2026-04-17", 1), last));

        // Then
        assertEquals(63, lines.size(), "52 Fridays and 12 eighths, of which one is a Friday");
        assertEquals(
                "2026-01-02 Fri  10:00–20:00  member-day  friday  bought  –  184.21 CNY on"
                        + " 2026-04-24",
                lines.getFirst());
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line ->
                                        line.startsWith(
                                                "2026-05-08 Fri  10:00–20:00"
                                                        + "  member-day  the-eighth")));
    }

    @Test
    void shouldSayWhatClashes() {
        // Given: Saturday to Tuesday the 12th, and on Friday the 8th beside member day
        Campaign other = campaign("noon", 60, on("2026-05-08", 12));
        Campaign evening = campaign("evening", 50, on("2026-05-08", 20));
        Campaign mother = campaign("mothers-day", 50, on("2026-05-10", 10));

        // When
        List<String> lines = lines(2026, List.of(MEMBER_DAY, other, evening, mother), List.of());

        // Then
        assertEquals(
                List.of(
                        "  ! sends at the same time as noon: noon wins a member by its value",
                        "  ! on the day of noon, evening: a member gets 1 a day and channel",
                        "  ! one of 4 in its week: a member gets 3 a week and channel"),
                below(lines, "2026-05-08 Fri  10:00"));
        assertEquals(
                List.of(
                        "  ! on the day of member-day, noon: a member gets 1 a day and channel",
                        "  ! one of 4 in its week: a member gets 3 a week and channel"),
                below(lines, "2026-05-08 Fri  20:00"));
        assertEquals(
                List.of("  ! one of 4 in its week: a member gets 3 a week and channel"),
                below(lines, "2026-05-10"));
        assertEquals(List.of(), below(lines, "2026-05-15"));
    }

    @Test
    void shouldListApartWhatRunsEveryDayAndWhatHasNoDay() {
        // Given
        Campaign birthday = campaign("birthday", 50, new Schedule.Birthday(0, LocalTime.of(10, 0)));
        Campaign qixi =
                campaign(
                        "qixi",
                        50,
                        new Schedule.Festival(
                                "qixi", List.of(LocalDate.parse("2026-08-19")), LocalTime.NOON));

        // Then
        assertEquals(
                List.of("every day 10:00  birthday", "not in 2027  qixi"),
                lines(2027, List.of(birthday, qixi), List.of()));
    }

    @Test
    void shouldMakeAPageThatNeedsNothingElseAndEscapesEveryText() {
        // Given
        Campaign evil = campaign("<script>", 1, on("2026-05-08", 10));

        // When
        String html = new YearPage(plan(2026, List.of(evil), List.of())).html();

        // Then
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("http"), html);
        assertTrue(html.contains("<h2>May</h2>"));
        assertFalse(html.contains("<h2>June</h2>"));
    }

    private static List<String> below(List<String> lines, String start) {
        int at = 0;
        while (!lines.get(at).startsWith(start)) {
            at++;
        }
        return lines.subList(at + 1, lines.size()).stream()
                .takeWhile(line -> line.startsWith("  ! "))
                .toList();
    }

    private static List<String> lines(int year, List<Campaign> campaigns, List<Run> past) {
        return new YearPage(plan(year, campaigns, past)).lines();
    }

    private static YearPlan plan(int year, List<Campaign> campaigns, List<Run> past) {
        Playbook sample = SamplePlaybook.playbook();
        return YearPlan.of(
                new Playbook(
                        sample.store(),
                        sample.ladder(),
                        sample.segments(),
                        campaigns,
                        sample.touchpoints(),
                        sample.templates()),
                year,
                past);
    }

    private static Run run(Campaign campaign, String date, long spentMicros) {
        Run run = RunPlan.of(campaign, LocalDate.parse(date), SamplePlaybook.store().zone()).run(1);
        return new Run(
                run.id(),
                run.campaign(),
                run.date(),
                run.at(),
                run.until(),
                1,
                run.state(),
                run.budgetMicros(),
                spentMicros,
                spentMicros);
    }

    private static Schedule on(String date, int hour) {
        return new Schedule.On(LocalDate.parse(date), LocalTime.of(hour, 0));
    }

    private static Campaign campaign(String id, int value, Schedule schedule) {
        return CampaignDraft.like(MEMBER_DAY)
                .id(id)
                .value(value)
                .on(schedule)
                .window(Duration.ofMinutes(30))
                .holdoutPercent(0)
                .budget(Optional.empty())
                .offers(List.of())
                .done();
    }
}
