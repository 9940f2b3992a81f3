package io.memberday.campaign;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.touch.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Batches being sent, in memory, over the audience and the runs that are there. */
public final class InMemoryBatchStore implements BatchStore {
    private final InMemoryAudienceStore audience;
    private final InMemoryRunStore runs;
    private final Map<String, List<Outcome>> groups = new TreeMap<>();
    private final InMemoryFunds money;
    private final Map<String, Tally> tallies = new HashMap<>();

    private final Guards guards;

    public InMemoryBatchStore(InMemoryAudienceStore audience, InMemoryRunStore runs) {
        this(audience, runs, new InMemoryFunds(), Guards.intact());
    }

    /**
     * @param money that other stores may look at, too
     */
    public InMemoryBatchStore(
            InMemoryAudienceStore audience,
            InMemoryRunStore runs,
            InMemoryFunds money,
            Guards guards) {
        this.audience = audience;
        this.runs = runs;
        this.money = money;
        this.guards = guards;
    }

    @Override
    public synchronized Optional<Batch> find(String run, int slice, String id) {
        return audience.batches(run, slice).stream()
                .filter(batch -> batch.id().equals(id))
                .map(batch -> guards.hold(Guard.WINDOW, false) ? aDayLonger(batch) : batch)
                .findFirst();
    }

    private static Batch aDayLonger(Batch batch) {
        return new Batch(
                batch.run(),
                batch.slice(),
                batch.id(),
                batch.channel(),
                batch.members(),
                batch.held(),
                batch.dueAt(),
                batch.until().plus(Duration.ofDays(1)),
                batch.zone(),
                batch.eachMicros(),
                batch.owner(),
                batch.done(),
                batch.variant(),
                batch.marks(),
                batch.bought());
    }

    @Override
    public synchronized Funds month(YearMonth month, Optional<Long> capMicros) {
        return money.month(month, capMicros);
    }

    @Override
    public synchronized boolean take(Batch read, Batch.Owner owner, Lease lease) {
        Run run = runs.find(read.run()).orElseThrow();
        Funds month = month(lease.month(), lease.monthCapMicros());
        boolean may =
                unchanged(read)
                        && guards.hold(Guard.RUN_RUNNING, run.state() == Run.State.RUNNING)
                        && guards.hold(
                                Guard.RUN_CAP,
                                run.funds().lease(lease.micros()) == Funds.Answer.YES)
                        && guards.hold(
                                Guard.MONTH_CAP, month.lease(lease.micros()) == Funds.Answer.YES);
        if (may) {
            own(read, owner);
            pay(read.run(), lease.month(), lease.micros(), 0);
        }
        return may;
    }

    @Override
    public synchronized boolean takeToClose(Batch read, Batch.Owner owner) {
        boolean may = unchanged(read);
        if (may) {
            own(read, owner);
        }
        return may;
    }

    @Override
    public synchronized List<Outcome> outcomes(Batch batch) {
        List<Outcome> all = new ArrayList<>();
        groups.forEach(
                (key, group) -> {
                    if (key.startsWith(key(batch))) {
                        all.addAll(group);
                    }
                });
        return all;
    }

    @Override
    public synchronized void record(Batch owned, int group, List<Outcome> outcomes) {
        if (outcomes.size() > GROUP) {
            throw new IllegalArgumentException("too many outcomes for one row");
        }
        groups.put(key(owned) + owned.owner().orElseThrow().nonce() + "#" + group, outcomes);
    }

    @Override
    public synchronized boolean giveBack(Batch owned, Instant dueAt) {
        boolean mine = isMine(owned);
        if (mine) {
            Batch.Owner owner = owned.owner().orElseThrow();
            audience.change(
                    owned,
                    batch ->
                            batch.with(
                                    dueAt,
                                    Optional.of(
                                            new Batch.Owner(
                                                    owner.nonce(),
                                                    Batch.Owner.GIVEN_UP,
                                                    owner.leasedMicros())),
                                    Optional.empty()));
        }
        return mine;
    }

    @Override
    public synchronized boolean finish(Batch owned, Tally tally, YearMonth month, Instant done) {
        boolean mine = isMine(owned);
        if (mine) {
            long leased = owned.owner().orElseThrow().leasedMicros();
            audience.change(
                    owned, batch -> batch.with(batch.dueAt(), Optional.empty(), Optional.of(done)));
            pay(owned.run(), month, tally.costMicros() - leased, tally.costMicros());
            tallies.put(key(owned), tally);
        }
        return mine;
    }

    /** How a batch that is done ended. */
    public synchronized Tally tally(Batch batch) {
        return tallies.get(key(batch));
    }

    private boolean unchanged(Batch read) {
        Batch now = find(read.run(), read.slice(), read.id()).orElseThrow();
        return guards.hold(
                Guard.BATCH_OWNER,
                now.done().isEmpty() && Objects.equals(now.owner(), read.owner()));
    }

    private boolean isMine(Batch owned) {
        Batch now = find(owned.run(), owned.slice(), owned.id()).orElseThrow();
        return guards.hold(
                Guard.BATCH_MINE,
                now.done().isEmpty()
                        && now.owner()
                                .map(Batch.Owner::nonce)
                                .equals(owned.owner().map(Batch.Owner::nonce)));
    }

    private void own(Batch read, Batch.Owner owner) {
        audience.change(
                read, batch -> batch.with(batch.dueAt(), Optional.of(owner), Optional.empty()));
    }

    private void pay(String run, YearMonth month, long committed, long spent) {
        runs.change(run, known -> paying(known, committed, spent));
        money.pay(month, committed, spent);
    }

    private static Run paying(Run run, long committed, long spent) {
        return new Run(
                run.id(),
                run.campaign(),
                run.date(),
                run.at(),
                run.until(),
                run.slices(),
                run.state(),
                run.budgetMicros(),
                run.committedMicros() + committed,
                run.spentMicros() + spent,
                run.why());
    }

    private static String key(Batch batch) {
        return "%s#%04d#%s#".formatted(batch.run(), batch.slice(), batch.id());
    }
}
