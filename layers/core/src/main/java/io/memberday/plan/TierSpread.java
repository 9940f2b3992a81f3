package io.memberday.plan;

import io.memberday.member.Purchases;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.member.TierLadder.Standing;
import io.memberday.result.Figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How purchases spread over members, and whom thresholds put where. Not for sharing. */
final class TierSpread {
    private static final List<Integer> PERCENTS = List.of(50, 75, 90, 95, 99);

    private final TierLadder now;
    private final TierLadder then;
    private final Instant at;
    private final String currency;
    private final Map<String, Long> inNow = new LinkedHashMap<>();
    private final Map<String, Long> inThen = new LinkedHashMap<>();
    private final NavigableMap<String, Long> moves = new TreeMap<>();

    /** Buyers by what they spent, to two digits: few numbers, however many members. */
    private final NavigableMap<Long, Long> spent = new TreeMap<>();

    private final Map<String, Long> purchases = new LinkedHashMap<>();
    private long members;
    private long buyers;

    TierSpread(TierLadder now, TierLadder then, Instant at, String currency) {
        this.now = now;
        this.then = then;
        this.at = at;
        this.currency = currency;
        now.tiers().forEach(tier -> inNow.put(tier.id(), 0L));
        then.tiers().forEach(tier -> inThen.put(tier.id(), 0L));
        List.of("1", "2", "3-4", "5-9", "10+").forEach(count -> purchases.put(count, 0L));
    }

    void add(Purchases bought) {
        members++;
        Tier is = now.of(now.standing(bought, at));
        Standing standing = then.standing(bought, at);
        Tier would = then.of(standing);
        inNow.merge(is.id(), 1L, Long::sum);
        inThen.merge(would.id(), 1L, Long::sum);
        if (!is.id().equals(would.id())) {
            moves.merge(is.id() + " to " + would.id(), 1L, Long::sum);
        }
        if (standing.count() > 0) {
            buyers++;
            spent.merge(rounded(standing.minor()), 1L, Long::sum);
            purchases.merge(counted(standing.count()), 1L, Long::sum);
        }
    }

    private static long rounded(long minor) {
        long unit = 1;
        while (minor / unit >= 100) {
            unit *= 10;
        }
        return minor / unit * unit;
    }

    private static String counted(int count) {
        if (count <= 2) {
            return Integer.toString(count);
        }
        if (count <= 4) {
            return "3-4";
        }
        return count <= 9 ? "5-9" : "10+";
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at.toString());
        json.put("windowDays", then.window().toDays());
        json.put("members", members);
        json.put("buyers", buyers);
        json.put("spent", spentBy());
        json.put("purchases", purchases);
        json.put("now", inNow);
        json.put("then", inThen);
        json.put("moves", moves);
        return json;
    }

    /** What so many percent of the buyers spent at most, rounded down to two digits. */
    private Map<String, String> spentBy() {
        Map<String, String> by = new LinkedHashMap<>();
        for (int percent : PERCENTS) {
            long rank = Math.ceilDiv(buyers * percent, 100L);
            long seen = 0;
            for (Map.Entry<Long, Long> step : spent.entrySet()) {
                seen += step.getValue();
                if (seen >= rank) {
                    by.put("p" + percent, Figures.money(step.getKey(), currency));
                    break;
                }
            }
        }
        return by;
    }

    /** For a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d members, of whom %,d bought in the %d days before %s"
                        .formatted(members, buyers, then.window().toDays(), at));
        spentBy().forEach((share, amount) -> lines.add("spent, %s: %s".formatted(share, amount)));
        for (Tier tier : then.tiers()) {
            long would = inThen.get(tier.id());
            lines.add(
                    "%s (from %s and %d purchases): %,d%s"
                            .formatted(
                                    tier.id(),
                                    Figures.money(tier.minor(), currency),
                                    tier.count(),
                                    would,
                                    inNow.containsKey(tier.id())
                                            ? ", now %,d".formatted(inNow.get(tier.id()))
                                            : ""));
        }
        moves.forEach((move, many) -> lines.add("%s: %,d".formatted(move, many)));
        return lines;
    }
}
