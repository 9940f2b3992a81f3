package io.memberday.segment;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;

import io.memberday.json.Nearest;
import io.memberday.member.Attribute;
import io.memberday.member.Channel;
import io.memberday.money.Money;
import io.memberday.segment.BadExpression.Finding;
import io.memberday.segment.Day.Span;
import io.memberday.segment.Expr.Operator;
import io.memberday.segment.Expr.Type;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns CEL's checked tree into ours: names resolved, amounts and dates read. */
final class Resolver {
    private static final int YEAR_OF_DAYS = 366;

    private final CelAbstractSyntaxTree tree;
    private final Places places;
    private final String currency;
    private final Map<Fact, Set<String>> words;
    private final Map<String, Segment> named;
    private final List<Finding> findings = new ArrayList<>();

    /** A node that cannot be taken; its finding is noted already. */
    private static final class Refused extends Exception {
        @Serial private static final long serialVersionUID = 1;
    }

    Resolver(
            CelAbstractSyntaxTree tree,
            String currency,
            Map<Fact, Set<String>> words,
            Map<String, Segment> named) {
        this.tree = tree;
        this.currency = currency;
        this.words = words;
        this.named = named;
        this.places = new Places(tree);
    }

    Optional<Expr> resolve() {
        try {
            return Optional.of(expr(tree.getExpr()));
        } catch (Refused noted) {
            return Optional.empty();
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private Expr expr(CelExpr at) throws Refused {
        return switch (at.exprKind().getKind()) {
            case CONSTANT -> constant(at);
            case IDENT -> look(at.ident().name());
            case LIST -> list(at);
            case CALL -> call(at);
            case SELECT, STRUCT, MAP, COMPREHENSION, NOT_SET ->
                    throw refuse(at, "objects and loops are not taken here");
        };
    }

    /** CEL's checker has made one name of a qualified one by now. */
    private static Expr look(String name) {
        return OrderFact.of(name)
                .<Expr>map(Expr.OrderLook::new)
                .orElseGet(() -> new Expr.Look(Fact.of(name).orElseThrow()));
    }

    private Expr constant(CelExpr at) throws Refused {
        CelConstant constant = at.constant();
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> new Expr.Truth(constant.booleanValue());
            case INT64_VALUE -> new Expr.Whole(constant.int64Value());
            case STRING_VALUE -> new Expr.Text(constant.stringValue());
            case DOUBLE_VALUE ->
                    throw refuse(
                            at,
                            "write whole numbers; an amount of money is written"
                                    + " amount(\"500.00\")");
            default -> throw refuse(at, "write true or false, a whole number, or \"text\"");
        };
    }

    private Expr list(CelExpr at) throws Refused {
        Set<String> texts = new LinkedHashSet<>();
        Set<Long> wholes = new LinkedHashSet<>();
        for (CelExpr element : at.list().elements()) {
            switch (expr(element)) {
                case Expr.Text text -> texts.add(text.value());
                case Expr.Whole whole -> wholes.add(whole.value());
                default -> throw refuse(element, "write \"text\" or a number: lists are constant");
            }
        }
        if (!texts.isEmpty() && !wholes.isEmpty()) {
            throw refuse(at, "mixes text and numbers: a list holds one of them");
        }
        return texts.isEmpty() && !wholes.isEmpty()
                ? new Expr.Wholes(wholes)
                : new Expr.Texts(texts);
    }

    private Expr call(CelExpr at) throws Refused {
        String function = at.call().function();
        List<CelExpr> args = operands(at);
        Optional<Operator> operator = CelOperators.of(function);
        if (operator.isPresent()) {
            return binary(at, operator.get(), args);
        }
        return switch (function) {
            case "!_" -> new Expr.Not(expr(args.getFirst()));
            case "-_" -> new Expr.Negative(expr(args.getFirst()));
            case "size" -> size(args.getFirst());
            case "_?_:_" ->
                    new Expr.Choice(expr(args.get(0)), expr(args.get(1)), expr(args.get(2)));
            default -> {
                Optional<Function> known = Function.of(function);
                if (known.isEmpty()) {
                    throw refuse(at, "'" + function + "' is not taken here");
                }
                yield function(at, known.get(), args);
            }
        };
    }

    private Expr function(CelExpr at, Function function, List<CelExpr> args) throws Refused {
        CelExpr first = args.getFirst();
        return switch (function) {
            case BOUGHT -> new Expr.Bought(span(at, args));
            case BOUGHT_COUNT -> new Expr.BoughtCount(span(at, args));
            case SPENT_BETWEEN -> new Expr.SpentBetween(span(at, args));
            case BOUGHT_CATEGORY, BOUGHT_CATEGORY_BETWEEN -> goods(at, Expr.Goods.CATEGORY, args);
            case BOUGHT_PRODUCT, BOUGHT_PRODUCT_BETWEEN -> goods(at, Expr.Goods.PRODUCT, args);
            case FIRST_PURCHASE_ON -> new Expr.FirstBought(new Span(day(first), day(first)));
            case FIRST_PURCHASE_BETWEEN -> new Expr.FirstBought(span(at, args));
            case LAST_PURCHASE_ON -> new Expr.LastBought(new Span(day(first), day(first)));
            case LAST_PURCHASE_BETWEEN -> new Expr.LastBought(span(at, args));
            case ADDRESS_CONTAINS_ANY -> addressHas(first);
            case REACHABLE -> new Expr.Reachable(channel(first));
            case CONSENT -> new Expr.Agreed(channel(first));
            case REFUSED -> new Expr.Declined(channel(first));
            case BIRTHDAY_WITHIN ->
                    new Expr.Binary(
                            Operator.AT_MOST,
                            new Expr.Look(Fact.DAYS_UNTIL_BIRTHDAY),
                            new Expr.Whole(number(first, 0, YEAR_OF_DAYS)));
            case DAYS_SINCE_MARKETING -> new Expr.SinceMarketing(channel(first));
            case MARKETING_SENT ->
                    new Expr.MarketingSent(channel(first), number(args.get(1), 1, YEAR_OF_DAYS));
            case GOT_CAMPAIGN -> new Expr.Got(word(first, "gotCampaign(\"member-day\")"));
            case TAGGED_BY ->
                    new Expr.TaggedBy(
                            word(first, "taggedBy(\"vip\", \"operator\")"),
                            word(args.get(1), "taggedBy(\"vip\", \"operator\")"));
            case DAYS_SINCE_TAG -> new Expr.SinceTag(word(first, "daysSinceTag(\"vip\")"));
            case ATTRIBUTE_TEXT, ATTRIBUTE_NUMBER, ATTRIBUTE_TRUTH ->
                    new Expr.Attributed(function.yields(), attribute(function, first));
            case HAS_ATTRIBUTE -> new Expr.HasAttribute(attribute(function, first));
            case PRICE_PAID -> new Expr.PricePaid(word(first, "pricePaid(\"QJ-4001\")"));
            case SEGMENT -> segment(first);
            case AMOUNT -> amount(first);
        };
    }

    private static List<CelExpr> operands(CelExpr at) {
        List<CelExpr> operands = new ArrayList<>();
        at.call().target().ifPresent(operands::add);
        operands.addAll(at.call().args());
        return operands;
    }

    private Expr binary(CelExpr at, Operator operator, List<CelExpr> args) throws Refused {
        Expr left = expr(args.get(0));
        Expr right = expr(args.get(1));
        switch (operator) {
            case IN -> {
                // An empty list has no type of its own.
                if (right instanceof Expr.Texts none && none.values().isEmpty()) {
                    right = left.type() == Type.WHOLE ? new Expr.Wholes(Set.of()) : right;
                }
                if (left.type() == Type.TRUTH) {
                    throw refuse(at, "'in' takes text or a number on its left");
                }
            }
            case EQUAL, UNEQUAL -> {
                if (left.type() == Type.TEXTS || left.type() == Type.WHOLES) {
                    throw refuse(at, "lists cannot be compared: write \"vip\" in tags");
                }
            }
            case ADD -> {
                if (left.type() == Type.TEXT) {
                    return new Expr.Binary(Operator.JOIN, left, right);
                }
                if (left.type() != Type.WHOLE) {
                    throw refuse(at, "'+' takes numbers or text");
                }
            }
            default -> {}
        }
        known(args.get(1), left, right);
        known(args.get(0), right, left);
        bareAmount(args.get(1), left);
        bareAmount(args.get(0), right);
        return new Expr.Binary(operator, left, right);
    }

    /** A tier, layer, stage or gender that there is not would simply never match. */
    private void known(CelExpr at, Expr field, Expr value) {
        if (field instanceof Expr.OrderLook(OrderFact fact) && fact == OrderFact.STATE) {
            known(at, fact.key(), new LinkedHashSet<>(OrderFact.STATES), value);
        }
        if (!(field instanceof Expr.Look look) || !words.containsKey(look.fact())) {
            return;
        }
        known(at, look.fact().key(), words.get(look.fact()), value);
    }

    private void known(CelExpr at, String field, Set<String> known, Expr value) {
        Set<String> used =
                switch (value) {
                    case Expr.Text text -> Set.of(text.value());
                    case Expr.Texts texts -> texts.values();
                    default -> Set.of();
                };
        for (String word : used) {
            if (!known.contains(word)) {
                findings.add(
                        places.error(
                                at,
                                "no %s is called %s: %s"
                                        .formatted(field, word, Nearest.mend(word, known))));
            }
        }
    }

    /** Amounts are in minor units: {@code spent > 500} asks for five yuan, which few mean. */
    private void bareAmount(CelExpr at, Expr field) {
        boolean money =
                switch (field) {
                    case Expr.Look(Fact fact) -> fact == Fact.SPENT || fact == Fact.AVERAGE_ORDER;
                    case Expr.SpentBetween between -> true;
                    case Expr.PricePaid price -> true;
                    case Expr.OrderLook(OrderFact fact) ->
                            fact == OrderFact.AMOUNT || fact == OrderFact.KEPT;
                    default -> false;
                };
        if (money
                && at.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && at.constant().int64Value() != 0) {
            long minor = at.constant().int64Value();
            findings.add(
                    places.warning(
                            at,
                            "%d is %s: write amount(\"%s\") if that is meant"
                                    .formatted(
                                            minor,
                                            new Money(minor, currency),
                                            new Money(minor, currency).decimal())));
        }
    }

    private Expr size(CelExpr of) throws Refused {
        if (of.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
            throw refuse(of, "the size of a constant list is known: write the number");
        }
        return new Expr.Size(expr(of));
    }

    private Expr amount(CelExpr at) throws Refused {
        String written = literal(at, "amount(\"500.00\")");
        try {
            return new Expr.Whole(Money.ofDecimal(written, currency).minor());
        } catch (IllegalArgumentException e) {
            throw refuse(at, "is not an amount of " + currency + ": write it like \"500.00\"");
        }
    }

    private Expr goods(CelExpr at, Expr.Goods of, List<CelExpr> args) throws Refused {
        String name = word(args.getFirst(), "boughtCategory(\"床品\")");
        return new Expr.BoughtGoods(
                of,
                name,
                args.size() == 1
                        ? Optional.empty()
                        : Optional.of(span(at, args.subList(1, args.size()))));
    }

    private Span span(CelExpr at, List<CelExpr> args) throws Refused {
        Span days = new Span(day(args.get(0)), day(args.get(1)));
        if (days.backwards()) {
            throw refuse(at, "ends before it begins: write the earlier date first");
        }
        return days;
    }

    private Day day(CelExpr at) throws Refused {
        String written = literal(at, "\"2026-11-11\", \"today\" or \"today-30d\"");
        Optional<Day> day = Day.of(written);
        if (day.isEmpty()) {
            throw refuse(
                    at,
                    "'"
                            + written
                            + "' is not a date: write it like \"2026-11-11\", \"today\" or"
                            + " \"today-30d\"");
        }
        return day.get();
    }

    private int number(CelExpr at, int least, int most) throws Refused {
        if (at.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && at.constant().getKind() == CelConstant.Kind.INT64_VALUE
                && at.constant().int64Value() >= least
                && at.constant().int64Value() <= most) {
            return (int) at.constant().int64Value();
        }
        throw refuse(at, "must be a number of days written out, %d to %d".formatted(least, most));
    }

    private String word(CelExpr at, String example) throws Refused {
        String word = literal(at, example);
        if (word.isBlank()) {
            throw refuse(at, "must not be empty: write it like " + example);
        }
        return word;
    }

    private String attribute(Function function, CelExpr at) throws Refused {
        String name = literal(at, function.key() + "(\"skinType\")");
        if (!Attribute.mayBeCalled(name)) {
            throw refuse(at, "no attribute can be called so: a letter, then letters, digits or _");
        }
        return name;
    }

    private Channel channel(CelExpr at) throws Refused {
        String written = literal(at, "\"sms\" or \"email\"");
        List<String> known = Arrays.stream(Channel.values()).map(Channel::key).toList();
        if (!known.contains(written)) {
            throw refuse(
                    at, "no channel is called " + written + ": " + Nearest.mend(written, known));
        }
        return Channel.of(written);
    }

    private Expr addressHas(CelExpr at) throws Refused {
        if (!(expr(at) instanceof Expr.Texts texts)) {
            throw refuse(at, "write the words themselves: [\"大学\", \"中学\"]");
        }
        if (texts.values().isEmpty() || texts.values().contains("")) {
            throw refuse(at, "needs at least one word, and none empty");
        }
        return new Expr.AddressHas(texts.values().stream().sorted().toList());
    }

    private Expr segment(CelExpr at) throws Refused {
        String name = literal(at, "segment(\"regulars\")");
        if (!named.containsKey(name)) {
            throw refuse(
                    at,
                    "no segment is called %s: %s"
                            .formatted(name, Nearest.mend(name, named.keySet())));
        }
        return Segments.expr(named.get(name));
    }

    private String literal(CelExpr at, String example) throws Refused {
        if (at.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && at.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            return at.constant().stringValue();
        }
        throw refuse(at, "must be written out, like " + example);
    }

    private Refused refuse(CelExpr at, String mend) {
        findings.add(places.error(at, mend));
        return new Refused();
    }
}
