package io.memberday.segment;

import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.Review;
import io.memberday.parcel.ParcelKey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of an order, as an expression over orders sees them.
 *
 * @param vantage of the run
 */
record Ordered(Order order, Vantage vantage) {

    boolean truth(OrderFact fact) {
        return switch (fact) {
            case SHIPPED -> passed(Milestone.SHIPPED);
            case SIGNED -> passed(Milestone.SIGNED);
            case SCANNED -> passed(Milestone.SCANNED);
            case REVIEWED -> order.review().isPresent();
            case REFUNDED -> order.refundedMinor() > 0;
            default -> throw new IllegalStateException("not a truth: " + fact);
        };
    }

    long whole(OrderFact fact) {
        return switch (fact) {
            case AMOUNT -> order.totalMinor();
            case KEPT -> order.totalMinor() - order.refundedMinor();
            case DISCOUNT -> order.facts().map(OrderFacts::discountMinor).orElse(0L);
            case POSTAGE -> order.facts().map(OrderFacts::postageMinor).orElse(0L);
            case ITEMS -> lines().mapToLong(Line::quantity).sum();
            case STARS -> order.review().map(Review::stars).orElse(0);
            case DAYS_SINCE_PAID -> sincePaid().map(Duration::toDays).orElse(Evaluator.NEVER);
            case HOURS_SINCE_PAID -> sincePaid().map(Duration::toHours).orElse(Evaluator.NEVER);
            default -> throw new IllegalStateException("not a whole number: " + fact);
        };
    }

    String text(OrderFact fact) {
        return switch (fact) {
            case PAID_DAY ->
                    paidAt().map(at -> at.atZone(vantage.zone()).toLocalDate().toString())
                            .orElse("");
            case STATE -> state();
            case SOURCE -> order.key().source();
            case SHOP -> order.key().shop();
            default -> throw new IllegalStateException("not a text: " + fact);
        };
    }

    Set<String> texts(OrderFact fact) {
        return switch (fact) {
            case CARRIERS ->
                    order.facts().map(OrderFacts::parcels).orElse(List.of()).stream()
                            .map(ParcelKey::carrier)
                            .collect(Collectors.toSet());
            case PRODUCTS -> lines().map(Line::product).collect(Collectors.toSet());
            case CATEGORIES ->
                    lines().map(Line::category)
                            .filter(category -> !category.isEmpty())
                            .collect(Collectors.toSet());
            default -> throw new IllegalStateException("not a list of texts: " + fact);
        };
    }

    /** The most that was paid for one piece of a product; 0 if it is not among the goods. */
    long pricePaid(String product) {
        return lines().filter(line -> line.product().equals(product))
                .mapToLong(line -> line.minor() / line.quantity())
                .max()
                .orElse(0);
    }

    private String state() {
        String state = OrderFact.STATES.getFirst();
        for (String next : OrderFact.STATES.subList(1, OrderFact.STATES.size())) {
            state = passed(Milestone.of(next)) ? next : state;
        }
        return state;
    }

    private boolean passed(Milestone milestone) {
        return order.at(milestone).isPresent();
    }

    private Optional<Duration> sincePaid() {
        return paidAt().map(at -> Duration.between(at, vantage.now()));
    }

    private Optional<Instant> paidAt() {
        return order.at(Milestone.PAID);
    }

    private Stream<Line> lines() {
        return order.facts().map(OrderFacts::lines).orElse(List.of()).stream();
    }
}
