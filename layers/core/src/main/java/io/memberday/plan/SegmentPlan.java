package io.memberday.plan;

import io.memberday.campaign.RunStore;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.member.Channel;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.money.Money;
import io.memberday.playbook.Playbook;
import io.memberday.result.ResultStore;
import io.memberday.segment.BadExpression;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;
import io.memberday.segment.Vantage;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reverse planning 逆向 (R35): before there is any campaign, what a segment's members are like, how
 * and when they can be reached, and what a campaign for them may bring at which cost. It reads
 * every member and changes nothing.
 */
public final class SegmentPlan {
    private static final String SEGMENT = "segment";
    private static final String WHERE = "where";
    private static final String PLAN = "plan";
    private static final String CONVERSION = "conversion";
    private static final String AVERAGE_ORDER = "averageOrder";
    private static final String PARTS = "parts";
    private static final String CHANNELS = "channels";
    private static final Set<String> KNOWN =
            Set.of(PLAN, SEGMENT, WHERE, CONVERSION, AVERAGE_ORDER, PARTS, CHANNELS);
    private static final int AT_ONCE = 1_000;
    private static final int MOST_PARTS = 10;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Playbook playbook;
    private final MemberScan members;
    private final RunStore runs;
    private final ResultStore results;
    private final FileStore files;
    private final Clock clock;

    public SegmentPlan(
            Playbook playbook,
            MemberScan members,
            RunStore runs,
            ResultStore results,
            FileStore files,
            Clock clock) {
        this.playbook = playbook;
        this.members = members;
        this.runs = runs;
        this.results = results;
        this.files = files;
        this.clock = clock;
    }

    /** Whether a request asks for a segment's plan. */
    public static boolean asked(Fields request) {
        return request.has(PLAN);
    }

    /**
     * Answers {@code {"plan": true, "segment": name}}, or with an expression as {@code where}.
     *
     * @param timeLeft whether to go on reading
     * @throws BadInput if the request cannot be taken
     */
    public Map<String, Object> answer(Fields request, BooleanSupplier timeLeft) {
        for (String name : request.names()) {
            if (!KNOWN.contains(name)) {
                throw request.bad(name, "is not known: " + Nearest.mend(name, KNOWN));
            }
        }
        if (!request.optionalTruth(PLAN).orElse(false)) {
            throw request.bad(PLAN, "must be true");
        }
        Segment segment = segment(request);
        List<Channel> channels = channels(request);
        int parts = request.optionalWhole(PARTS, 1, MOST_PARTS).map(Math::toIntExact).orElse(1);
        Optional<Double> said = request.optionalText(CONVERSION).map(text -> share(request, text));
        Optional<Long> order =
                request.optionalText(AVERAGE_ORDER).map(text -> amount(request, text));
        Vantage vantage = playbook.vantage(clock.instant());
        SegmentTraits traits = new SegmentTraits(playbook.store(), vantage, channels);
        long scanned = read(segment, vantage, traits, timeLeft);
        boolean complete = scanned >= 0;
        Expectation expectation =
                said.map(Expectation::said)
                        .orElseGet(
                                () ->
                                        Expectation.of(
                                                runs.all(),
                                                results,
                                                segment.source(),
                                                traits.by("stage"),
                                                playbook.store()
                                                        .measuring()
                                                        .buyersOfTenThousand()));
        SegmentPage page =
                new SegmentPage(
                        playbook.store(),
                        request.optionalText(SEGMENT).orElse("expression"),
                        segment.source(),
                        clock.instant(),
                        traits,
                        new SegmentForecast(
                                playbook.store(),
                                traits,
                                expectation,
                                order.or(traits::averageOrder),
                                parts),
                        complete);
        String name = "reports/segment-" + page.name() + "/index.html";
        files.put(name, "text/html; charset=utf-8", page.html().getBytes(StandardCharsets.UTF_8));
        Map<String, Object> answer = new LinkedHashMap<>(page.json());
        answer.put("scanned", Math.abs(scanned));
        answer.put("page", files.address(name));
        answer.put("text", page.lines());
        return answer;
    }

    /** How many were read; less than nothing if time ran out after so many. */
    private long read(
            Segment segment, Vantage vantage, SegmentTraits traits, BooleanSupplier timeLeft) {
        long scanned = 0;
        Optional<String> after = Optional.empty();
        do {
            if (!timeLeft.getAsBoolean()) {
                return -Math.max(1, scanned);
            }
            ScanPage page = members.page(0, 1, after, AT_ONCE, segment.filter(vantage));
            scanned += page.filtered() + page.members().size();
            page.members().stream()
                    .filter(member -> member.mergedInto().isEmpty())
                    .filter(member -> segment.matches(member, vantage))
                    .forEach(traits::add);
            after = page.next();
        } while (after.isPresent());
        return scanned;
    }

    private Segment segment(Fields request) {
        if (request.has(SEGMENT) == request.has(WHERE)) {
            throw request.bad(
                    SEGMENT, "give either a segment's name, or an expression as \"where\"");
        }
        if (request.has(WHERE)) {
            return compiled(request.text(WHERE));
        }
        String name = request.text(SEGMENT);
        Map<String, Segment> named = playbook.segments();
        if (!named.containsKey(name)) {
            throw request.bad(
                    SEGMENT, "no segment is called so: " + Nearest.mend(name, named.keySet()));
        }
        return named.get(name);
    }

    /** Only a request that brings an expression loads the parser. */
    private Segment compiled(String where) {
        SegmentCompiler compiler =
                new SegmentCompiler(
                        playbook.store().currency(), playbook.store().horizon(), playbook.ladder());
        playbook.segments().forEach(compiler::knowing);
        LocalDate today = playbook.vantage(clock.instant()).today();
        try {
            return compiler.compile(where, Optional.of(today));
        } catch (BadExpression bad) {
            throw bad.in(WHERE);
        }
    }

    private List<Channel> channels(Fields request) {
        List<Channel> known =
                Arrays.stream(Channel.values())
                        .filter(playbook.store().channels()::containsKey)
                        .toList();
        if (!request.has(CHANNELS)) {
            return known;
        }
        List<String> names = known.stream().map(Channel::key).toList();
        List<String> wanted = request.texts(CHANNELS).stream().distinct().toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw request.bad(
                        CHANNELS, "the store has no channel so: " + Nearest.mend(name, names));
            }
        }
        if (wanted.isEmpty()) {
            throw request.bad(CHANNELS, "list them, the preferred first");
        }
        return wanted.stream().map(Channel::of).toList();
    }

    private static double share(Fields request, String text) {
        String mend = "write a share from 0% to 100% as text, like \"1.2%\"";
        try {
            BigDecimal percent = new BigDecimal(text.strip().replaceFirst("%$", ""));
            if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
                throw request.bad(CONVERSION, mend);
            }
            return percent.movePointLeft(2).doubleValue();
        } catch (NumberFormatException e) {
            throw request.bad(CONVERSION, mend);
        }
    }

    private long amount(Fields request, String text) {
        String mend = "write an amount like \"300.00 %s\"".formatted(playbook.store().currency());
        try {
            Money money = Money.parse(text);
            if (money.minor() < 0 || !money.currency().equals(playbook.store().currency())) {
                throw request.bad(AVERAGE_ORDER, mend);
            }
            return money.minor();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw request.bad(AVERAGE_ORDER, mend);
        }
    }
}
