package io.memberday.result;

import static io.memberday.result.Figures.cost;
import static io.memberday.result.Figures.count;
import static io.memberday.result.Figures.money;
import static io.memberday.result.Figures.percent;
import static io.memberday.result.Figures.ratio;

import io.memberday.file.Html;
import io.memberday.result.CampaignResult.Day;
import io.memberday.result.CampaignResult.Deliveries;
import io.memberday.result.CampaignResult.Line;
import io.memberday.result.CampaignResult.Touches;
import io.memberday.result.Charts.Bar;
import io.memberday.result.Group.By;
import io.memberday.result.Uplift.Difference;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A result as one HTML page that needs no other file, no script and no network (R66). */
public final class ReportPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--line:#d9dfe6;--back:#fff;
            --card:#f5f7f9;--a:#1f7a6d;--b:#c2622d;--c:#8a94a0}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#a3adb8;--line:#36404b;
            --back:#14191f;--card:#1d242c;--a:#4fb3a3;--b:#e08a55;--c:#78828d}}
            body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
            background:var(--back);max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
            p.soft,.soft{color:var(--soft)}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;
            margin:1.4rem 0}.tile{background:var(--card);border-radius:.5rem;padding:.8rem 1rem}
            .tile b{display:block;font-size:1.2rem;white-space:nowrap}.tile span{color:var(--soft)}
            .remark{border-left:4px solid var(--b);background:var(--card);padding:.6rem 1rem;
            margin:.6rem 0}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
            td{white-space:nowrap}th:first-child,td:first-child{text-align:left}th{color:var(--soft);font-weight:600}
            svg{width:100%;height:auto}svg text{font-size:13px;fill:var(--ink)}
            .end{text-anchor:end}.middle{text-anchor:middle}svg line{stroke:var(--line)}
            svg .span{stroke:var(--c);stroke-width:3}.good,.sold{fill:var(--a)}.bad{fill:var(--b)}.none{fill:var(--c)}
            .wide{overflow-x:auto}
            """;

    private final CampaignResult result;
    private final Touches touches;
    private final String currency;
    private final Html page = new Html();

    private ReportPage(CampaignResult result) {
        this.result = result;
        touches = result.touches();
        currency = result.terms().currency();
    }

    /** The page of a result. */
    public static String of(CampaignResult result) {
        ReportPage page = new ReportPage(result);
        page.head();
        page.tiles();
        Remarks.of(result).forEach(page::remark);
        page.outcomes();
        page.days();
        page.uplift();
        for (By by : By.values()) {
            page.groups(by);
        }
        page.templates();
        page.leftOut();
        return page.page.raw("</body></html>\n").toString();
    }

    private void head() {
        String title = result.terms().store() + " · " + result.run().id();
        page.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta name=\"referrer\" content=\"no-referrer\">")
                .element("title", title)
                .raw("<style>" + STYLE + "</style></head><body>")
                .element("h1", title)
                .raw("<p class=\"soft\">")
                .text(
                        "Due %s, orders counted for %s after each message. Computed %s from the rows, %s. %s"
                                .formatted(
                                        time(result.run().at()),
                                        result.terms().attribution().toHours() + " h",
                                        time(result.computedAt()),
                                        result.settled()
                                                ? "final"
                                                : "final on " + time(result.settledAt()),
                                        result.terms().zone()))
                .raw("</p>");
    }

    private void tiles() {
        Arm sent = result.sent();
        page.raw("<div class=\"tiles\">");
        tile("sent", count(touches.sent()));
        tile("buyers", count(sent.buyers()));
        tile("conversion", percent(sent.buyers(), touches.sent()));
        tile("amount, " + currency, money(sent.minor(), currency).split(" ")[0]);
        tile("cost, " + currency, cost(touches.costMicros(), currency).split(" ")[0]);
        tile("ROI", ratio(sent.minor(), touches.costMicros(), currency));
        page.raw("</div>");
    }

    private void tile(String name, String figure) {
        page.raw("<div class=\"tile\">").element("b", figure).element("span", name).raw("</div>");
    }

    private void remark(String remark) {
        page.raw("<p class=\"remark\">").text(remark).raw("</p>");
    }

    private void outcomes() {
        long failed = Touches.total(touches.failed());
        long suppressed = Touches.total(touches.suppressed());
        page.element("h2", "What became of the audience")
                .raw(
                        Charts.bars(
                                "What became of the audience: " + Report.sum(touches),
                                List.of(
                                        new Bar("members", touches.members(), "none"),
                                        new Bar("sent", touches.sent(), "good"),
                                        new Bar("failed", failed, "bad"),
                                        new Bar("unknown", touches.unknown(), "bad"),
                                        new Bar("suppressed", suppressed, "none"),
                                        new Bar("held out", touches.heldOut(), "none"),
                                        new Bar("still open", touches.open(), "none"),
                                        new Bar("buyers", result.sent().buyers(), "good"))))
                .raw("<p>")
                .text(Report.sum(touches))
                .raw("</p>");
        table(
                List.of("delivered", "bounced", "marked as spam", "parts paid", "orders"),
                Stream.of(
                        List.of(
                                fedBack(Deliveries::delivered),
                                fedBack(Deliveries::bounced),
                                fedBack(Deliveries::complained),
                                count(touches.parts()),
                                count(result.sent().orders()))));
        if (result.feedback().isEmpty()) {
            page.raw("<p class=\"soft\">– : nothing reported by the provider yet.</p>");
        }
    }

    private String fedBack(Function<Deliveries, Long> figure) {
        return result.feedback().map(figure).map(Figures::count).orElse(Figures.NOTHING);
    }

    private void days() {
        page.element("h2", "Day by day")
                .raw(Charts.days("Amount and number of orders by day", result.days(), currency))
                .raw("<p class=\"soft\">Columns: amount; above them: orders.</p>");
        table(
                List.of("day", "sent", "new buyers", "orders", "amount"),
                result.days().stream().map(this::day));
    }

    private List<String> day(Day day) {
        return List.of(
                day.date().toString(),
                count(day.sent()),
                count(day.buyers()),
                count(day.orders()),
                money(day.minor(), currency));
    }

    private void uplift() {
        page.element("h2", "Against those held out");
        if (result.uplift().isEmpty()) {
            page.raw("<p class=\"soft\">No one was held out: nothing to compare with.</p>");
            return;
        }
        table(
                List.of("", "members", "buyers", "conversion", "amount", "per member"),
                Stream.of(arm("sent", result.sent()), arm("held out", result.held())));
        Uplift uplift = result.uplift().get();
        page.raw("<p></p>");
        table(
                List.of("difference", "", "95 % interval", "more than chance?"),
                Stream.of(
                        difference("conversion, points", uplift.conversion(), Figures::points),
                        difference(
                                "revenue per member, " + currency,
                                uplift.revenue(),
                                minor -> Figures.difference(minor, currency))));
        shares(
                "Conversion of those sent to and those held out",
                List.of(
                        estimate("sent", result.sent(), "good"),
                        estimate("held out", result.held(), "none")));
        page.raw(
                "<p class=\"soft\">Intervals: Newcombe's hybrid score (differences of shares),"
                        + " Wilson (shares, in the chart), Welch (means). Of all in the audience,"
                        + " held out or sent to, only chance decided.</p>");
    }

    private void shares(String title, List<Charts.Estimate> estimates) {
        page.raw("<p></p>").raw(Charts.shares(title + ", with 95 % intervals", estimates));
    }

    private static Charts.Estimate estimate(String name, Arm arm, String style) {
        return new Charts.Estimate(
                name,
                arm.conversion(),
                arm.conversionInterval(),
                percent(arm.buyers(), arm.members()),
                style);
    }

    /** What a variant, tier, stage … did: those of one kind under each other. */
    private void groups(By by) {
        List<Group> groups = result.groups(by);
        if (groups.isEmpty()) {
            return;
        }
        page.element("h2", "By " + by.key());
        List<Charts.Estimate> estimates = new ArrayList<>();
        for (Group group : groups) {
            estimates.add(estimate(group.key().name(), group.sent(), "good"));
            if (group.held().members() > 0) {
                estimates.add(estimate("held out", group.held(), "none"));
            }
        }
        shares("Conversion by " + by.key(), estimates);
        table(
                List.of(
                        by.key(),
                        "sent",
                        "buyers",
                        "conversion",
                        "amount",
                        "cost",
                        "ROI",
                        "held out",
                        "their conversion",
                        "uplift, points",
                        "95 % interval"),
                groups.stream().map(this::group));
        if (by == By.VARIANT && !result.versus().isEmpty()) {
            page.raw("<p></p>");
            table(
                    List.of(
                            "variant",
                            "than",
                            "conversion, points",
                            "95 % interval",
                            "revenue per member, " + currency,
                            "95 % interval",
                            "more than chance?"),
                    result.versus().stream().map(this::versus));
        }
    }

    private List<String> group(Group group) {
        Arm sent = group.sent();
        Arm held = group.held();
        return List.of(
                group.key().name(),
                count(sent.members()),
                count(sent.buyers()),
                percent(sent.buyers(), sent.members()),
                money(sent.minor(), currency),
                cost(group.costMicros(), currency),
                ratio(sent.minor(), group.costMicros(), currency),
                count(held.members()),
                percent(held.buyers(), held.members()),
                group.uplift()
                        .map(uplift -> Figures.points(uplift.conversion().value()))
                        .orElse(Figures.NOTHING),
                group.uplift()
                        .map(uplift -> Report.interval(uplift.conversion(), Figures::points))
                        .orElse(Figures.NOTHING));
    }

    private List<String> versus(Group.Versus versus) {
        Uplift difference = versus.difference();
        Function<Double, String> money = minor -> Figures.difference(minor, currency);
        boolean told = difference.conversion().told() || difference.revenue().told();
        return List.of(
                versus.variant(),
                versus.than(),
                Figures.points(difference.conversion().value()),
                Report.interval(difference.conversion(), Figures::points),
                money.apply(difference.revenue().value()),
                Report.interval(difference.revenue(), money),
                told ? "yes" : "too few to tell");
    }

    private List<String> arm(String name, Arm arm) {
        return List.of(
                name,
                count(arm.members()),
                count(arm.buyers()),
                percent(arm.buyers(), arm.members()),
                money(arm.minor(), currency),
                money(Math.round(arm.mean()), currency));
    }

    private static List<String> difference(
            String name, Difference difference, Function<Double, String> print) {
        return List.of(
                name,
                print.apply(difference.value()),
                Report.interval(difference, print),
                difference.told() ? "yes" : "too few to tell");
    }

    private void templates() {
        page.element("h2", "By channel and template");
        table(
                List.of(
                        "template",
                        "sent",
                        "parts",
                        "cost",
                        "buyers",
                        "orders",
                        "amount",
                        "conversion",
                        "ROI"),
                result.lines().stream().map(this::line));
    }

    private List<String> line(Line line) {
        return List.of(
                line.channel().key() + " " + line.template(),
                count(line.sent()),
                count(line.parts()),
                cost(line.costMicros(), currency),
                count(line.buyers()),
                count(line.orders()),
                money(line.minor(), currency),
                percent(line.buyers(), line.sent()),
                ratio(line.minor(), line.costMicros(), currency));
    }

    private void leftOut() {
        page.element("h2", "Who got nothing, and why");
        Stream<List<String>> planned = reasons("left out at planning", result.excluded());
        Stream<List<String>> suppressed = reasons("suppressed at sending", touches.suppressed());
        Stream<List<String>> failed = reasons("failed", touches.failed());
        Stream<List<String>> bounced = reasons("sent, but bounced", Report.bouncedBy(result));
        table(
                List.of("when", "reason", "members"),
                Stream.of(planned, suppressed, failed, bounced).flatMap(Function.identity()));
    }

    private static Stream<List<String>> reasons(String when, Map<String, Long> byReason) {
        return byReason.entrySet().stream()
                .map(entry -> List.of(when, entry.getKey(), count(entry.getValue())));
    }

    private void table(List<String> head, Stream<List<String>> rows) {
        page.raw("<div class=\"wide\"><table><tr>");
        head.forEach(name -> page.element("th", name));
        page.raw("</tr>");
        rows.forEach(
                row -> {
                    page.raw("<tr>");
                    row.forEach(cell -> page.element("td", cell));
                    page.raw("</tr>");
                });
        page.raw("</table></div>");
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(result.terms().zone()));
    }
}
