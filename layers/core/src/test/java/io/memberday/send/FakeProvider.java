package io.memberday.send;

import io.memberday.message.Messenger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A provider that refuses, throttles, and accepts without an answer, as often as it is told. */
public final class FakeProvider implements Messenger {
    private final Random random;
    private final List<Map<String, String>> accepted = new ArrayList<>();
    private final List<Envelope> envelopes = new ArrayList<>();
    private Runnable after = () -> {};
    private double lost;
    private double throttled;
    private double refused;
    private Optional<String> halted = Optional.empty();

    public FakeProvider(Random random) {
        this.random = random;
    }

    /**
     * @param losing how often no answer comes; in half of these the message was accepted
     * @param throttling how often it is too fast
     * @param refusing how often it is refused for good
     */
    public void faults(double losing, double throttling, double refusing) {
        lost = losing;
        throttled = throttling;
        refused = refusing;
    }

    /** From now on the whole account may not send, for a reason; or it may again. */
    public void halt(Optional<String> reason) {
        halted = reason;
    }

    /** What happens elsewhere while a message goes out. */
    public void after(Runnable happens) {
        after = happens;
    }

    @Override
    public synchronized Answer send(Envelope envelope) {
        if (halted.isPresent()) {
            return new Answer.Halted(halted.get());
        }
        double dice = random.nextDouble();
        if (dice < throttled) {
            return new Answer.Throttled("Throttling");
        }
        if (dice < throttled + refused) {
            return new Answer.Failed("InvalidParameter");
        }
        boolean answers = random.nextDouble() >= lost;
        if (answers || random.nextBoolean()) {
            accepted.add(envelope.tags());
            envelopes.add(envelope);
        }
        after.run();
        return answers
                ? new Answer.Sent("message-" + accepted.size())
                : new Answer.Unknown("timeout");
    }

    /** The tags of all messages that went out. */
    public synchronized List<Map<String, String>> accepted() {
        return List.copyOf(accepted);
    }

    /** All messages that went out. */
    public synchronized List<Envelope> envelopes() {
        return List.copyOf(envelopes);
    }
}
