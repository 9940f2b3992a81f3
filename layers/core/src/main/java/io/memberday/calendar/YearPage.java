package io.memberday.calendar;

import io.memberday.calendar.YearPlan.Entry;
import io.memberday.campaign.RunPlan;
import io.memberday.file.Html;
import io.memberday.money.Price;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Schedule;

import java.time.LocalTime;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A year as text and as one HTML page that needs no other file, no script and no network (R66). How
 * many a run will address is not known before it is planned; what it may cost is what the last run
 * of the same campaign did.
 */
public final class YearPage {
    private static final String UNKNOWN = "–";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd EEE", Locale.ENGLISH);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_DAY =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--line:#d9dfe6;--back:#fff;
            --bad:#c2622d}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#a3adb8;--line:#36404b;
            --back:#14191f;--bad:#e08a55}}
            body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
            background:var(--back);max-width:70rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
            .soft{color:var(--soft)}.clash{color:var(--bad)}.wide{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;
            border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}
            td:nth-child(-n+2){white-space:nowrap}
            """;

    private final YearPlan plan;

    public YearPage(YearPlan plan) {
        this.plan = plan;
    }

    /** A line for each run, and one for each clash below it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        plan.everyDay().forEach(campaign -> lines.add("every day " + everyDay(campaign)));
        for (Entry entry : plan.entries()) {
            lines.add(String.join("  ", cells(entry)));
            entry.clashes().forEach(clash -> lines.add("  ! " + clash));
        }
        plan.notHeld()
                .forEach(
                        campaign ->
                                lines.add("not in %d  %s".formatted(plan.year(), campaign.key())));
        return lines;
    }

    /** The page. */
    public String html() {
        String title = "%s · %d".formatted(plan.store().name(), plan.year());
        Html page = new Html();
        page.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta name=\"referrer\" content=\"no-referrer\">")
                .element("title", title)
                .raw("<style>" + STYLE + "</style></head><body>")
                .element("h1", title)
                .raw("<p class=\"soft\">")
                .text(
                        "%d runs, %d of them with a clash. Times are %s."
                                .formatted(plan.entries().size(), clashing(), plan.store().zone()))
                .raw("</p>");
        list(page, "Every day", plan.everyDay().stream().map(this::everyDay).toList());
        for (Month month : Month.values()) {
            month(page, month);
        }
        list(
                page,
                "Without a day in %d".formatted(plan.year()),
                plan.notHeld().stream().map(Campaign::key).toList());
        return page.raw("</body></html>\n").toString();
    }

    /** How many runs clash with another. */
    public long clashing() {
        return plan.entries().stream().filter(entry -> !entry.clashes().isEmpty()).count();
    }

    private void month(Html page, Month month) {
        List<Entry> entries =
                plan.entries().stream()
                        .filter(entry -> entry.plan().date().getMonth() == month)
                        .toList();
        if (entries.isEmpty()) {
            return;
        }
        page.element("h2", month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .raw("<div class=\"wide\"><table><tr>");
        List.of("day", "time", "campaign", "offer", "to", "audience", "cost")
                .forEach(name -> page.element("th", name));
        page.raw("</tr>");
        for (Entry entry : entries) {
            page.raw("<tr>");
            cells(entry).forEach(cell -> page.element("td", cell));
            page.raw("</tr>");
            for (String clash : entry.clashes()) {
                page.raw("<tr><td></td><td class=\"clash\" colspan=\"6\">")
                        .text(clash)
                        .raw("</td></tr>");
            }
        }
        page.raw("</table></div>");
    }

    private static void list(Html page, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            page.element("h2", title).raw("<ul>");
            lines.forEach(line -> page.element("li", line));
            page.raw("</ul>");
        }
    }

    private List<String> cells(Entry entry) {
        RunPlan run = entry.plan();
        ZonedDateTime from = run.at().atZone(plan.store().zone());
        ZonedDateTime until = run.until().atZone(plan.store().zone());
        boolean sameDay = from.toLocalDate().equals(until.toLocalDate());
        return List.of(
                DAY.format(run.date()),
                TIME.format(from) + "–" + (sameDay ? TIME : OTHER_DAY).format(until),
                run.campaign().key(),
                run.offer().map(Offer::id).orElse(UNKNOWN),
                entry.segment(),
                UNKNOWN,
                entry.last()
                        .map(last -> "%s on %s".formatted(cost(last.spentMicros()), last.date()))
                        .orElse(UNKNOWN));
    }

    private String cost(long micros) {
        return Price.rounded(micros, plan.store().currency()).toString();
    }

    private String everyDay(Campaign campaign) {
        return campaign.schedules().stream()
                        .map(Schedule::at)
                        .map(LocalTime::toString)
                        .collect(Collectors.joining(", "))
                + "  "
                + campaign.key();
    }
}
