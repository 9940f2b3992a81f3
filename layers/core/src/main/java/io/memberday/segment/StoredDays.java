package io.memberday.segment;

import io.memberday.member.MemberFilter;
import io.memberday.member.MemberFilter.Comparison;
import io.memberday.member.MemberFilter.Stored;

import java.util.List;

/** "Days since" as a question about the time that is stored. */
record StoredDays(Vantage vantage) {
    private static final long DAY = 86_400;

    /** More days than lie between any two instants. */
    private static final long ENDLESS = 1_000_000_000_000L;

    /** Whose days since then compare so; never is very long ago. */
    MemberFilter since(Stored then, Comparison how, long days) {
        MemberFilter ago = ago(then, how, days);
        return how.holds(Evaluator.NEVER, days)
                ? MemberFilter.any(List.of(new MemberFilter.Known(then, false), ago))
                : ago;
    }

    /** The same for those only who have a time. */
    MemberFilter ago(Stored then, Comparison how, long days) {
        long least = Math.clamp(days, -ENDLESS, ENDLESS);
        return switch (how) {
            case AT_LEAST -> atLeast(then, least);
            case MORE -> atLeast(then, least + 1);
            case LESS -> less(then, least);
            case AT_MOST -> less(then, least + 1);
            case EQUAL -> MemberFilter.all(List.of(atLeast(then, least), less(then, least + 1)));
            case UNEQUAL -> MemberFilter.any(List.of(less(then, least), atLeast(then, least + 1)));
        };
    }

    private MemberFilter atLeast(Stored then, long days) {
        return new MemberFilter.Compared(then, Comparison.AT_MOST, latest(days));
    }

    private MemberFilter less(Stored then, long days) {
        return new MemberFilter.Compared(then, Comparison.MORE, latest(days));
    }

    /** The latest time that is so many whole days ago. Days to come are cut towards 0, too. */
    private long latest(long days) {
        long seconds = days > 0 ? days * DAY : (days - 1) * DAY + 1;
        return vantage.now().getEpochSecond() - seconds;
    }
}
