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

    private final List<Finding> findings = new ArrayList<>();
    private final Places places;

    UnknownNames(CelAbstractSyntaxTree tree) {
        places = new Places(tree);
        look(tree.getExpr());
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void look(CelExpr expr) {
        switch (expr.exprKind().getKind()) {
            case IDENT -> ident(expr);
            case SELECT ->
                    findings.add(
                            places.error(
                                    expr,
                                    "a member's fields have no fields of their own: write the name"
                                            + " alone, without a dot"));
            case CALL -> call(expr);
            case LIST -> expr.list().elements().forEach(this::look);
            case STRUCT, MAP, COMPREHENSION ->
                    findings.add(places.error(expr, "objects and loops are not taken here"));
            case CONSTANT, NOT_SET -> {}
        }
    }

    private void ident(CelExpr expr) {
        String name = expr.ident().name();
        if (Fact.of(name).isEmpty()) {
            List<String> known = Arrays.stream(Fact.values()).map(Fact::key).toList();
            findings.add(
                    places.error(expr, "unknown field " + name + ": " + Nearest.mend(name, known)));
        }
    }

    private void call(CelExpr expr) {
        String name = expr.call().function();
        boolean method = expr.call().target().isPresent();
        Set<String> known = method ? METHODS : FUNCTIONS;
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
