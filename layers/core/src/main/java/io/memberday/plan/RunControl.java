package io.memberday.plan;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.Run.State;
import io.memberday.campaign.RunStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.member.Channel;
import io.memberday.touch.ChannelStops;

import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What member-day does with {@code {"run": id, "do": "pause"}}: an operator pauses, resumes,
 * approves or cancels a run, or lets a channel go on that was stopped. The clock and the senders
 * look at the run's state, so that it holds for what is released already; doing the same again
 * changes nothing.
 */
public final class RunControl {
    private static final String RUN = "run";
    private static final String DO = "do";
    private static final String CHANNEL = "channel";

    /** Why, where an operator said so. */
    private static final String OPERATOR = "operator";

    private final RunStore runs;
    private final AudienceStore audience;
    private final ChannelStops stops;
    private final Clock clock;

    /**
     * @param stops of channels, which an operator ends
     */
    public RunControl(RunStore runs, AudienceStore audience, ChannelStops stops, Clock clock) {
        this.runs = runs;
        this.audience = audience;
        this.stops = stops;
        this.clock = clock;
    }

    /** What an operator may want of a run. */
    private enum Verb {
        PAUSE(State.PAUSED, Set.of(State.RUNNING)),
        RESUME(State.RUNNING, Set.of(State.PAUSED)),
        APPROVE(State.RUNNING, Set.of(State.COUNTING, State.AWAITING)),
        CANCEL(
                State.CANCELLED,
                Set.of(State.RUNNING, State.PAUSED, State.COUNTING, State.AWAITING));

        private final State to;
        private final Set<State> from;

        Verb(State to, Set<State> from) {
            this.to = to;
            this.from = from;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Verb of(Fields request) {
            String word = request.text(DO);
            return Arrays.stream(values())
                    .filter(verb -> verb.key().equals(word))
                    .findFirst()
                    .orElseThrow(() -> request.bad(DO, "write pause, resume, approve or cancel"));
        }
    }

    /** Whether a request asks for it. */
    public static boolean asked(Fields request) {
        return request.has(RUN) || request.has(DO);
    }

    /**
     * Does what is asked. A run that was paused as the account could not send on a channel is
     * resumed together with the channel: the operator says that it can.
     *
     * @return the answer, as JSON's maps and lists
     * @throws BadInput if there is no such run, it is over, or its state does not allow it
     */
    public Map<String, Object> answer(Fields request) {
        if (request.has(CHANNEL)) {
            return channel(request);
        }
        for (String name : request.names()) {
            if (!name.equals(RUN) && !name.equals(DO)) {
                throw request.bad(name, "is not known beside run and do; take it away");
            }
        }
        String id = request.text(RUN);
        Verb verb = Verb.of(request);
        while (true) {
            Run run = runs.find(id).orElseThrow(() -> unknown(id));
            Optional<Map<String, Object>> done = done(run, verb);
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    /** Nothing if somebody else changed the run meanwhile. */
    private Optional<Map<String, Object>> done(Run run, Verb verb) {
        boolean forEver = run.state() == State.CANCELLED;
        if (forEver && verb == Verb.CANCEL) {
            return Optional.of(answer(run, "already cancelled"));
        }
        if (forEver) {
            throw new BadInput(DO, verb.key(), "the run is cancelled, and that is for ever");
        }
        if (clock.instant().isAfter(run.until())) {
            throw new BadInput(
                    RUN, run.id(), "is over: its window ended at %s".formatted(run.until()));
        }
        if (finished(run)) {
            throw new BadInput(RUN, run.id(), "is finished: each of its members has an outcome");
        }
        if (run.state() == verb.to) {
            return Optional.of(answer(run, "already " + run.state().key()));
        }
        if (!verb.from.contains(run.state())) {
            throw new BadInput(DO, verb.key(), instead(run.state()));
        }
        if (verb == Verb.RESUME) {
            haltedBy(run.why()).ifPresent(channel -> stops.lift(channel, clock.instant()));
        }
        return runs.change(run.id(), Set.of(run.state()), verb.to, OPERATOR)
                ? Optional.of(answer(run.with(verb.to, OPERATOR), verb.to.key()))
                : Optional.empty();
    }

    /** {@code {"channel": "sms", "do": "resume"}}: its runs remain as they are. */
    private Map<String, Object> channel(Fields request) {
        for (String name : request.names()) {
            if (!name.equals(CHANNEL) && !name.equals(DO)) {
                throw request.bad(name, "is not known beside channel and do; take it away");
            }
        }
        Channel channel =
                Channel.named(request.text(CHANNEL))
                        .orElseThrow(() -> request.bad(CHANNEL, "write sms or email"));
        if (!request.text(DO).equals(Verb.RESUME.key())) {
            throw request.bad(DO, "write resume: a channel is stopped by its provider alone");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(CHANNEL, channel.key());
        answer.put("status", stops.lift(channel, clock.instant()) ? "running" : "already running");
        return answer;
    }

    /**
     * The channel on which the account could not send, as the first word of the reason names it.
     */
    private static Optional<Channel> haltedBy(String why) {
        return Channel.named(why.split(" ", 2)[0]);
    }

    private static String instead(State state) {
        return state == State.PAUSED
                ? "the run is paused: resume or cancel it"
                : "nothing of the run is sent before it is approved: approve or cancel it";
    }

    private static Map<String, Object> answer(Run run, String status) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(RUN, run.id());
        answer.put("status", status);
        answer.put("why", run.why());
        return answer;
    }

    /** P5: every slice is scanned and no batch is left. */
    private boolean finished(Run run) {
        return IntStream.range(0, run.slices()).allMatch(slice -> scanned(run, slice))
                && IntStream.range(0, run.slices()).noneMatch(slice -> open(run, slice));
    }

    private boolean scanned(Run run, int slice) {
        return audience.lastPage(run.id(), slice)
                .map(Page::next)
                .filter(Optional::isEmpty)
                .isPresent();
    }

    private boolean open(Run run, int slice) {
        return StreamSupport.stream(audience.batches(run.id(), slice).spliterator(), false)
                .map(Batch::done)
                .anyMatch(Optional::isEmpty);
    }

    private BadInput unknown(String id) {
        List<String> ids = runs.all().stream().map(Run::id).toList();
        return new BadInput(RUN, id, "is no run: " + Nearest.mend(id, ids));
    }
}
