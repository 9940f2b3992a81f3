package io.memberday.segment;

import io.memberday.json.BadInput;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An expression that cannot be taken, with everything that is wrong with it. */
public final class BadExpression extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /** In a list that can be serialised, as an exception must be. */
    private final ArrayList<Finding> findings;

    private final String source;

    /**
     * Something wrong, or likely to be, in an expression.
     *
     * @param line from 1
     * @param column from 1
     * @param mend what to write instead
     * @param warning whether the expression can be taken all the same
     */
    public record Finding(int line, int column, String mend, boolean warning)
            implements Serializable {
        @Override
        public String toString() {
            return line + ":" + column + ": " + mend;
        }
    }

    BadExpression(String source, List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
        this.source = source;
        this.findings = new ArrayList<>(findings);
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The same as the answer to a request that carried the expression in a field. */
    public BadInput in(String field) {
        return new BadInput(field, source, getMessage());
    }
}
