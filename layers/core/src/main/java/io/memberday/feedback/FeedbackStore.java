package io.memberday.feedback;

import java.util.function.Consumer;

/** The providers' reports on a run's messages. */
public interface FeedbackStore {

    /** Writes a report; the same one written again changes nothing. */
    void write(String run, Feedback feedback);

    /** Hands over a run's reports, those of one message one after the other. */
    void each(String run, Consumer<Feedback> report);
}
