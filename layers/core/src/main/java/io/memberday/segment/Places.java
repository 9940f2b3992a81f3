package io.memberday.segment;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;

import io.memberday.segment.BadExpression.Finding;

/** Where the nodes of a parsed expression stand in its text. */
final class Places {
    private final CelAbstractSyntaxTree tree;

    Places(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    Finding error(CelExpr at, String mend) {
        return finding(at, mend, false);
    }

    Finding warning(CelExpr at, String mend) {
        return finding(at, mend, true);
    }

    private Finding finding(CelExpr at, String mend, boolean warning) {
        Integer offset = tree.getSource().getPositionsMap().getOrDefault(at.id(), 0);
        CelSourceLocation place =
                tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
        return new Finding(place.getLine(), place.getColumn() + 1, mend, warning);
    }
}
