package io.memberday.segment;

import io.memberday.json.Fields;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.order.Order;
import io.memberday.segment.Day.Span;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads compiled segments: no CEL parser is loaded for it. */
public final class Segments {
    private Segments() {}

    /**
     * Reads what {@link Segment#compiled} wrote.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    public static Segment read(Map<String, Object> compiled) {
        Fields fields = Fields.of("segment", compiled);
        return new Checked(
                fields.text("source"),
                ExprFormat.read(
                        fields.raw("expr").orElseThrow(() -> fields.bad("expr", "is required"))));
    }

    /**
     * The first day whose single purchases the segment asks for, seen from a day; nothing if it
     * asks for none. A member keeps them no longer than the store's horizon.
     */
    public static Optional<LocalDate> reachesBackTo(Segment segment, LocalDate today) {
        return asked(expr(segment)).map(span -> span.from().on(today)).min(LocalDate::compareTo);
    }

    /** Whether the segment can be answered on a day: what it asks for is still kept then. */
    public static boolean answerable(Segment segment, LocalDate today, Duration horizon) {
        return reachesBackTo(segment, today)
                .map(from -> from.isAfter(today.minusDays(horizon.toDays())))
                .orElse(true);
    }

    static Segment of(String source, Expr expr) {
        return new Checked(source, expr);
    }

    /** The tree of a segment that this package made. */
    static Expr expr(Segment segment) {
        if (segment instanceof Checked checked) {
            return checked.expr();
        }
        throw new IllegalArgumentException("not compiled: " + segment.source());
    }

    /** The last date by the calendar whose single purchases the segment asks for. */
    static Optional<LocalDate> latestDate(Segment segment) {
        return asked(expr(segment))
                .map(Span::to)
                .mapMulti(
                        (Day day, Consumer<LocalDate> dates) -> {
                            if (day instanceof Day.Fixed(LocalDate date)) {
                                dates.accept(date);
                            }
                        })
                .max(LocalDate::compareTo);
    }

    private static Stream<Span> asked(Expr expr) {
        return switch (expr) {
            case Expr.Bought bought -> Stream.of(bought.days());
            case Expr.BoughtGoods bought -> bought.days().stream();
            case Expr.BoughtCount bought -> Stream.of(bought.days());
            case Expr.SpentBetween spent -> Stream.of(spent.days());
            case Expr.Binary two -> Stream.concat(asked(two.left()), asked(two.right()));
            case Expr.Not not -> asked(not.of());
            case Expr.Negative negative -> asked(negative.of());
            case Expr.Size size -> asked(size.of());
            case Expr.Choice choice ->
                    Stream.of(choice.condition(), choice.then(), choice.otherwise())
                            .flatMap(Segments::asked);
            default -> Stream.empty();
        };
    }

    private record Checked(String source, Expr expr) implements Segment {
        @Override
        public boolean matches(Member member, Vantage vantage) {
            try {
                return new Evaluator(member, vantage).truth(expr);
            } catch (Evaluator.Fault fault) {
                // An expression without a value for this member does not choose this member.
                return false;
            }
        }

        @Override
        public boolean matches(Member member, Order order, Vantage vantage) {
            try {
                return new Evaluator(member, vantage, Optional.of(order)).truth(expr);
            } catch (Evaluator.Fault fault) {
                return false;
            }
        }

        @Override
        public MemberFilter filter(Vantage vantage) {
            return Pushdown.of(expr, vantage);
        }

        @Override
        public Map<String, Object> compiled() {
            Map<String, Object> compiled = new LinkedHashMap<>();
            compiled.put("source", source);
            compiled.put("expr", ExprFormat.write(expr));
            return compiled;
        }
    }
}
