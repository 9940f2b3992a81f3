package io.memberday.feedback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reports in memory. */
public final class InMemoryFeedbackStore implements FeedbackStore {
    private final Map<Origin, TreeMap<String, Feedback>> reports = new HashMap<>();

    @Override
    public void write(Origin origin, List<Feedback> said) {
        said.forEach(
                report ->
                        reports.computeIfAbsent(origin, none -> new TreeMap<>())
                                .put(report.messageId() + "#" + report.kind().key(), report));
    }

    @Override
    public void each(Origin origin, Consumer<Feedback> report) {
        reports.getOrDefault(origin, new TreeMap<>()).values().forEach(report);
    }

    @Override
    public List<Feedback> of(Origin origin, String messageId) {
        return reports.getOrDefault(origin, new TreeMap<>()).values().stream()
                .filter(report -> report.messageId().equals(messageId))
                .toList();
    }
}
