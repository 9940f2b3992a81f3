package io.memberday.send;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Answer;
import io.memberday.playbook.Store;
import io.memberday.send.MarketingClaims.Decision;
import io.memberday.send.MarketingClaims.Letter;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.QuietHours;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends one batch of a run: takes it with its money, claims each touch on its member, sends, writes
 * down what became of it, and returns the money that was not needed. Whatever stops it between any
 * two calls, the batch comes back, and what may have been sent is never sent again (P2, P3, P4).
 */
public final class BatchSender {
    /** An owner is taken for dead only this long after its invocation can live. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** A batch given back is released again soon, at the channel's pace. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** So often is a batch looked at again when another was quicker. */
    private static final int ROUNDS = 5;

    private static final int SCRIPTS = 8;
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

    private final RunStore runs;
    private final BatchStore batches;
    private final ClaimStore members;
    private final MarketingClaims claims;
    private final Dispatch dispatch;
    private final Halts halts;
    private final Supplier<String> nonces;
    private final Store store;
    private final Clock clock;
    private final Map<String, Script> scripts =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
                    return size() > SCRIPTS;
                }
            };

    /**
     * @param nonces a new one for each taking
     * @param store as it is now: the month's budget and quiet hours hold for runs under way, too
     */
    public BatchSender(
            RunStore runs,
            BatchStore batches,
            ClaimStore members,
            MarketingClaims claims,
            Dispatch dispatch,
            Halts halts,
            Supplier<String> nonces,
            Store store,
            Clock clock) {
        this.runs = runs;
        this.batches = batches;
        this.members = members;
        this.claims = claims;
        this.dispatch = dispatch;
        this.halts = halts;
        this.nonces = nonces;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sends a batch as far as it may and as time allows.
     *
     * @throws Refused if there is no such batch
     */
    public void send(String runId, int slice, String id, TimeLeft time) {
        for (int round = 0; round < ROUNDS; round++) {
            Run run = runs.find(runId).orElseThrow(() -> new Refused("no such run"));
            Batch batch =
                    batches.find(runId, slice, id).orElseThrow(() -> new Refused("no such batch"));
            Instant now = now();
            Taking taking =
                    Taking.of(
                            run,
                            batch,
                            batches.month(Taking.month(run), monthCap()),
                            QuietHours.of(store).in(batch.zone()),
                            now);
            if (taking instanceof Taking.Leave) {
                LOG.debug("left for later: {} {} {}", runId, slice, id);
                return;
            }
            Optional<Batch> owned = take(batch, taking, now.plus(time.left()).plus(MARGIN));
            if (owned.isPresent()) {
                Optional<String> closing =
                        taking instanceof Taking.Close close
                                ? Optional.of(close.reason())
                                : Optional.empty();
                boolean died = batch.owner().filter(owner -> owner.died(now)).isPresent();
                work(run, owned.get(), died, closing, time);
                return;
            }
        }
        LOG.debug("another was quicker: {} {} {}", runId, slice, id);
    }

    private Optional<Batch> take(Batch read, Taking taking, Instant until) {
        long held = read.owner().map(Batch.Owner::leasedMicros).orElse(0L);
        long more = taking instanceof Taking.Send send ? send.lease().micros() : 0;
        Batch.Owner owner =
                new Batch.Owner(nonces.get(), until.truncatedTo(ChronoUnit.SECONDS), held + more);
        boolean taken =
                taking instanceof Taking.Send send
                        ? batches.take(read, owner, send.lease())
                        : batches.takeToClose(read, owner);
        return taken
                ? Optional.of(read.with(read.dueAt(), Optional.of(owner), Optional.empty()))
                : Optional.empty();
    }

    private void work(Run run, Batch owned, boolean died, Optional<String> closing, TimeLeft time) {
        OutcomeLog log = new OutcomeLog(batches, owned);
        List<String> open = log.open();
        Map<String, Member> read = members.members(open, died);
        if (died) {
            open.forEach(
                    id ->
                            claims.orphan(owned, Optional.ofNullable(read.get(id)))
                                    .ifPresent(log::add));
        }
        if (closing.isPresent()) {
            log.open().forEach(id -> log.add(claims.suppressed(owned, id, closing.get())));
        } else {
            sendOpen(run, owned, read, log, time);
        }
        log.write();
        if (log.open().isEmpty()) {
            batches.finish(owned, Tally.of(log.all()), Taking.month(run), now());
        } else {
            batches.giveBack(owned, now().plus(SOON));
        }
    }

    private void sendOpen(
            Run run, Batch owned, Map<String, Member> read, OutcomeLog log, TimeLeft time) {
        Script script = script(run);
        QuietHours quietHours = QuietHours.of(store).in(owned.zone());
        RunWatch watch = new RunWatch(runs, run, owned, clock.instant());
        for (String id : log.open()) {
            Instant now = clock.instant();
            if (!time.allowsAnother() || quietHours.at(now) || !watch.allows(now)) {
                return;
            }
            if (dispatch.isStopped(owned.channel())) {
                halts.run(owned.run(), owned.channel(), SpendLimit.CODE);
                return;
            }
            switch (claims.claim(owned, script, id, Optional.ofNullable(read.get(id)))) {
                case Decision.Ended ended -> log.add(ended.outcome());
                case Decision.Later later -> LOG.debug("member {} would not stand still", id);
                case Decision.Ours ours -> {
                    Optional<Outcome> outcome = deliver(owned, script, id, ours.letter());
                    if (outcome.isEmpty()) {
                        return;
                    }
                    log.add(outcome.get());
                }
            }
        }
    }

    /** Sends a claimed touch; nothing if the provider takes no more for now. */
    private Optional<Outcome> deliver(Batch owned, Script script, String id, Letter letter) {
        Answer answer =
                dispatch.send(
                        letter.envelope(), script.frozen().store().channels().get(owned.channel()));
        return switch (answer) {
            case Answer.Sent sent ->
                    Optional.of(outcome(id, Status.SENT, "", sent.messageId(), owned, letter));
            case Answer.Unknown unknown ->
                    Optional.of(outcome(id, Status.UNKNOWN, unknown.reason(), "", owned, letter));
            case Answer.Failed failed ->
                    Optional.of(
                            new Outcome(
                                    id,
                                    Status.FAILED,
                                    failed.reason(),
                                    owned.channel(),
                                    0,
                                    0,
                                    now(),
                                    "",
                                    letter.worded().name()));
            case Answer.Throttled throttled -> {
                claims.release(owned, letter);
                LOG.warn(
                        "the provider of {} takes no more for now: {}",
                        owned.channel().key(),
                        throttled.reason());
                yield Optional.empty();
            }
            case Answer.Halted halted -> {
                claims.release(owned, letter);
                halts.run(owned.run(), owned.channel(), halted.reason());
                yield Optional.empty();
            }
        };
    }

    private Outcome outcome(
            String id, Status status, String reason, String messageId, Batch owned, Letter letter) {
        return new Outcome(
                id,
                status,
                reason,
                owned.channel(),
                letter.worded().body().parts(),
                letter.worded().costMicros(),
                now(),
                messageId,
                letter.worded().name());
    }

    private Script script(Run run) {
        return scripts.computeIfAbsent(
                run.id(),
                id ->
                        Script.of(
                                run,
                                runs.frozen(id).orElseThrow(() -> new Refused("nothing frozen")),
                                clock));
    }

    private Optional<Long> monthCap() {
        return store.monthBudget().map(budget -> budget.micros());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
