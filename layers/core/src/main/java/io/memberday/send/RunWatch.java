package io.memberday.send;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import java.time.Instant;

/** A run while its members are sent to: an operator's stop is seen within a second. */
final class RunWatch {
    private final Batch batch;
    private final LookedUp<Run> run;

    /**
     * @param run as just read
     */
    RunWatch(RunStore runs, Run run, Batch batch, Instant now) {
        this.batch = batch;
        this.run =
                new LookedUp<>(
                        run,
                        now,
                        () -> runs.find(run.id()).orElseThrow(() -> new Refused("no such run")));
    }

    /** Whether another of its members may be sent to. */
    boolean allows(Instant now) {
        Run seen = run.at(now);
        return seen.state() == Run.State.RUNNING && Taking.over(seen, batch, now).isEmpty();
    }
}
