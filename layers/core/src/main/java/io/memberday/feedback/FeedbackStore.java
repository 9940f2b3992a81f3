package io.memberday.feedback;

import java.util.List;
import java.util.function.Consumer;

/** The providers' reports on messages. */
public interface FeedbackStore {

    /** Writes reports; the same ones written again change nothing. */
    void write(Origin origin, List<Feedback> reports);

    /** Hands over all reports of an origin, those of one message one after the other. */
    void each(Origin origin, Consumer<Feedback> report);

    /** What was reported of one message. */
    List<Feedback> of(Origin origin, String messageId);
}
