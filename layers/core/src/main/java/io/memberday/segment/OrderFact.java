package io.memberday.segment;

import io.memberday.segment.Expr.Type;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A field of the order in an expression over orders. */
enum OrderFact {
    AMOUNT("amount", Type.WHOLE),
    KEPT("kept", Type.WHOLE),
    DISCOUNT("discount", Type.WHOLE),
    POSTAGE("postage", Type.WHOLE),
    ITEMS("items", Type.WHOLE),
    DAYS_SINCE_PAID("daysSincePaid", Type.WHOLE),
    HOURS_SINCE_PAID("hoursSincePaid", Type.WHOLE),
    STARS("stars", Type.WHOLE),
    PAID_DAY("paidDay", Type.TEXT),
    STATE("state", Type.TEXT),
    SOURCE("source", Type.TEXT),
    SHOP("shop", Type.TEXT),
    CARRIERS("carriers", Type.TEXTS),
    PRODUCTS("products", Type.TEXTS),
    CATEGORIES("categories", Type.TEXTS),
    SHIPPED("shipped", Type.TRUTH),
    SIGNED("signed", Type.TRUTH),
    SCANNED("scanned", Type.TRUTH),
    REVIEWED("reviewed", Type.TRUTH),
    REFUNDED("refunded", Type.TRUTH);

    /** What stands before the field's name. */
    static final String OWNER = "order";

    /** The words of {@link #STATE}, in the sequence in which an order passes them. */
    static final List<String> STATES = List.of("unpaid", "paid", "shipped", "signed", "confirmed");

    private final String name;
    private final Type type;

    OrderFact(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    /** The name in expressions: {@code order.amount}. */
    String key() {
        return OWNER + "." + name;
    }

    Type type() {
        return type;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(OrderFact::key).toList();
    }

    static Optional<OrderFact> of(String key) {
        return Arrays.stream(values()).filter(fact -> fact.key().equals(key)).findFirst();
    }
}
