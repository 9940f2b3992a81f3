package io.memberday.segment;

import io.memberday.member.Act;
import io.memberday.member.Birthday;
import io.memberday.member.Kind;
import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Tag;
import io.memberday.order.Order;
import io.memberday.segment.Day.Span;

import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Evaluates a checked expression for one member, by CEL's rules: {@code &&} and {@code ||} yield
 * whatever one side decides even if the other fails; a division by zero or an overflow fails.
 */
record Evaluator(Member member, Vantage vantage, Optional<Order> order) {
    Evaluator(Member member, Vantage vantage) {
        this(member, vantage, Optional.empty());
    }

    /**
     * Days since a purchase that never was. Large enough for every "more than" and far from an
     * overflow.
     */
    static final long NEVER = 1_000_000;

    /** An hour or an age that is not known. */
    static final long UNKNOWN = -1;

    /** The expression has no value for this member. */
    static final class Fault extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;

        /** One for all, without a trace: a fault is an outcome, and may be every member's. */
        private static final Fault FAULT = new Fault();

        private Fault() {
            super("an expression divided by zero or overflowed", null, false, false);
        }
    }

    boolean truth(Expr expr) {
        return switch (expr) {
            case Expr.Truth truth -> truth.value();
            case Expr.Binary binary -> compared(binary);
            case Expr.Not not -> !truth(not.of());
            case Expr.Choice choice ->
                    truth(choice.condition()) ? truth(choice.then()) : truth(choice.otherwise());
            case Expr.Look look -> truth(look.fact());
            case Expr.OrderLook look -> ordered().truth(look.fact());
            case Expr.Bought bought -> within(bought.days()).findAny().isPresent();
            case Expr.BoughtGoods bought ->
                    bought.days()
                            .map(this::within)
                            .orElseGet(() -> member.purchases().recent().stream())
                            .anyMatch(purchase -> holds(purchase, bought));
            case Expr.FirstBought first -> in(first.days(), member.purchases().first());
            case Expr.LastBought last -> in(last.days(), member.purchases().last());
            case Expr.Reachable reachable -> member.reachableAt(reachable.channel()).isPresent();
            case Expr.Agreed agreed -> member.consents().allow(agreed.channel(), Kind.MARKETING);
            case Expr.Declined declined ->
                    member.consents()
                            .of(declined.channel(), Kind.MARKETING)
                            .filter(said -> !said.granted())
                            .isPresent();
            case Expr.AddressHas has -> addressHas(has);
            case Expr.Got got ->
                    member.claims().keySet().stream()
                            .anyMatch(run -> run.startsWith(got.campaign() + "@"));
            case Expr.TaggedBy(String tag, String who) ->
                    Optional.ofNullable(member.tags().get(tag))
                            .filter(set -> set.by().equals(who) || set.by().startsWith(who + ":"))
                            .isPresent();
            case Expr.Attributed(_, String name) -> member.attributes().truth(name);
            case Expr.HasAttribute(String name) -> member.attributes().of(name).isPresent();
            default -> throw new IllegalStateException("not a truth: " + expr);
        };
    }

    long whole(Expr expr) {
        return switch (expr) {
            case Expr.Whole whole -> whole.value();
            case Expr.Look look -> whole(look.fact());
            case Expr.OrderLook look -> ordered().whole(look.fact());
            case Expr.PricePaid price -> ordered().pricePaid(price.product());
            case Expr.Binary binary -> computed(binary);
            case Expr.Negative negative -> exact(() -> Math.negateExact(whole(negative.of())));
            case Expr.Choice choice ->
                    truth(choice.condition()) ? whole(choice.then()) : whole(choice.otherwise());
            case Expr.Size size -> size(size.of());
            case Expr.BoughtCount bought -> within(bought.days()).count();
            case Expr.SpentBetween spent -> within(spent.days()).mapToLong(Purchase::minor).sum();
            case Expr.SinceMarketing since ->
                    Marketing.daysSince(member, since.channel(), vantage).orElse(NEVER);
            case Expr.MarketingSent sent ->
                    Marketing.sent(member, sent.channel(), vantage, sent.days());
            case Expr.SinceTag since ->
                    daysSince(Optional.ofNullable(member.tags().get(since.tag())).map(Tag::at));
            case Expr.Attributed(_, String name) -> member.attributes().whole(name);
            default -> throw new IllegalStateException("not a whole number: " + expr);
        };
    }

    String text(Expr expr) {
        return switch (expr) {
            case Expr.Text text -> text.value();
            case Expr.Look look -> text(look.fact());
            case Expr.OrderLook look -> ordered().text(look.fact());
            case Expr.Binary joined -> text(joined.left()) + text(joined.right());
            case Expr.Choice choice ->
                    truth(choice.condition()) ? text(choice.then()) : text(choice.otherwise());
            case Expr.Attributed(_, String name) -> member.attributes().text(name);
            default -> throw new IllegalStateException("not a text: " + expr);
        };
    }

    private Set<String> texts(Expr expr) {
        return switch (expr) {
            case Expr.Texts texts -> texts.values();
            case Expr.OrderLook look -> ordered().texts(look.fact());
            case Expr.Look look when look.fact() == Fact.TAGS -> member.tags().keySet();
            case Expr.Choice choice ->
                    truth(choice.condition()) ? texts(choice.then()) : texts(choice.otherwise());
            default -> throw new IllegalStateException("not a list of texts: " + expr);
        };
    }

    private Set<Long> wholes(Expr expr) {
        return switch (expr) {
            case Expr.Wholes wholes -> wholes.values();
            case Expr.Choice choice ->
                    truth(choice.condition()) ? wholes(choice.then()) : wholes(choice.otherwise());
            default -> throw new IllegalStateException("not a list of numbers: " + expr);
        };
    }

    private boolean compared(Expr.Binary binary) {
        Expr left = binary.left();
        Expr right = binary.right();
        return switch (binary.operator()) {
            case AND -> decided(() -> truth(left), () -> truth(right), false);
            case OR -> decided(() -> truth(left), () -> truth(right), true);
            case IN ->
                    left.type() == Expr.Type.TEXT
                            ? texts(right).contains(text(left))
                            : wholes(right).contains(whole(left));
            case CONTAINS -> text(left).contains(text(right));
            case STARTS -> text(left).startsWith(text(right));
            case ENDS -> text(left).endsWith(text(right));
            case EQUAL -> order(left, right) == 0;
            case UNEQUAL -> order(left, right) != 0;
            case LESS -> order(left, right) < 0;
            case AT_MOST -> order(left, right) <= 0;
            case MORE -> order(left, right) > 0;
            case AT_LEAST -> order(left, right) >= 0;
            default -> throw new IllegalStateException("not a comparison: " + binary.operator());
        };
    }

    /** One side that yields {@code decisive} decides, whatever becomes of the other. */
    private static boolean decided(BooleanSupplier left, BooleanSupplier right, boolean decisive) {
        boolean first;
        try {
            first = left.getAsBoolean();
        } catch (Fault fault) {
            if (right.getAsBoolean() == decisive) {
                return decisive;
            }
            throw fault;
        }
        return first == decisive ? decisive : right.getAsBoolean();
    }

    private int order(Expr left, Expr right) {
        return switch (left.type()) {
            case TRUTH -> Boolean.compare(truth(left), truth(right));
            case WHOLE -> Long.compare(whole(left), whole(right));
            case TEXT -> text(left).compareTo(text(right));
            default -> throw new IllegalStateException("lists have no order");
        };
    }

    private long computed(Expr.Binary binary) {
        long left = whole(binary.left());
        long right = whole(binary.right());
        return exact(
                () ->
                        switch (binary.operator()) {
                            case ADD -> Math.addExact(left, right);
                            case SUBTRACT -> Math.subtractExact(left, right);
                            case MULTIPLY -> Math.multiplyExact(left, right);
                            case DIVIDE -> Math.divideExact(left, right);
                            case REMAINDER -> left % right;
                            default ->
                                    throw new IllegalStateException(
                                            "not arithmetic: " + binary.operator());
                        });
    }

    private static long exact(LongSupplier arithmetic) {
        try {
            return arithmetic.getAsLong();
        } catch (ArithmeticException e) {
            throw Fault.FAULT;
        }
    }

    private long size(Expr of) {
        if (of.type() == Expr.Type.TEXT) {
            String text = text(of);
            return text.codePointCount(0, text.length());
        }
        return texts(of).size();
    }

    /** Expressions that ask for an order are checked to be evaluated with one. */
    private Ordered ordered() {
        return new Ordered(order.orElseThrow(), vantage);
    }

    private boolean truth(Fact fact) {
        return switch (fact) {
            case BOUND ->
                    member.profile().get(Profile.Field.PHONE).isPresent()
                            || member.profile().get(Profile.Field.EMAIL).isPresent();
            case BIRTHDAY_TODAY -> whole(Fact.DAYS_UNTIL_BIRTHDAY) == 0;
            default -> throw new IllegalStateException("not a truth: " + fact);
        };
    }

    private long whole(Fact fact) {
        return switch (fact) {
            case KEPT_PURCHASES -> member.purchases().count();
            case SPENT -> member.purchases().minor();
            case AVERAGE_ORDER -> member.purchases().averageMinor();
            case AVERAGE_DISCOUNT -> member.purchases().averageDiscountPercent();
            case DAYS_SINCE_LAST_PURCHASE -> daysSince(member.purchases().last());
            case DAYS_SINCE_FIRST_PURCHASE -> daysSince(member.purchases().first());
            case DAYS_BETWEEN_PURCHASES -> daysBetweenPurchases();
            case FAVOURITE_HOUR ->
                    member.purchases()
                            .favouriteHour(vantage.zone())
                            .map(Long::valueOf)
                            .orElse(UNKNOWN);
            case AGE -> birthday().flatMap(of -> of.age(vantage.today())).orElse(UNKNOWN);
            case DAYS_UNTIL_BIRTHDAY ->
                    birthday().map(of -> of.daysFrom(vantage.today())).orElse(NEVER);
            case JOINED_DAYS_AGO -> daysSince(Optional.of(member.since()));
            case DAYS_SINCE_LOGIN -> daysSince(member.lastLogin());
            case DAYS_SINCE_BROWSE -> daysSince(member.behaviour().at(Act.BROWSE));
            case DAYS_SINCE_FAVOURITE -> daysSince(member.behaviour().at(Act.FAVOURITE));
            case DAYS_SINCE_CART -> daysSince(member.behaviour().at(Act.CART));
            case DAYS_SINCE_ASK -> daysSince(member.behaviour().at(Act.ASK));
            case DAYS_SINCE_CHECK_IN -> daysSince(member.behaviour().at(Act.CHECK_IN));
            case POINTS -> member.points();
            case OPEN_ORDERS -> member.openOrders().size();
            case REFUNDED_ORDERS -> member.refundedOrders();
            default -> throw new IllegalStateException("not a whole number: " + fact);
        };
    }

    private String text(Fact fact) {
        return switch (fact) {
            case TIER -> vantage.ladder().of(member.purchases(), vantage.now()).id();
            case LAYER -> Layer.of(member.purchases(), vantage.ladder(), vantage.now()).key();
            case STAGE -> vantage.stages().of(member.purchases().last(), vantage.now());
            case GENDER -> profile(Profile.Field.GENDER);
            case LANGUAGE -> profile(Profile.Field.LANGUAGE);
            case COUNTRY -> profile(Profile.Field.COUNTRY);
            case REGION -> profile(Profile.Field.REGION);
            case CITY -> profile(Profile.Field.CITY);
            case BIRTHDAY -> profile(Profile.Field.BIRTHDAY);
            case FAVOURITE_PRODUCT -> member.behaviour().product(Act.FAVOURITE);
            case FAVOURITE_CATEGORY -> member.behaviour().category(Act.FAVOURITE);
            case CART_PRODUCT -> member.behaviour().product(Act.CART);
            case CART_CATEGORY -> member.behaviour().category(Act.CART);
            case ASK_PRODUCT -> member.behaviour().product(Act.ASK);
            case ASK_CATEGORY -> member.behaviour().category(Act.ASK);
            default -> throw new IllegalStateException("not a text: " + fact);
        };
    }

    private String profile(Profile.Field field) {
        return member.profile().get(field).orElse("");
    }

    private long daysSince(Optional<Instant> then) {
        return then.map(at -> Duration.between(at, vantage.now()).toDays()).orElse(NEVER);
    }

    private Optional<Birthday> birthday() {
        return member.profile().get(Profile.Field.BIRTHDAY).flatMap(Birthday::of);
    }

    private long daysBetweenPurchases() {
        int gaps = member.purchases().count() - 1;
        if (gaps < 1) {
            return NEVER;
        }
        Instant first = member.purchases().first().orElseThrow();
        return Duration.between(first, member.purchases().last().orElseThrow()).toDays() / gaps;
    }

    private Stream<Purchase> within(Span days) {
        Instant start = vantage.start(days);
        Instant end = vantage.end(days);
        return member.purchases().recent().stream()
                .filter(
                        bought ->
                                !bought.paidAt().isBefore(start) && bought.paidAt().isBefore(end));
    }

    private static boolean holds(Purchase purchase, Expr.BoughtGoods wanted) {
        return switch (wanted.of()) {
            case CATEGORY -> purchase.basket().categories().contains(wanted.name());
            case PRODUCT -> purchase.basket().products().contains(wanted.name());
        };
    }

    private boolean in(Span days, Optional<Instant> then) {
        return then.filter(at -> !at.isBefore(vantage.start(days)))
                .filter(at -> at.isBefore(vantage.end(days)))
                .isPresent();
    }

    private boolean addressHas(Expr.AddressHas has) {
        String region = profile(Profile.Field.REGION);
        String city = profile(Profile.Field.CITY);
        String address = profile(Profile.Field.ADDRESS);
        for (String word : has.words()) {
            if (address.contains(word) || city.contains(word) || region.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
