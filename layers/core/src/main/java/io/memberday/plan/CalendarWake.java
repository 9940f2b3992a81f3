package io.memberday.plan;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.calendar.YearPage;
import io.memberday.calendar.YearPlan;
import io.memberday.campaign.RunStore;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.playbook.Playbook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What member-day does with {@code {"calendar": …}}: {@code true} plans each run of the playbook
 * that is due and not there yet; a year shows that year.
 */
public final class CalendarWake {
    private static final String CALENDAR = "calendar";
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    private final Playbook playbook;
    private final MemberDay memberDay;
    private final RunStore runs;
    private final FileStore files;
    private final Clock clock;

    public CalendarWake(
            Playbook playbook, MemberDay memberDay, RunStore runs, FileStore files, Clock clock) {
        this.playbook = playbook;
        this.memberDay = memberDay;
        this.runs = runs;
        this.files = files;
        this.clock = clock;
    }

    /** Whether a request asks for the calendar. */
    public static boolean asked(Fields request) {
        return request.has(CALENDAR);
    }

    /**
     * Answers such a request.
     *
     * @throws BadInput if it is neither {@code true} nor a year, or a run that is due cannot be
     *     sent: after all the others have been planned
     */
    public Map<String, Object> answer(Fields request) {
        for (String name : request.names()) {
            if (!name.equals(CALENDAR)) {
                throw request.bad(name, "is not known beside calendar; take it away");
            }
        }
        return request.raw(CALENDAR).filter(Boolean.TRUE::equals).isPresent()
                ? planned()
                : year(request);
    }

    private Map<String, Object> planned() {
        return Map.of("due", memberDay.due(new CampaignCalendar(playbook).due(clock.instant())));
    }

    private Map<String, Object> year(Fields request) {
        int year =
                request.raw(CALENDAR)
                        .filter(Integer.class::isInstance)
                        .map(Integer.class::cast)
                        .filter(number -> number >= FIRST_YEAR && number <= LAST_YEAR)
                        .orElseThrow(
                                () ->
                                        request.bad(
                                                CALENDAR, "must be true, or a year such as 2026"));
        YearPlan plan = YearPlan.of(playbook, year, runs.all());
        YearPage page = new YearPage(plan);
        String name = "reports/calendar-" + year + "/index.html";
        files.put(name, "text/html; charset=utf-8", page.html().getBytes(StandardCharsets.UTF_8));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(CALENDAR, year);
        answer.put("runs", plan.entries().size());
        answer.put("clashes", page.clashing());
        answer.put("page", files.address(name));
        answer.put("text", page.lines());
        return answer;
    }
}
