package io.memberday.segment;

import io.memberday.segment.Expr.Operator;

import java.util.Map;
import java.util.Optional;

/** What CEL's checker calls the operators of two operands that we take. */
final class CelOperators {
    private static final Map<String, Operator> BY_NAME =
            Map.ofEntries(
                    Map.entry("_&&_", Operator.AND),
                    Map.entry("_||_", Operator.OR),
                    Map.entry("_==_", Operator.EQUAL),
                    Map.entry("_!=_", Operator.UNEQUAL),
                    Map.entry("_<_", Operator.LESS),
                    Map.entry("_<=_", Operator.AT_MOST),
                    Map.entry("_>_", Operator.MORE),
                    Map.entry("_>=_", Operator.AT_LEAST),
                    Map.entry("@in", Operator.IN),
                    Map.entry("_+_", Operator.ADD),
                    Map.entry("_-_", Operator.SUBTRACT),
                    Map.entry("_*_", Operator.MULTIPLY),
                    Map.entry("_/_", Operator.DIVIDE),
                    Map.entry("_%_", Operator.REMAINDER),
                    Map.entry("contains", Operator.CONTAINS),
                    Map.entry("startsWith", Operator.STARTS),
                    Map.entry("endsWith", Operator.ENDS));

    private CelOperators() {}

    static Optional<Operator> of(String function) {
        return Optional.ofNullable(BY_NAME.get(function));
    }
}
