package io.memberday.campaign;

import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.playbook.Frozen;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Turns one slice of the members into pages and batches of a run (P5). What is written is the
 * checkpoint: a replay, or a second worker on the same slice, goes on from the last page. A page
 * that two workers evaluate at once is written by one of them; the other reads it and goes on.
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
    private final EventBus bus;
    private final Clock clock;
    private final Size size;

    public SliceScan(
            RunStore runs, AudienceStore audience, MemberScan members, EventBus bus, Clock clock) {
        this(runs, audience, members, bus, clock, Size.USUAL);
    }

    public SliceScan(
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            EventBus bus,
            Clock clock,
            Size size) {
        this.runs = runs;
        this.audience = audience;
        this.members = members;
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
     * Scans a slice on from its last page.
     *
     * @param timeLeft whether there is time for one more page
     * @throws BadInput if there is no such run or slice
     */
    public End scan(String runId, int slice, BooleanSupplier timeLeft) {
        Run run = run(runId);
        if (slice < 0 || slice >= run.slices()) {
            throw new BadInput("slice", slice, "run has slices 0 to " + (run.slices() - 1));
        }
        Optional<Page> last = audience.lastPage(runId, slice);
        Optional<Screening> screening = Optional.empty();
        while (last.isEmpty() || last.get().next().isPresent()) {
            if (closed(run)) {
                return End.CLOSED;
            }
            if (!timeLeft.getAsBoolean()) {
                bus.put(List.of(BusEvent.sliceDue(runId, slice)));
                return End.CONTINUED;
            }
            if (screening.isEmpty()) {
                screening = Optional.of(screening(run));
            }
            last = Optional.of(nextPage(run, slice, last, screening.get()));
            run = run(runId);
        }
        return End.SCANNED;
    }

    private Page nextPage(Run run, int slice, Optional<Page> last, Screening screening) {
        PageDraft draft = new PageDraft();
        Optional<String> after = last.flatMap(Page::next);
        boolean more = true;
        while (more && draft.eligible() < size.eligible() && draft.scanned() < size.scanned()) {
            ScanPage read =
                    members.page(slice, run.slices(), after, size.atOnce(), screening.filter());
            draft.addOutside(read.filtered());
            for (Member member : read.members()) {
                draft.add(member, screening.of(member));
            }
            after = read.next();
            more = after.isPresent();
        }
        Page page = draft.page(run, slice, last.map(known -> known.number() + 1).orElse(0), after);
        if (audience.write(page, draft.batches(page, clock.instant()))) {
            return page;
        }
        return audience.lastPage(run.id(), slice).orElseThrow();
    }

    private boolean closed(Run run) {
        return run.state() == Run.State.CANCELLED || !clock.instant().isBefore(run.until());
    }

    private Run run(String id) {
        return runs.find(id).orElseThrow(() -> new BadInput("run", id, "there is no such run"));
    }

    private Screening screening(Run run) {
        Frozen frozen =
                Frozen.read(
                        runs.frozen(run.id())
                                .orElseThrow(
                                        () ->
                                                new BadInput(
                                                        "run",
                                                        run.id(),
                                                        "nothing was frozen with it")));
        return new Screening(frozen, run.date(), run.at());
    }
}
