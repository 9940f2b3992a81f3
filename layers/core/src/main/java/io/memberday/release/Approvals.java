package io.memberday.release;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a run may go on by itself, once its audience can be told: nothing of it is
 * released before. Above the store's limit an operator must approve it.
 */
final class Approvals {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private final RunStore runs;
    private final AudienceStore audience;
    private final EventBus bus;
    private final Optional<Long> above;

    /**
     * @param above the largest audience that needs no approval; none if none ever does
     */
    Approvals(RunStore runs, AudienceStore audience, EventBus bus, Optional<Long> above) {
        this.runs = runs;
        this.audience = audience;
        this.bus = bus;
        this.above = above;
    }

    private record Count(long members, boolean complete) {}

    /** The run as it is after a look at its audience, if that is what it waits for. */
    Run decided(Run run) {
        if (run.state() != Run.State.COUNTING) {
            return run;
        }
        Count count = count(run);
        if (above.filter(most -> count.members() > most).isPresent()) {
            return wait(run, count);
        }
        return count.complete() ? changed(run, Run.State.RUNNING, "") : run;
    }

    private Run wait(Run run, Count count) {
        String why =
                "audience %s%d above %d"
                        .formatted(
                                count.complete() ? "" : "of at least ",
                                count.members(),
                                above.orElseThrow());
        Run waiting = changed(run, Run.State.AWAITING, why);
        if (waiting.state() == Run.State.AWAITING) {
            LOG.warn("run {} awaits approval: {}", run.id(), why);
            bus.put(List.of(BusEvent.runHalted(run.id(), waiting.state().key(), why)));
        }
        return waiting;
    }

    private Run changed(Run run, Run.State to, String why) {
        return runs.change(run.id(), Set.of(Run.State.COUNTING), to, why)
                ? run.with(to, why)
                : runs.find(run.id()).orElseThrow();
    }

    private Count count(Run run) {
        long members = 0;
        boolean complete = true;
        for (int slice = 0; slice < run.slices(); slice++) {
            List<Page> pages = audience.pages(run.id(), slice);
            members += pages.stream().mapToLong(Page::eligible).sum();
            complete &= !pages.isEmpty() && pages.getLast().next().isEmpty();
        }
        return new Count(members, complete);
    }
}
