package io.memberday.send;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import java.time.Duration;
import java.time.Instant;

/**
 * A run while its members are sent to: an operator's stop is seen within a second, and messages of
 * the same second do not each pay for the look.
 */
final class RunWatch {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RunStore runs;
    private final Batch batch;
    private Run run;
    private Instant lookedAt;

    /**
     * @param run as just read
     */
    RunWatch(RunStore runs, Run run, Batch batch, Instant now) {
        this.runs = runs;
        this.batch = batch;
        this.run = run;
        lookedAt = now;
    }

    /** Whether another of its members may be sent to. */
    boolean allows(Instant now) {
        if (now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(EVERY))) {
            run = runs.find(run.id()).orElseThrow(() -> new Refused("no such run"));
            lookedAt = now;
        }
        return run.state() == Run.State.RUNNING && Taking.over(run, batch, now).isEmpty();
    }
}
