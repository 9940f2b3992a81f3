package io.memberday.segment;

import io.memberday.member.Channel;

import java.time.LocalDate;
import java.util.List;
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

    record Truth(boolean value) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Whole(long value) implements Expr {
        @Override
        public Type type() {
            return Type.WHOLE;
        }
    }

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

    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return operator.type;
        }
    }

    record Not(Expr of) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Negative(Expr of) implements Expr {
        @Override
        public Type type() {
            return Type.WHOLE;
        }
    }

    /** Code points of a text, or the number of tags. */
    record Size(Expr of) implements Expr {
        @Override
        public Type type() {
            return Type.WHOLE;
        }
    }

    record Choice(Expr condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public Type type() {
            return then.type();
        }
    }

    /** A kept purchase on one of these days, both included, in the store's zone. */
    record Bought(LocalDate from, LocalDate to) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** The first ever kept purchase on one of these days, both included, in the store's zone. */
    record FirstBought(LocalDate from, LocalDate to) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** Whether there is an address on the channel that has not bounced for good. */
    record Reachable(Channel channel) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** Whether the member agreed to marketing on the channel. */
    record Agreed(Channel channel) implements Expr {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** Whether region, city and address contain one of the words. */
    record AddressHas(List<String> words) implements Expr {
        public AddressHas {
            words = List.copyOf(words);
        }

        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }
}
