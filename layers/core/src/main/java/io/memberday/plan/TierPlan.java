package io.memberday.plan;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.money.Money;
import io.memberday.playbook.Playbook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A dry run of the shop's tiers (R68): at a day, how purchases really spread, how many members are
 * in each tier, and how many would be under other thresholds. It reads every member and changes
 * nothing.
 */
public final class TierPlan {
    private static final String TIERS = "tiers";
    private static final String WINDOW_DAYS = "windowDays";
    private static final String AT = "at";
    private static final String SPENT = "spent";
    private static final String PURCHASES = "purchases";
    private static final Set<String> KNOWN = Set.of(TIERS, WINDOW_DAYS, AT);
    private static final Set<String> OF_A_TIER = Set.of("id", SPENT, PURCHASES);
    private static final int AT_ONCE = 1_000;
    private static final int MOST_TIERS = 20;
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_PURCHASES = 100_000;

    private final Playbook playbook;
    private final MemberScan members;
    private final Clock clock;

    public TierPlan(Playbook playbook, MemberScan members, Clock clock) {
        this.playbook = playbook;
        this.members = members;
        this.clock = clock;
    }

    /** Whether a request asks for it. */
    public static boolean asked(Fields request) {
        return request.has(TIERS);
    }

    /**
     * Answers {@code {"tiers": true}} for the thresholds of the playbook, or with others: {@code
     * {"tiers": [{"id": "base"}, {"id": "gold", "spent": "2000.00 CNY", "purchases": 3}],
     * "windowDays": 365, "at": "2026-06-30"}}.
     *
     * @param timeLeft whether to go on reading
     * @throws BadInput if the request cannot be taken
     */
    public Map<String, Object> answer(Fields request, BooleanSupplier timeLeft) {
        known(request, KNOWN);
        TierLadder now = playbook.ladder();
        TierLadder then = ladder(request);
        Duration horizon = playbook.store().horizon();
        if (then.window().compareTo(horizon) > 0) {
            throw request.bad(
                    WINDOW_DAYS,
                    "purchases are known for the store's horizon of %d days: ask for no more"
                            .formatted(horizon.toDays()));
        }
        TierSpread spread = new TierSpread(now, then, at(request), playbook.store().currency());
        boolean complete = read(spread, timeLeft);
        Map<String, Object> answer = spread.json();
        answer.put("complete", complete);
        answer.put("text", spread.lines());
        return answer;
    }

    private boolean read(TierSpread spread, BooleanSupplier timeLeft) {
        Optional<String> after = Optional.empty();
        do {
            if (!timeLeft.getAsBoolean()) {
                return false;
            }
            ScanPage page = members.page(0, 1, after, AT_ONCE, MemberFilter.EVERYBODY);
            for (Member member : page.members()) {
                if (member.mergedInto().isEmpty()) {
                    spread.add(member.purchases());
                }
            }
            after = page.next();
        } while (after.isPresent());
        return true;
    }

    /** The end of a day; of today, now. */
    private Instant at(Fields request) {
        Instant now = clock.instant();
        Optional<String> at = request.optionalText(AT);
        if (at.isEmpty()) {
            return now;
        }
        try {
            LocalDate day = LocalDate.parse(at.get());
            Instant end =
                    day.plusDays(1)
                            .atStartOfDay(playbook.store().zone())
                            .toInstant()
                            .minusSeconds(1);
            return day.equals(LocalDate.ofInstant(now, playbook.store().zone())) ? now : end;
        } catch (DateTimeException e) {
            throw request.bad(AT, "write a date such as 2026-05-08");
        }
    }

    private TierLadder ladder(Fields request) {
        Duration window =
                request.optionalWhole(WINDOW_DAYS, 1, MOST_DAYS)
                        .map(Duration::ofDays)
                        .orElse(playbook.ladder().window());
        if (request.raw(TIERS).filter(Boolean.TRUE::equals).isPresent()) {
            return new TierLadder(window, playbook.ladder().tiers());
        }
        List<Tier> tiers = new ArrayList<>();
        for (Fields one : request.objects(TIERS)) {
            known(one, OF_A_TIER);
            Tier tier = tier(one);
            if (tiers.stream().anyMatch(other -> other.id().equals(tier.id()))) {
                throw one.bad("id", "is there twice");
            }
            if (tiers.isEmpty() && (tier.minor() > 0 || tier.count() > 0)) {
                throw one.bad("id", "the first tier is for everybody: ask for nothing in it");
            }
            if (!tiers.isEmpty()
                    && (tier.minor() < tiers.getLast().minor()
                            || tier.count() < tiers.getLast().count())) {
                throw one.bad("id", "asks for less than the one before: list the lowest first");
            }
            tiers.add(tier);
        }
        if (tiers.isEmpty() || tiers.size() > MOST_TIERS) {
            throw request.bad(TIERS, "list 1 to %d tiers, or write true".formatted(MOST_TIERS));
        }
        return new TierLadder(window, tiers);
    }

    private Tier tier(Fields one) {
        return new Tier(
                one.text("id"),
                one.text("id"),
                one.optionalText(SPENT).map(text -> amount(one, text)).orElse(0L),
                one.optionalWhole(PURCHASES, 0, MOST_PURCHASES).map(Math::toIntExact).orElse(0),
                false,
                0,
                0);
    }

    private long amount(Fields one, String text) {
        String currency = playbook.store().currency();
        String mend = "write an amount like \"2000.00 %s\"".formatted(currency);
        try {
            Money money = Money.parse(text);
            if (money.minor() < 0 || !money.currency().equals(currency)) {
                throw one.bad(SPENT, mend);
            }
            return money.minor();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw one.bad(SPENT, mend);
        }
    }

    private static void known(Fields fields, Set<String> names) {
        for (String name : fields.names()) {
            if (!names.contains(name)) {
                throw fields.bad(name, "is not known: " + Nearest.mend(name, names));
            }
        }
    }
}
