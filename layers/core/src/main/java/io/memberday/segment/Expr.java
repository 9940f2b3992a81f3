package io.memberday.segment;

import io.memberday.member.Channel;
import io.memberday.segment.Day.Span;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A checked expression: every node is well typed, names are resolved, dates and amounts read. */
sealed interface Expr {
    /** What an expression yields. */
    enum Type {
        TRUTH,
        WHOLE,
        TEXT,
        TEXTS,
        WHOLES
    }

    Type type();

    /** CEL's operators of two operands that we take; operands of a comparison have one type. */
    enum Operator {
        AND("&&", Type.TRUTH),
        OR("||", Type.TRUTH),
        EQUAL("==", Type.TRUTH),
        UNEQUAL("!=", Type.TRUTH),
        LESS("<", Type.TRUTH),
        AT_MOST("<=", Type.TRUTH),
        MORE(">", Type.TRUTH),
        AT_LEAST(">=", Type.TRUTH),
        IN("in", Type.TRUTH),
        CONTAINS("contains", Type.TRUTH),
        STARTS("startsWith", Type.TRUTH),
        ENDS("endsWith", Type.TRUTH),
        ADD("+", Type.WHOLE),
        SUBTRACT("-", Type.WHOLE),
        MULTIPLY("*", Type.WHOLE),
        DIVIDE("/", Type.WHOLE),
        REMAINDER("%", Type.WHOLE),
        JOIN("++", Type.TEXT);

        private final String sign;
        private final Type type;

        Operator(String sign, Type type) {
            this.sign = sign;
            this.type = type;
        }

        /** The name in the compiled form. */
        String sign() {
            return sign;
        }
    }

    /** Yields true or false. */
    sealed interface Condition extends Expr {
        @Override
        default Type type() {
            return Type.TRUTH;
        }
    }

    /** Yields a whole number. */
    sealed interface Count extends Expr {
        @Override
        default Type type() {
            return Type.WHOLE;
        }
    }

    record Truth(boolean value) implements Condition {}

    record Whole(long value) implements Count {}

    record Text(String value) implements Expr {
        @Override
        public Type type() {
            return Type.TEXT;
        }
    }

    record Texts(Set<String> values) implements Expr {
        public Texts {
            values = Set.copyOf(values);
        }

        @Override
        public Type type() {
            return Type.TEXTS;
        }
    }

    record Wholes(Set<Long> values) implements Expr {
        public Wholes {
            values = Set.copyOf(values);
        }

        @Override
        public Type type() {
            return Type.WHOLES;
        }
    }

    /** A field of the member. */
    record Look(Fact fact) implements Expr {
        @Override
        public Type type() {
            return fact.type();
        }
    }

    /** A field of the order, in an expression over orders. */
    record OrderLook(OrderFact fact) implements Expr {
        @Override
        public Type type() {
            return fact.type();
        }
    }

    /** The most that the order paid for one piece of the product, minor units; 0 without it. */
    record PricePaid(String product) implements Count {}

    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return operator.type;
        }
    }

    record Not(Expr of) implements Condition {}

    record Negative(Expr of) implements Count {}

    /** Code points of a text, or the number of tags. */
    record Size(Expr of) implements Count {}

    record Choice(Expr condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public Type type() {
            return then.type();
        }
    }

    /** A kept purchase in the span. */
    record Bought(Span days) implements Condition {}

    /**
     * A kept purchase of goods, in the span or, without one, among all that are kept each by each.
     */
    record BoughtGoods(Goods of, String name, Optional<Span> days) implements Condition {}

    /** By what goods are named. */
    enum Goods {
        CATEGORY,
        PRODUCT
    }

    /** How many kept purchases there are in the span. */
    record BoughtCount(Span days) implements Count {}

    /** What the kept purchases in the span sum to, minor units. */
    record SpentBetween(Span days) implements Count {}

    /** The first ever kept purchase was in the span. */
    record FirstBought(Span days) implements Condition {}

    /** The last kept purchase was in the span. */
    record LastBought(Span days) implements Condition {}

    /** Whether there is an address on the channel that has not bounced for good. */
    record Reachable(Channel channel) implements Condition {}

    /** Whether the member agreed to marketing on the channel. */
    record Agreed(Channel channel) implements Condition {}

    /** Whether the member said no to marketing on the channel: not to have said is no refusal. */
    record Declined(Channel channel) implements Condition {}

    /** Whether region, city and address contain one of the words. */
    record AddressHas(List<String> words) implements Condition {
        public AddressHas {
            words = List.copyOf(words);
        }
    }

    /** Days since the last marketing message on the channel. */
    record SinceMarketing(Channel channel) implements Count {}

    /** Marketing messages on the channel on so many days, the run's the last of them. */
    record MarketingSent(Channel channel, int days) implements Count {}

    /** Whether a run of the campaign has claimed the member, as long as claims are kept. */
    record Got(String campaign) implements Condition {}

    /** Whether the tag is there and was set by somebody: {@code operator}, {@code rule:churn}. */
    record TaggedBy(String tag, String who) implements Condition {}

    /** What the shop's trade knows of the member, of a type: that type's nothing if not known. */
    record Attributed(Type type, String name) implements Expr {}

    /** Whether the attribute is known, of whatever type. */
    record HasAttribute(String name) implements Condition {}

    /** Days since the tag was set. */
    record SinceTag(String tag) implements Count {}
}
