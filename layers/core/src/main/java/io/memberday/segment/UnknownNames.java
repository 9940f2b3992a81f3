package io.memberday.segment;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;

import io.memberday.json.Nearest;
import io.memberday.segment.BadExpression.Finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the names in a parsed expression that no member has, before CEL does it less kindly. */
final class UnknownNames {
    private static final Set<String> FUNCTIONS =
            Stream.concat(Function.keys().stream(), Stream.of("size"))
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> METHODS = Set.of("contains", "startsWith", "endsWith", "size");

    private static final String ONLY_OVER_ORDERS =
            " is an order's: it is known in the where of a campaign over: orders only";

    private final List<Finding> findings = new ArrayList<>();
    private final Places places;
    private final boolean overOrders;

    UnknownNames(CelAbstractSyntaxTree tree, boolean overOrders) {
        this.overOrders = overOrders;
        places = new Places(tree);
        look(tree.getExpr());
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void look(CelExpr expr) {
        switch (expr.exprKind().getKind()) {
            case IDENT -> ident(expr);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> expr.list().elements().forEach(this::look);
            case STRUCT, MAP, COMPREHENSION ->
                    findings.add(places.error(expr, "objects and loops are not taken here"));
            case CONSTANT, NOT_SET -> {}
        }
    }

    private void select(CelExpr expr) {
        boolean ofOrder =
                expr.select().operand().exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                        && expr.select().operand().ident().name().equals(OrderFact.OWNER);
        String name = OrderFact.OWNER + "." + expr.select().field();
        if (!ofOrder) {
            findings.add(
                    places.error(
                            expr,
                            "a member's fields have no fields of their own: write the name"
                                    + " alone, without a dot"));
        } else if (!overOrders) {
            findings.add(places.error(expr, name + ONLY_OVER_ORDERS));
        } else if (OrderFact.of(name).isEmpty()) {
            findings.add(
                    places.error(
                            expr,
                            "unknown field %s: %s"
                                    .formatted(name, Nearest.mend(name, OrderFact.keys()))));
        }
    }

    private void ident(CelExpr expr) {
        String name = expr.ident().name();
        if (overOrders && name.equals(OrderFact.OWNER)) {
            findings.add(
                    places.error(
                            expr,
                            "name a field of the order: one of "
                                    + String.join(", ", OrderFact.keys())));
        } else if (Fact.of(name).isEmpty()) {
            List<String> known = Arrays.stream(Fact.values()).map(Fact::key).toList();
            findings.add(
                    places.error(expr, "unknown field " + name + ": " + Nearest.mend(name, known)));
        }
    }

    private void call(CelExpr expr) {
        String name = expr.call().function();
        boolean method = expr.call().target().isPresent();
        Set<String> known = method ? METHODS : FUNCTIONS;
        if (!overOrders && Function.of(name).filter(Function::ofOrders).isPresent()) {
            findings.add(places.error(expr, name + ONLY_OVER_ORDERS));
        }
        if (isName(name) && !known.contains(name)) {
            findings.add(
                    places.error(
                            expr, "unknown function " + name + ": " + Nearest.mend(name, known)));
        }
        expr.call().target().ifPresent(this::look);
        expr.call().args().forEach(this::look);
    }

    // Operators are functions named by their sign, such as _&&_ or @in.
    private static boolean isName(String function) {
        return Character.isLetter(function.charAt(0));
    }
}
