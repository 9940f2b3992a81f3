package io.memberday.campaign;

import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.playbook.Frozen;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Turns one slice of the members into pages and batches of the runs that share a scan (P5, R52).
 * What is written is the checkpoint: a replay, or a second worker on the same slice, goes on from
 * the last page. A page that two workers evaluate at once is written by one of them; the other
 * reads it and goes on.
 */
public final class SliceScan {
    /**
     * How large pages are.
     *
     * @param eligible a page ends with so many eligible members
     * @param scanned or with so many read
     * @param atOnce members in one read: a lean item is at most 1 KB and a read at most 1 MB
     */
    public record Size(int eligible, int scanned, int atOnce) {
        /**
         * Batches are then full although the segment is thin, what a killed worker loses is small,
         * and with the last read a page has at most 1,899 eligible members: some 20 batches, well
         * within one transaction's 100 rows and 4 MB.
         */
        public static final Size USUAL = new Size(900, 10_000, 1_000);
    }

    private final RunStore runs;
    private final AudienceStore audience;
    private final MemberScan members;
    private final Buyers.Source buyers;
    private final EventBus bus;
    private final Clock clock;
    private final Size size;

    public SliceScan(
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            Buyers.Source buyers,
            EventBus bus,
            Clock clock) {
        this(runs, audience, members, buyers, bus, clock, Size.USUAL);
    }

    /** One that scans members only. */
    public SliceScan(
            RunStore runs, AudienceStore audience, MemberScan members, EventBus bus, Clock clock) {
        this(runs, audience, members, Buyers.Source.NONE, bus, clock);
    }

    /** One that scans members only. */
    public SliceScan(
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            EventBus bus,
            Clock clock,
            Size size) {
        this(runs, audience, members, Buyers.Source.NONE, bus, clock, size);
    }

    public SliceScan(
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            Buyers.Source buyers,
            EventBus bus,
            Clock clock,
            Size size) {
        this.runs = runs;
        this.audience = audience;
        this.members = members;
        this.buyers = buyers;
        this.bus = bus;
        this.clock = clock;
        this.size = size;
    }

    /** How a worker left a slice. */
    public enum End {
        /** Every page is written. */
        SCANNED,
        /** Time was short: an event for the rest is on the bus. */
        CONTINUED,
        /** The run is cancelled, or its window has passed: no more pages are written. */
        CLOSED
    }

    /**
     * Scans a slice on from its last page, for all runs that share the scan.
     *
     * @param runId one of them
     * @param timeLeft whether there is time for one more page
     * @throws BadInput if there is no such run or slice
     */
    public End scan(String runId, int slice, BooleanSupplier timeLeft) {
        Run asked = run(runId);
        if (slice < 0 || slice >= asked.slices()) {
            throw new BadInput("slice", slice, "run has slices 0 to " + (asked.slices() - 1));
        }
        Optional<Page> last = audience.lastPage(runId, slice);
        if (last.isPresent() && last.get().next().isEmpty()) {
            return End.SCANNED;
        }
        RunStore.Plan plan = plan(runId);
        if (plan.together().size() > 1) {
            // Of a run that closed meanwhile there are fewer pages than of the others.
            last = lastPage(plan.together(), slice);
        }
        Map<String, Screening> screenings = new HashMap<>();
        Frozen frozen = Frozen.read(plan.frozen());
        Optional<Buyers> over = buyers.of(frozen, asked.date());
        MemberScan source = over.isPresent() ? over.get() : members;
        screenings.put(
                runId,
                new Screening(
                        frozen,
                        asked.date(),
                        asked.at(),
                        member -> over.map(of -> of.orders(member)).orElse(List.of())));
        List<Run> all =
                plan.together().stream().map(id -> id.equals(runId) ? asked : run(id)).toList();
        while (last.isEmpty() || last.get().next().isPresent()) {
            List<Run> open = all.stream().filter(run -> !closed(run)).toList();
            if (open.isEmpty()) {
                return End.CLOSED;
            }
            if (!timeLeft.getAsBoolean()) {
                bus.put(List.of(BusEvent.sliceDue(runId, slice)));
                return End.CONTINUED;
            }
            last =
                    Optional.of(
                            nextPage(
                                    source,
                                    () -> new SharedScan(open, run -> screening(run, screenings)),
                                    open,
                                    slice,
                                    last));
            all = plan.together().stream().map(this::run).toList();
        }
        return End.SCANNED;
    }

    /**
     * Members who live on many clocks are put into many batches: where these are more rows than one
     * transaction takes, the page is read again, fewer members at once.
     */
    private Page nextPage(
            MemberScan source,
            Supplier<SharedScan> scans,
            List<Run> open,
            int slice,
            Optional<Page> last) {
        SharedScan scan = scans.get();
        int atOnce = scan.atOnce(size.atOnce());
        int slices = open.getFirst().slices();
        Optional<String> after = read(source, scan, atOnce, slice, slices, last);
        while (scan.rows() > AudienceStore.MOST_ROWS && atOnce > 1) {
            atOnce /= 2;
            scan = scans.get();
            after = read(source, scan, atOnce, slice, slices, last);
        }
        int number = last.map(known -> known.number() + 1).orElse(0);
        Optional<Page> written = scan.write(audience, slice, number, after, clock.instant());
        return written.or(() -> lastPage(open.stream().map(Run::id).toList(), slice)).orElseThrow();
    }

    /** Reads one page's members, and answers from where the next page goes on. */
    private Optional<String> read(
            MemberScan source,
            SharedScan scan,
            int atOnce,
            int slice,
            int slices,
            Optional<Page> last) {
        MemberFilter filter = scan.filter();
        Optional<String> after = last.flatMap(Page::next);
        boolean more = true;
        while (more
                && scan.eligible() < size.eligible()
                && scan.scanned() < size.scanned()
                && scan.rows() < AudienceStore.MOST_ROWS / 2) {
            ScanPage read = source.page(slice, slices, after, atOnce, filter);
            scan.add(read);
            after = read.next();
            more = after.isPresent();
        }
        return after;
    }

    /** The page up to which members are evaluated. */
    private Optional<Page> lastPage(List<String> together, int slice) {
        return together.stream()
                .flatMap(id -> audience.lastPage(id, slice).stream())
                .max(Comparator.comparingInt(Page::number));
    }

    private boolean closed(Run run) {
        return run.state() == Run.State.CANCELLED || !clock.instant().isBefore(run.until());
    }

    private Run run(String id) {
        return runs.find(id).orElseThrow(() -> new BadInput("run", id, "there is no such run"));
    }

    private RunStore.Plan plan(String id) {
        return runs.plan(id)
                .orElseThrow(() -> new BadInput("run", id, "nothing was frozen with it"));
    }

    private Screening screening(Run run, Map<String, Screening> known) {
        return known.computeIfAbsent(run.id(), id -> screening(run, plan(id)));
    }

    private static Screening screening(Run run, RunStore.Plan plan) {
        return new Screening(Frozen.read(plan.frozen()), run.date(), run.at());
    }
}
