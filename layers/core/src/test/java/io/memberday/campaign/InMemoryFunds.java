package io.memberday.campaign;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The months' money in memory. */
public final class InMemoryFunds {
    private final Map<YearMonth, Funds> months = new HashMap<>();

    /** What all marketing of a month has leased and spent, with the cap that is given. */
    public synchronized Funds month(YearMonth month, Optional<Long> capMicros) {
        Funds funds = months.getOrDefault(month, new Funds(Optional.empty(), 0, 0));
        return new Funds(capMicros, funds.committedMicros(), funds.spentMicros());
    }

    /** Adds to what is committed and to what is spent of a month's money. */
    public synchronized void pay(YearMonth month, long committed, long spent) {
        Funds funds = month(month, Optional.empty());
        months.put(
                month,
                new Funds(
                        Optional.empty(),
                        funds.committedMicros() + committed,
                        funds.spentMicros() + spent));
    }
}
