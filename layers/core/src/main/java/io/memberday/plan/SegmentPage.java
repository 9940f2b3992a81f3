package io.memberday.plan;

import io.memberday.file.Html;
import io.memberday.playbook.Store;
import io.memberday.result.Figures;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A segment's plan as JSON, as lines of text, and as one HTML page that needs no other file, no
 * script and no network (R66).
 *
 * @param name of the segment
 * @param source its expression
 * @param complete whether every member was read
 */
record SegmentPage(
        Store store,
        String name,
        String source,
        Instant at,
        SegmentTraits traits,
        SegmentForecast forecast,
        boolean complete) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final int WIDTH = 720;
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--line:#d9dfe6;--back:#fff;
            --a:#1f7a6d;--b:#c2622d}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#a3adb8;--line:#36404b;
            --back:#14191f;--a:#4fb3a3;--b:#e08a55}}
            body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
            background:var(--back);max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
            .soft{color:var(--soft)}.wide{overflow-x:auto}code{overflow-wrap:anywhere}
            .remark{border-left:4px solid var(--b);padding:.3rem 1rem}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
            th:first-child,td:first-child{text-align:left}th{color:var(--soft);font-weight:600}
            meter{width:8rem}svg{width:100%;height:auto}svg text{font-size:12px;fill:var(--ink);
            text-anchor:middle}svg rect{fill:var(--a)}
            """;

    /** The plan as a JSON object. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("segment", name);
        json.put("expression", source);
        json.put("at", at.toString());
        json.put("complete", complete);
        json.put("size", traits.size());
        json.put("traits", traits.traits());
        traits.averageOrder()
                .ifPresent(
                        minor -> json.put("averageOrder", Figures.money(minor, store.currency())));
        traits.bestHour().ifPresent(hour -> json.put("bestHour", hour));
        json.put("hours", IntStream.range(0, 24).mapToObj(hour -> traits.hours()[hour]).toList());
        Map<String, Object> reach = new LinkedHashMap<>();
        traits.reach()
                .forEach(
                        (channel, many) ->
                                reach.put(
                                        channel.key(),
                                        Map.of(
                                                "address", many.address(),
                                                "consent", many.consent(),
                                                "now", many.now())));
        json.put("reach", reach);
        json.put("addressable", traits.addressable());
        json.put("globalHoldout", traits.heldOutOfAll());
        json.put("conversion", conversion());
        json.put("basis", forecast.expectation().basis());
        json.put("forecast", forecast.ways().stream().map(forecast::json).toList());
        return json;
    }

    private String conversion() {
        return String.format(Locale.ROOT, "%.2f %%", forecast.expectation().conversion() * 100);
    }

    /** The plan for a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %s members%s"
                        .formatted(
                                name,
                                Figures.count(traits.size()),
                                complete ? "" : " of those read until time ran out"));
        traits.traits()
                .forEach(
                        (trait, counts) -> {
                            if (!counts.isEmpty()) {
                                List<String> told = new ArrayList<>();
                                counts.forEach(
                                        (what, many) -> told.add(what + " " + Figures.count(many)));
                                lines.add(trait + ": " + String.join(", ", told));
                            }
                        });
        lines.add("average order: " + averageOrder());
        lines.add("best hour: " + bestHour());
        traits.reach()
                .forEach(
                        (channel, many) ->
                                lines.add(
                                        "%s: %s with an address, %s of them agreed, %s may get one today"
                                                .formatted(
                                                        channel.key(),
                                                        Figures.count(many.address()),
                                                        Figures.count(many.consent()),
                                                        Figures.count(many.now()))));
        lines.add("conversion %s: %s".formatted(conversion(), forecast.expectation().basis()));
        forecast.ways()
                .forEach(
                        way -> {
                            List<String> told = new ArrayList<>();
                            forecast.json(way).forEach((key, value) -> told.add(key + " " + value));
                            lines.add(String.join(", ", told));
                        });
        return lines;
    }

    private String averageOrder() {
        return traits.averageOrder()
                .map(minor -> Figures.money(minor, store.currency()))
                .orElse(Figures.NOTHING);
    }

    private String bestHour() {
        return traits.bestHour()
                .map(hour -> "%02d:00 to %02d:00".formatted(hour, (hour + 1) % 24))
                .orElse(Figures.NOTHING);
    }

    /** The page. */
    String html() {
        String title = "%s · %s".formatted(store.name(), name);
        Html page = new Html();
        page.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta name=\"referrer\" content=\"no-referrer\">")
                .element("title", title)
                .raw("<style>" + STYLE + "</style></head><body>")
                .element("h1", title)
                .raw("<p>")
                .element("code", source)
                .raw("</p><p class=\"soft\">")
                .text(
                        "%s members, as of %s. Average order %s, best hour %s."
                                .formatted(
                                        Figures.count(traits.size()),
                                        TIME.format(at.atZone(store.zone())),
                                        averageOrder(),
                                        bestHour()))
                .raw("</p>");
        if (!complete) {
            page.raw("<p class=\"remark\">")
                    .text("Time ran out before every member was read: multiply.")
                    .raw("</p>");
        }
        forecast(page);
        reach(page);
        hours(page);
        traits.traits().forEach((trait, counts) -> trait(page, trait, counts));
        return page.raw("</body></html>\n").toString();
    }

    private void forecast(Html page) {
        page.element("h2", "What a campaign for them may bring")
                .raw("<p>")
                .text("Conversion %s: %s.".formatted(conversion(), forecast.expectation().basis()))
                .raw("</p>");
        head(page, "by", "messages", "cost", "buyers", "amount", "ROI");
        for (SegmentForecast.Way way : forecast.ways()) {
            Map<String, Object> figures = forecast.json(way);
            row(
                    page,
                    way.by(),
                    Figures.count(way.messages()),
                    String.valueOf(figures.get("cost")),
                    Figures.count(forecast.buyers(way.messages())),
                    String.valueOf(figures.getOrDefault("amount", Figures.NOTHING)),
                    String.valueOf(figures.getOrDefault("roi", Figures.NOTHING)));
        }
        page.raw("</table></div>");
    }

    private void reach(Html page) {
        page.element("h2", "How they can be reached");
        head(page, "channel", "with an address", "agreed to marketing", "may get one today");
        traits.reach()
                .forEach(
                        (channel, many) ->
                                row(
                                        page,
                                        channel.key(),
                                        Figures.count(many.address()),
                                        Figures.count(many.consent()),
                                        Figures.count(many.now())));
        page.raw("</table></div>");
        if (traits.heldOutOfAll() > 0) {
            page.raw("<p class=\"soft\">")
                    .text(
                            Figures.count(traits.heldOutOfAll())
                                    + " more are in the global control group.")
                    .raw("</p>");
        }
    }

    /** When those who can be reached buy: a column an hour. */
    private void hours(Html page) {
        page.element("h2", "In which hour those who can be reached buy most");
        long[] hours = traits.hours();
        long most =
                Math.max(1, IntStream.range(0, 24).mapToLong(hour -> hours[hour]).max().orElse(1));
        int step = WIDTH / hours.length;
        page.raw(
                "<svg role=\"img\" viewBox=\"0 0 %d 150\" aria-label=\"members by hour\">"
                        .formatted(WIDTH));
        for (int hour = 0; hour < hours.length; hour++) {
            long height = Math.round(100.0 * hours[hour] / most);
            page.raw(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>"
                            .formatted(hour * step + 3, 125 - height, step - 6, height));
            page.raw("<text x=\"%d\" y=\"%d\">".formatted(hour * step + step / 2, 120 - height))
                    .text(hours[hour] == 0 ? "" : Figures.count(hours[hour]))
                    .raw(
                            "</text><text x=\"%d\" y=\"143\">%d</text>"
                                    .formatted(hour * step + step / 2, hour));
        }
        page.raw("</svg>");
    }

    private void trait(Html page, String trait, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        page.element("h2", "By " + trait);
        head(page, trait, "members", "share", "");
        counts.forEach(
                (what, many) -> {
                    page.raw("<tr>")
                            .element("td", what)
                            .element("td", Figures.count(many))
                            .element("td", Figures.percent(many, traits.size()))
                            .raw(
                                    "<td><meter max=\"%d\" value=\"%d\"></meter></td></tr>"
                                            .formatted(Math.max(1, traits.size()), many));
                });
        page.raw("</table></div>");
    }

    private static void head(Html page, String... names) {
        page.raw("<div class=\"wide\"><table><tr>");
        List.of(names).forEach(name -> page.element("th", name));
        page.raw("</tr>");
    }

    private static void row(Html page, String... cells) {
        page.raw("<tr>");
        List.of(cells).forEach(cell -> page.element("td", cell));
        page.raw("</tr>");
    }
}
