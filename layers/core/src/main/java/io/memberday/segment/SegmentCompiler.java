package io.memberday.segment;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;

import io.memberday.member.Layer;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.segment.BadExpression.Finding;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks segment expressions in CEL against the member's fields and compiles them to the form that
 * is evaluated without a CEL parser. Slow to load (most of a second): only the build and requests
 * that bring an expression of their own make one.
 */
public final class SegmentCompiler {
    private static final Pattern NO_OVERLOAD =
            Pattern.compile(".*no matching overload for '([^']+)' applied to '([^']+)'.*");

    private final CelCompiler cel = declared();
    private final String currency;
    private final Duration horizon;
    private final Map<Fact, Set<String>> words;
    private final Map<String, Segment> named = new HashMap<>();

    /**
     * @param currency of amounts, the store's
     * @param horizon how far back single purchases are kept
     * @param ladder the shop's tiers
     */
    public SegmentCompiler(String currency, Duration horizon, TierLadder ladder) {
        this.currency = currency;
        this.horizon = horizon;
        words =
                Map.of(
                        Fact.TIER,
                        ladder.tiers().stream().map(Tier::id).collect(Collectors.toSet()),
                        Fact.LAYER,
                        Arrays.stream(Layer.values()).map(Layer::key).collect(Collectors.toSet()),
                        Fact.STAGE,
                        Set.of("active", "dormant", "pre-churn", "churned", "none"),
                        Fact.GENDER,
                        Set.of("female", "male", "other", ""));
    }

    /** Makes a segment usable in later expressions, as {@code segment("regulars")}. */
    public SegmentCompiler knowing(String name, Segment segment) {
        named.put(name, segment);
        return this;
    }

    /**
     * What a check found.
     *
     * @param segment nothing if a finding is more than a warning
     * @param findings in the sequence of the text
     */
    public record Checked(Optional<Segment> segment, List<Finding> findings) {}

    /**
     * Compiles an expression.
     *
     * @param asOf the day on which it will be evaluated, if it is known: single purchases must then
     *     still be kept for every date in it
     * @throws BadExpression with everything that is wrong with it
     */
    public Segment compile(String source, Optional<LocalDate> asOf) {
        Checked checked = check(source, asOf);
        return checked.segment().orElseThrow(() -> new BadExpression(source, checked.findings()));
    }

    /** Like {@link #compile}, but hands back all findings, warnings too. */
    public Checked check(String source, Optional<LocalDate> asOf) {
        CelValidationResult parsed = cel.parse(source);
        if (parsed.hasError()) {
            return refused(parsed);
        }
        CelAbstractSyntaxTree tree = syntax(parsed);
        List<Finding> unknown = new UnknownNames(tree).findings();
        if (!unknown.isEmpty()) {
            return new Checked(Optional.empty(), unknown);
        }
        CelValidationResult typed = cel.check(tree);
        if (typed.hasError()) {
            return refused(typed);
        }
        if (!SimpleType.BOOL.equals(syntax(typed).getResultType())) {
            return new Checked(
                    Optional.empty(),
                    List.of(
                            new Finding(
                                    1,
                                    1,
                                    "yields "
                                            + syntax(typed).getResultType().name()
                                            + ": a segment must be true or false, such as"
                                            + " keptPurchases >= 1",
                                    false)));
        }
        Resolver resolver = new Resolver(syntax(typed), currency, words, named);
        Optional<Expr> expr = resolver.resolve();
        List<Finding> findings = new ArrayList<>(resolver.findings());
        Optional<Segment> segment =
                expr.filter(_ -> findings.stream().allMatch(Finding::warning))
                        .map(checked -> Segments.of(source, checked));
        segment.flatMap(of -> beyondHorizon(of, asOf)).ifPresent(findings::add);
        return new Checked(
                segment.filter(_ -> findings.stream().allMatch(Finding::warning)), findings);
    }

    /**
     * A date before the horizon has no answer: single purchases of then are summed up by then. An
     * expression whose day is not known is taken to be asked on the last date that it names, which
     * is the earliest on which it makes sense.
     */
    private Optional<Finding> beyondHorizon(Segment segment, Optional<LocalDate> asOf) {
        LocalDate day = asOf.or(() -> Segments.reachesUpTo(segment)).orElse(LocalDate.MIN);
        return Segments.reachesBackTo(segment)
                .filter(_ -> !Segments.answerable(segment, day, horizon))
                .map(
                        from ->
                                new Finding(
                                        1,
                                        1,
                                        "asks for purchases of %s, but on %s single purchases are kept back to %s only: use a later date, or raise the store's horizon (%d days)"
                                                .formatted(
                                                        from,
                                                        day,
                                                        day.minusDays(horizon.toDays() - 1),
                                                        horizon.toDays()),
                                        false));
    }

    /** CEL's parser and type checker with the member's fields and functions declared. */
    static CelCompiler declared() {
        var builder = CelCompilerFactory.standardCelCompilerBuilder();
        for (Fact fact : Fact.values()) {
            builder.addVar(fact.key(), celType(fact.type()));
        }
        ListType texts = ListType.create(SimpleType.STRING);
        return builder.addFunctionDeclarations(
                        function("bought", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                        function("firstPurchaseOn", SimpleType.BOOL, SimpleType.STRING),
                        function(
                                "firstPurchaseBetween",
                                SimpleType.BOOL,
                                SimpleType.STRING,
                                SimpleType.STRING),
                        function("addressContainsAny", SimpleType.BOOL, texts),
                        function("reachable", SimpleType.BOOL, SimpleType.STRING),
                        function("consent", SimpleType.BOOL, SimpleType.STRING),
                        function("segment", SimpleType.BOOL, SimpleType.STRING),
                        function("amount", SimpleType.INT, SimpleType.STRING))
                .build();
    }

    private static CelFunctionDecl function(String name, CelType yields, CelType... takes) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload("memberday_" + name, yields, takes));
    }

    private static CelType celType(Expr.Type type) {
        return switch (type) {
            case TRUTH -> SimpleType.BOOL;
            case WHOLE -> SimpleType.INT;
            case TEXT -> SimpleType.STRING;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case WHOLES -> ListType.create(SimpleType.INT);
        };
    }

    private static CelAbstractSyntaxTree syntax(CelValidationResult valid) {
        try {
            return valid.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("a result without errors has a tree", e);
        }
    }

    private static Checked refused(CelValidationResult result) {
        return new Checked(
                Optional.empty(),
                result.getErrors().stream().map(SegmentCompiler::finding).toList());
    }

    private static Finding finding(CelIssue issue) {
        return new Finding(
                issue.getSourceLocation().getLine(),
                issue.getSourceLocation().getColumn() + 1,
                mend(issue.getMessage()),
                false);
    }

    private static String mend(String message) {
        var matcher = NO_OVERLOAD.matcher(message.replace('\n', ' '));
        if (!matcher.matches()) {
            return "cannot be read as CEL: " + message;
        }
        String operator = matcher.group(1).replace("_", "").replace("@", "");
        return "'%s' does not take %s: numbers go with numbers, text with text, an amount is written amount(\"500.00\")"
                .formatted(operator, matcher.group(2));
    }
}
