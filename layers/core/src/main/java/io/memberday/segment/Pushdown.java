package io.memberday.segment;

import io.memberday.member.Birthday;
import io.memberday.member.Channel;
import io.memberday.member.Layer;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberFilter.Comparison;
import io.memberday.member.MemberFilter.Stored;
import io.memberday.member.Stages;
import io.memberday.member.Tier;
import io.memberday.segment.Day.Span;
import io.memberday.segment.Expr.Operator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The part of an expression that the table of members can answer itself. Whoever is in the segment
 * passes the filter; who passes it is asked again by the evaluator. What is computed from the whole
 * member is answered by what it needs at least, or by everybody.
 */
final class Pushdown {
    private static final int MOST_BIRTHDAYS = 31;
    private static final int MOST_NUMBERS = 20;

    /** Longer names have no place in a filter. */
    private static final int LONGEST_TAG = 60;

    private static final List<Stored> WHERE = List.of(Stored.ADDRESS, Stored.CITY, Stored.REGION);

    private final Vantage vantage;
    private final StoredDays days;

    private Pushdown(Vantage vantage) {
        this.vantage = vantage;
        this.days = new StoredDays(vantage);
    }

    /** The filter for members in the segment, and for merged ones, who are counted apart. */
    static MemberFilter of(Expr expr, Vantage vantage) {
        return any(known(Stored.MERGED_INTO), new Pushdown(vantage).possible(expr, true));
    }

    /** Everybody for whom the expression may have the value. */
    private MemberFilter possible(Expr expr, boolean wanted) {
        return switch (expr) {
            case Expr.Truth(boolean value) -> fixed(value == wanted);
            case Expr.Not(Expr of) -> possible(of, !wanted);
            case Expr.Choice(Expr condition, Expr then, Expr otherwise) ->
                    any(
                            all(possible(condition, true), possible(then, wanted)),
                            all(possible(condition, false), possible(otherwise, wanted)));
            case Expr.Binary(Operator operator, Expr left, Expr right) ->
                    switch (operator) {
                        case AND -> both(possible(left, wanted), possible(right, wanted), wanted);
                        case OR -> both(possible(left, wanted), possible(right, wanted), !wanted);
                        default -> compared(operator, left, right, wanted);
                    };
            case Expr.Look(Fact fact) -> fact(fact, wanted);
            case Expr.Bought(Span span) ->
                    wanted ? bought(span) : outside(Stored.LAST_PURCHASE, span);
            case Expr.FirstBought(Span span) -> in(Stored.FIRST_PURCHASE, span, wanted);
            case Expr.LastBought(Span span) -> in(Stored.LAST_PURCHASE, span, wanted);
            case Expr.Reachable(Channel channel) -> {
                Stored address = channel == Channel.SMS ? Stored.PHONE : Stored.EMAIL;
                yield wanted ? known(address) : any(unknown(address), known(Stored.DEAD_ADDRESSES));
            }
            case Expr.Agreed(Channel channel) -> new MemberFilter.Said(channel, true, wanted);
            case Expr.Declined(Channel channel) -> new MemberFilter.Said(channel, false, wanted);
            case Expr.AddressHas(List<String> words) -> {
                List<MemberFilter> parts = new ArrayList<>();
                for (String word : words) {
                    WHERE.forEach(part -> parts.add(new MemberFilter.Contains(part, word, wanted)));
                }
                yield wanted ? MemberFilter.any(parts) : MemberFilter.all(parts);
            }
            case Expr.TaggedBy tagged when wanted -> tagged(tagged.tag(), true);
            default -> MemberFilter.EVERYBODY;
        };
    }

    private MemberFilter fact(Fact fact, boolean wanted) {
        if (fact == Fact.BIRTHDAY_TODAY) {
            return wanted ? birthdayWithin(0) : MemberFilter.EVERYBODY;
        }
        return wanted
                ? any(known(Stored.PHONE), known(Stored.EMAIL))
                : all(unknown(Stored.PHONE), unknown(Stored.EMAIL));
    }

    private MemberFilter compared(Operator operator, Expr left, Expr right, boolean wanted) {
        if (operator == Operator.IN) {
            return in(left, right, wanted);
        }
        if (constant(left) && !constant(right)) {
            return turned(operator)
                    .map(other -> compared(other, right, left, wanted))
                    .orElse(MemberFilter.EVERYBODY);
        }
        return switch (right) {
            case Expr.Truth(boolean value)
                    when operator == Operator.EQUAL || operator == Operator.UNEQUAL ->
                    possible(left, value == (wanted == (operator == Operator.EQUAL)));
            case Expr.Text(String value) -> text(operator, left, value, wanted);
            case Expr.Whole(long value) ->
                    Comparison.of(operator.name())
                            .map(how -> whole(wanted ? how : how.negated(), left, value))
                            .orElse(MemberFilter.EVERYBODY);
            default -> MemberFilter.EVERYBODY;
        };
    }

    private MemberFilter in(Expr left, Expr right, boolean wanted) {
        return switch (right) {
            case Expr.Look(Fact fact) when left instanceof Expr.Text(String tag) ->
                    tagged(tag, wanted);
            case Expr.Texts(Set<String> values) when left instanceof Expr.Look(Fact fact) ->
                    StoredFacts.text(fact)
                            .map(stored -> among(stored, values, wanted))
                            .orElseGet(
                                    () -> computed(fact, word -> values.contains(word) == wanted));
            case Expr.Wholes(Set<Long> values) when values.size() <= MOST_NUMBERS -> {
                List<MemberFilter> parts = new ArrayList<>();
                for (long value : values) {
                    parts.add(whole(wanted ? Comparison.EQUAL : Comparison.UNEQUAL, left, value));
                }
                yield wanted ? MemberFilter.any(parts) : MemberFilter.all(parts);
            }
            default -> MemberFilter.EVERYBODY;
        };
    }

    private MemberFilter text(Operator operator, Expr left, String value, boolean wanted) {
        if (!(left instanceof Expr.Look(Fact fact))) {
            return MemberFilter.EVERYBODY;
        }
        Optional<Stored> text = StoredFacts.text(fact);
        if (text.isEmpty()) {
            return switch (operator) {
                case EQUAL -> computed(fact, word -> word.equals(value) == wanted);
                case UNEQUAL -> computed(fact, word -> word.equals(value) != wanted);
                default -> MemberFilter.EVERYBODY;
            };
        }
        Stored stored = text.get();
        return switch (operator) {
            case EQUAL -> among(stored, Set.of(value), wanted);
            case UNEQUAL -> among(stored, Set.of(value), !wanted);
            case CONTAINS ->
                    value.isEmpty()
                            ? fixed(wanted)
                            : new MemberFilter.Contains(stored, value, wanted);
            case STARTS ->
                    value.isEmpty()
                            ? fixed(wanted)
                            : new MemberFilter.Starts(stored, value, wanted);
            case ENDS ->
                    wanted && !value.isEmpty()
                            ? new MemberFilter.Contains(stored, value, true)
                            : MemberFilter.EVERYBODY;
            // Texts have another order in the table: by UTF-8 and not by UTF-16.
            default -> MemberFilter.EVERYBODY;
        };
    }

    private static MemberFilter among(Stored stored, Set<String> values, boolean wanted) {
        if (values.isEmpty()) {
            return fixed(!wanted);
        }
        MemberFilter among = new MemberFilter.Among(stored, values, wanted);
        if (values.contains("")) {
            // Nothing stored reads as an empty text.
            return wanted ? any(unknown(stored), among) : all(known(stored), among);
        }
        return among;
    }

    private MemberFilter whole(Comparison how, Expr left, long value) {
        return switch (left) {
            case Expr.Look(Fact fact) -> number(how, fact, value);
            case Expr.BoughtCount(Span span) -> unless(how, 0, value, bought(span));
            case Expr.SpentBetween(Span span) -> unless(how, 0, value, bought(span));
            case Expr.SinceTag(String tag) ->
                    unless(how, Evaluator.NEVER, value, tagged(tag, true));
            default -> MemberFilter.EVERYBODY;
        };
    }

    private MemberFilter number(Comparison how, Fact fact, long value) {
        Optional<Stored> time = StoredFacts.since(fact);
        if (time.isPresent()) {
            return days.since(time.get(), how, value);
        }
        return switch (fact) {
            case KEPT_PURCHASES -> stored(Stored.PURCHASES, how, value);
            case SPENT -> stored(Stored.SPENT, how, value);
            case POINTS -> stored(Stored.POINTS, how, value);
            case REFUNDED_ORDERS -> stored(Stored.REFUNDED_ORDERS, how, value);
            case AVERAGE_ORDER -> unless(how, 0, value, known(Stored.PURCHASES));
            case DAYS_BETWEEN_PURCHASES ->
                    unless(
                            how,
                            Evaluator.NEVER,
                            value,
                            new MemberFilter.Compared(Stored.PURCHASES, Comparison.AT_LEAST, 2));
            case FAVOURITE_HOUR -> unless(how, Evaluator.UNKNOWN, value, known(Stored.PURCHASES));
            case OPEN_ORDERS -> unless(how, 0, value, known(Stored.OPEN_ORDERS));
            case AGE -> unless(how, Evaluator.UNKNOWN, value, known(Stored.BIRTHDAY));
            case DAYS_UNTIL_BIRTHDAY -> {
                long most =
                        switch (how) {
                            case EQUAL, AT_MOST -> value;
                            case LESS -> value == Long.MIN_VALUE ? value : value - 1;
                            default -> Long.MAX_VALUE;
                        };
                yield most <= MOST_BIRTHDAYS
                        ? birthdayWithin(most)
                        : unless(how, Evaluator.NEVER, value, known(Stored.BIRTHDAY));
            }
            default -> MemberFilter.EVERYBODY;
        };
    }

    /** A number that is not stored where it is 0. */
    private static MemberFilter stored(Stored what, Comparison how, long value) {
        MemberFilter compared = new MemberFilter.Compared(what, how, value);
        return how.holds(0, value) ? any(unknown(what), compared) : compared;
    }

    /** Who does not have what it takes has the default: it is asked for where that will not do. */
    private static MemberFilter unless(
            Comparison how, long otherwise, long value, MemberFilter takes) {
        return how.holds(otherwise, value) ? MemberFilter.EVERYBODY : takes;
    }

    private MemberFilter birthdayWithin(long most) {
        List<MemberFilter> parts = new ArrayList<>();
        for (long ahead = 0; ahead <= most; ahead++) {
            parts.add(Birthday.filter(vantage.today().plusDays(ahead)));
        }
        return MemberFilter.any(parts);
    }

    /** Tier, layer or stage: which of the words will do, and what each of them takes. */
    private MemberFilter computed(Fact fact, Predicate<String> wanted) {
        Optional<Stored> act = StoredFacts.act(fact);
        if (act.isPresent()) {
            return wanted.test("") ? MemberFilter.EVERYBODY : known(act.get());
        }
        Map<String, MemberFilter> takes =
                switch (fact) {
                    case STAGE -> stages(vantage.stages());
                    case LAYER ->
                            Arrays.stream(Layer.values())
                                    .collect(Collectors.toMap(Layer::key, Pushdown::layer));
                    case TIER ->
                            vantage.ladder().tiers().stream()
                                    .collect(Collectors.toMap(Tier::id, this::tier));
                    default -> Map.of("", MemberFilter.EVERYBODY);
                };
        List<MemberFilter> parts = new ArrayList<>();
        takes.forEach(
                (word, filter) -> {
                    if (wanted.test(word)) {
                        parts.add(filter);
                    }
                });
        return parts.size() == takes.size() ? MemberFilter.EVERYBODY : MemberFilter.any(parts);
    }

    private Map<String, MemberFilter> stages(Stages stages) {
        IntFunction<MemberFilter> upTo =
                most -> days.ago(Stored.LAST_PURCHASE, Comparison.AT_MOST, most);
        IntFunction<MemberFilter> after =
                most -> days.ago(Stored.LAST_PURCHASE, Comparison.MORE, most);
        return Map.of(
                "none", unknown(Stored.LAST_PURCHASE),
                "active", upTo.apply(stages.active()),
                "dormant", all(after.apply(stages.active()), upTo.apply(stages.dormant())),
                "pre-churn", all(after.apply(stages.dormant()), upTo.apply(stages.preChurn())),
                "churned", after.apply(stages.preChurn()));
    }

    private static MemberFilter layer(Layer layer) {
        return switch (layer) {
            case POTENTIAL -> unknown(Stored.PURCHASES);
            case NEW -> new MemberFilter.Compared(Stored.PURCHASES, Comparison.EQUAL, 1);
            case REGULAR -> new MemberFilter.Compared(Stored.PURCHASES, Comparison.AT_LEAST, 2);
            case VIP -> known(Stored.PURCHASES);
        };
    }

    private MemberFilter tier(Tier tier) {
        if (tier.count() == 0 && tier.minor() == 0) {
            return MemberFilter.EVERYBODY;
        }
        Instant from = vantage.now().minus(vantage.ladder().window());
        return all(
                new MemberFilter.Compared(Stored.PURCHASES, Comparison.AT_LEAST, tier.count()),
                new MemberFilter.Compared(
                        Stored.LAST_PURCHASE, Comparison.AT_LEAST, from.getEpochSecond()));
    }

    private MemberFilter bought(Span span) {
        return all(
                from(Stored.LAST_PURCHASE, span, Comparison.AT_LEAST),
                until(Stored.FIRST_PURCHASE, span, Comparison.LESS));
    }

    private MemberFilter in(Stored time, Span span, boolean wanted) {
        return wanted
                ? all(from(time, span, Comparison.AT_LEAST), until(time, span, Comparison.LESS))
                : outside(time, span);
    }

    private MemberFilter outside(Stored time, Span span) {
        return MemberFilter.any(
                List.of(
                        unknown(time),
                        from(time, span, Comparison.LESS),
                        until(time, span, Comparison.AT_LEAST)));
    }

    private MemberFilter from(Stored time, Span span, Comparison how) {
        return new MemberFilter.Compared(time, how, vantage.start(span).getEpochSecond());
    }

    private MemberFilter until(Stored time, Span span, Comparison how) {
        return new MemberFilter.Compared(time, how, vantage.end(span).getEpochSecond());
    }

    private static MemberFilter tagged(String tag, boolean wanted) {
        return tag.isEmpty() || tag.length() > LONGEST_TAG
                ? MemberFilter.EVERYBODY
                : new MemberFilter.Tagged(tag, wanted);
    }

    private static boolean constant(Expr expr) {
        return expr instanceof Expr.Truth
                || expr instanceof Expr.Whole
                || expr instanceof Expr.Text;
    }

    /** The operator with its sides exchanged. */
    private static Optional<Operator> turned(Operator operator) {
        return switch (operator) {
            case EQUAL, UNEQUAL -> Optional.of(operator);
            case LESS -> Optional.of(Operator.MORE);
            case AT_MOST -> Optional.of(Operator.AT_LEAST);
            case MORE -> Optional.of(Operator.LESS);
            case AT_LEAST -> Optional.of(Operator.AT_MOST);
            default -> Optional.empty();
        };
    }

    private static MemberFilter both(MemberFilter one, MemberFilter other, boolean all) {
        return all ? all(one, other) : any(one, other);
    }

    private static MemberFilter all(MemberFilter one, MemberFilter other) {
        return MemberFilter.all(List.of(one, other));
    }

    private static MemberFilter any(MemberFilter one, MemberFilter other) {
        return MemberFilter.any(List.of(one, other));
    }

    private static MemberFilter known(Stored what) {
        return new MemberFilter.Known(what, true);
    }

    private static MemberFilter unknown(Stored what) {
        return new MemberFilter.Known(what, false);
    }

    private static MemberFilter fixed(boolean everybody) {
        return everybody ? MemberFilter.EVERYBODY : MemberFilter.NOBODY;
    }
}
