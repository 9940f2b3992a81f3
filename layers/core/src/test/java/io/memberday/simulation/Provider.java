package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.message.Messenger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A provider of both channels: what it accepted was sent, whatever it answered. */
final class Provider implements Messenger {
    private final Wire wire;
    private final Stage stage;
    private final List<Call> calls = new ArrayList<>();
    private final Set<Channel> halted = EnumSet.noneOf(Channel.class);
    private final Consumer<Channel> accepts;
    private final Consumer<Dropped> drops;
    private boolean spent;

    /** An SMS that was taken, and never left as the account's money was spent. */
    record Dropped(String id, Instant taken, String phone) {}

    /**
     * A call.
     *
     * @param accepted whether the message went out
     */
    record Call(Envelope envelope, boolean accepted) {
        String tag(String name) {
            return envelope.tags().getOrDefault(name, "");
        }

        /** Of a run: a touch of a touchpoint has none. */
        boolean marketing() {
            return envelope.tags().containsKey("run");
        }
    }

    /**
     * @param accepts told of each message that is taken
     * @param drops told of each that is dropped afterwards
     */
    Provider(Wire wire, Stage stage, Consumer<Channel> accepts, Consumer<Dropped> drops) {
        this.wire = wire;
        this.stage = stage;
        this.accepts = accepts;
        this.drops = drops;
    }

    /** The account's money for the month's SMS is spent, or there is more of it. */
    void spent(boolean is) {
        spent = is;
    }

    /** The account may not send on a channel from now on, or may again. */
    void halt(Channel channel, boolean may) {
        if (may) {
            halted.remove(channel);
        } else {
            halted.add(channel);
        }
    }

    @Override
    public Answer send(Envelope envelope) {
        stage.step("Messenger.send");
        Answer answer = answer(envelope);
        stage.step("Messenger.send " + answer);
        return answer;
    }

    private Answer answer(Envelope envelope) {
        Weather weather = wire.weather();
        if (halted.contains(envelope.body().channel())) {
            return new Answer.Halted("AccountSendingPausedException");
        }
        if (wire.happens(weather.busy())) {
            return new Answer.Throttled("Throttling");
        }
        if (wire.happens(weather.refusing())) {
            calls.add(new Call(envelope, false));
            return new Answer.Failed("InvalidParameter");
        }
        boolean answers = !wire.happens(weather.unanswered());
        boolean accepted = answers || wire.happens(0.5);
        calls.add(new Call(envelope, accepted));
        accepts.accept(envelope.body().channel());
        if (accepted && spent && envelope.body().channel() == Channel.SMS) {
            drops.accept(new Dropped("message-" + calls.size(), stage.now(), envelope.address()));
        }
        return answers ? new Answer.Sent("message-" + calls.size()) : new Answer.Unknown("timeout");
    }

    List<Call> accepted() {
        return calls.stream().filter(Call::accepted).toList();
    }
}
