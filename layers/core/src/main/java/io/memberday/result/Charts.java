package io.memberday.result;

import io.memberday.file.Html;
import io.memberday.result.CampaignResult.Day;

import java.util.List;
import java.util.Locale;

/** Charts as inline SVG: they need no script, and print. */
final class Charts {
    private static final int WIDTH = 720;
    private static final int ROW = 28;
    private static final int LABEL = 110;
    private static final int FIGURE = 90;
    private static final int DAYS_HEIGHT = 220;
    private static final int BASE = 170;
    private static final int TOP = 24;
    private static final int LEAST_BAR = 2;
    private static final int MOST_LABELS = 9;
    private static final String YEAR = "2026-";

    private Charts() {}

    /**
     * A bar with a name.
     *
     * @param style class of the bar, for its colour
     */
    record Bar(String name, long value, String style) {}

    /** Horizontal bars, one under the other, each with its figure. */
    static String bars(String title, List<Bar> bars) {
        long most = Math.max(1, bars.stream().mapToLong(Bar::value).max().orElse(1));
        Html svg = start(title, bars.size() * ROW);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = i * ROW;
            long width = length(bar.value(), most, WIDTH - LABEL - FIGURE);
            svg.raw("<text class=\"end\" x=\"%d\" y=\"%d\">".formatted(LABEL - 8, y + 18))
                    .text(bar.name())
                    .raw("</text><rect class=\"")
                    .text(bar.style())
                    .raw(
                            "\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"2\"/>"
                                    .formatted(LABEL, y + 4, width))
                    .raw("<text x=\"%d\" y=\"%d\">".formatted(LABEL + width + 6, y + 18))
                    .text(Figures.count(bar.value()))
                    .raw("</text>");
        }
        return svg.raw("</svg>").toString();
    }

    /** A column per day as high as its amount, with the number of orders above it. */
    static String days(String title, List<Day> days, String currency) {
        long most = Math.max(1, days.stream().mapToLong(Day::minor).max().orElse(1));
        double step = (double) WIDTH / Math.max(1, days.size());
        double wide = Math.min(80, step * 0.7);
        int every = Math.ceilDiv(Math.max(1, days.size()), MOST_LABELS);
        Html svg = start(title, DAYS_HEIGHT);
        svg.raw("<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>".formatted(BASE, WIDTH, BASE));
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            double middle = step * i + step / 2;
            long height = length(day.minor(), most, BASE - TOP);
            svg.raw(
                            String.format(
                                    Locale.ROOT,
                                    "<rect class=\"sold\" x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                                            + " height=\"%d\" rx=\"2\">",
                                    middle - wide / 2,
                                    BASE - height,
                                    wide,
                                    height))
                    .element("title", Figures.money(day.minor(), currency))
                    .raw("</rect>")
                    .raw(middle(middle, BASE - height - 6))
                    .text(day.orders() == 0 ? "" : Figures.count(day.orders()))
                    .raw("</text>")
                    .raw(middle(middle, BASE + 20))
                    .text(i % every == 0 ? day.date().toString().substring(YEAR.length()) : "")
                    .raw("</text>")
                    .raw(middle(middle, BASE + 40))
                    .text(i % every == 0 ? Figures.money(day.minor(), currency).split(" ")[0] : "")
                    .raw("</text>");
        }
        return svg.raw("</svg>").toString();
    }

    /**
     * A share with its interval.
     *
     * @param told beside it
     * @param style class of the mark, for its colour
     */
    record Estimate(
            String name, double share, Uplift.Interval interval, String told, String style) {}

    /** Shares as points with their 95 % intervals as lines, on one scale from nothing. */
    static String shares(String title, List<Estimate> estimates) {
        double most =
                Math.max(
                        0.0001,
                        estimates.stream()
                                .mapToDouble(one -> one.interval().high())
                                .max()
                                .orElse(1));
        int room = WIDTH - LABEL - FIGURE;
        Html svg = start(title, estimates.size() * ROW);
        for (int i = 0; i < estimates.size(); i++) {
            Estimate one = estimates.get(i);
            int y = i * ROW + 14;
            svg.raw("<text class=\"end\" x=\"%d\" y=\"%d\">".formatted(LABEL - 8, y + 4))
                    .text(one.name())
                    .raw("</text>")
                    .raw(
                            String.format(
                                    Locale.ROOT,
                                    "<line class=\"span\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\""
                                            + " y2=\"%d\"/><circle class=\"%s\" cx=\"%.1f\""
                                            + " cy=\"%d\" r=\"5\"/>",
                                    LABEL + room * one.interval().low() / most,
                                    y,
                                    LABEL + room * one.interval().high() / most,
                                    y,
                                    one.style(),
                                    LABEL + room * one.share() / most,
                                    y))
                    .raw("<text x=\"%d\" y=\"%d\">".formatted(WIDTH - FIGURE + 12, y + 4))
                    .text(one.told())
                    .raw("</text>");
        }
        return svg.raw("</svg>").toString();
    }

    private static Html start(String title, int height) {
        return new Html()
                .raw(
                        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\""
                                .formatted(WIDTH, height))
                .text(title)
                .raw("\">");
    }

    private static String middle(double x, long y) {
        return String.format(Locale.ROOT, "<text class=\"middle\" x=\"%.1f\" y=\"%d\">", x, y);
    }

    /** What is more than nothing is seen. */
    private static long length(long value, long most, int room) {
        return value <= 0 ? 0 : Math.max(LEAST_BAR, Math.round((double) value * room / most));
    }
}
