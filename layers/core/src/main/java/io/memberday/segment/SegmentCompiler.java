package io.memberday.segment;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;

import io.memberday.member.Layer;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.segment.BadExpression.Finding;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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

    /** The segments that an expression names; none if it cannot be read. */
    public Set<String> uses(String source) {
        CelValidationResult parsed = cel.parse(source);
        if (parsed.hasError()) {
            return Set.of();
        }
        return CelNavigableAst.fromAst(syntax(parsed))
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(at -> at.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(CelExpr::call)
                .filter(call -> call.function().equals(Function.SEGMENT.key()))
                .flatMap(call -> call.args().stream())
                .filter(at -> at.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)
                .map(CelExpr::constant)
                .filter(name -> name.getKind() == CelConstant.Kind.STRING_VALUE)
                .map(CelConstant::stringValue)
                .collect(Collectors.toSet());
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
        return check(source, asOf, cel, false);
    }

    /** Like {@link #check}, of an expression over orders, which may ask for their fields, too. */
    public Checked checkOverOrders(String source, Optional<LocalDate> asOf) {
        return check(source, asOf, declaredOverOrders(), true);
    }

    private Checked check(
            String source, Optional<LocalDate> asOf, CelCompiler cel, boolean overOrders) {
        CelValidationResult parsed = cel.parse(source);
        if (parsed.hasError()) {
            return refused(parsed);
        }
        CelAbstractSyntaxTree tree = syntax(parsed);
        List<Finding> unknown = new UnknownNames(tree, overOrders).findings();
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
        LocalDate day = asOf.or(() -> Segments.latestDate(segment)).orElse(LocalDate.EPOCH);
        return Segments.reachesBackTo(segment, day)
                .filter(_ -> !Segments.answerable(segment, day, horizon))
                .map(
                        from ->
                                new Finding(
                                        1,
                                        1,
                                        asOf.isEmpty() && Segments.latestDate(segment).isEmpty()
                                                ? "asks for purchases of %d days ago, but single purchases are kept for %d days only: ask for less, or raise the store's horizon"
                                                        .formatted(
                                                                ChronoUnit.DAYS.between(from, day),
                                                                horizon.toDays())
                                                : "asks for purchases of %s, but on %s single purchases are kept back to %s only: use a later date, or raise the store's horizon (%d days)"
                                                        .formatted(
                                                                from,
                                                                day,
                                                                day.minusDays(horizon.toDays() - 1),
                                                                horizon.toDays()),
                                        false));
    }

    /** CEL's parser and type checker with the member's fields and functions declared. */
    static CelCompiler declared() {
        return builder().build();
    }

    /** The same with the order's fields. */
    private static CelCompiler declaredOverOrders() {
        var builder = builder();
        for (OrderFact fact : OrderFact.values()) {
            builder.addVar(fact.key(), celType(fact.type()));
        }
        return builder.build();
    }

    private static CelCompilerBuilder builder() {
        var builder = CelCompilerFactory.standardCelCompilerBuilder();
        for (Fact fact : Fact.values()) {
            builder.addVar(fact.key(), celType(fact.type()));
        }
        for (Function function : Function.values()) {
            builder.addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            function.key(),
                            CelOverloadDecl.newGlobalOverload(
                                    "memberday_" + function.key(),
                                    celType(function.yields()),
                                    function.takes().stream()
                                            .map(SegmentCompiler::celType)
                                            .toList())));
        }
        return builder;
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
