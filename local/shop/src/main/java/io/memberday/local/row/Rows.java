package io.memberday.local.row;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.local.LocalStack;
import io.memberday.playbook.Playbook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All rows of campaigns that can be shown from outside, and their telling one by one. */
public final class Rows {
    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);
    private static final List<Row> ALL =
            Stream.of(
                            SegmentRows.all(),
                            BehaviourRows.all(),
                            CalendarRows.all(),
                            OfferRows.all(),
                            PathRows.all(),
                            ParcelRows.all(),
                            PlanRows.all(),
                            PolicyRows.all(),
                            ResultRows.all(),
                            OperatorRows.all(),
                            FeedbackRows.all(),
                            CareRows.all(),
                            SourceRows.all(),
                            AgentRows.all())
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingInt(Rows::number))
                    .toList();

    private final LocalStack stack;
    private final Playbook playbook;
    private final Consumer<String> out;

    /**
     * @param out takes each line
     */
    public Rows(LocalStack stack, Playbook playbook, Consumer<String> out) {
        this.stack = stack;
        this.playbook = playbook;
        this.out = out;
    }

    /** The ids of all of them, such as {@code R34}. */
    public static List<String> ids() {
        return ALL.stream().map(Row::id).toList();
    }

    /**
     * Tells rows, one after the other.
     *
     * @param ids which
     * @return the ids of those that did not hold
     */
    public List<String> tell(List<String> ids) {
        List<String> failed = new ArrayList<>();
        stack.stopFor(new CampaignCalendar(playbook)::next);
        try (Outside outside = new Outside(stack)) {
            Scene scene = new Scene(outside, playbook, out);
            ALL.stream()
                    .filter(row -> ids.contains(row.id()))
                    .filter(row -> !held(scene, row))
                    .forEach(row -> failed.add(row.id()));
        }
        return failed;
    }

    private boolean held(Scene scene, Row row) {
        long begun = System.nanoTime();
        out.accept("");
        out.accept("  %s  %s".formatted(row.id(), row.title()));
        scene.begin();
        try {
            row.tale().tell(scene);
        } catch (RuntimeException broken) {
            LOG.error("{} broke off", row.id(), broken);
            scene.check(false, "the story comes to its end", broken.getMessage());
        }
        List<String> wrong = scene.end();
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.accept(
                wrong.isEmpty()
                        ? "    held     (%.1f s)".formatted(seconds)
                        : "    FAILED   %s (%.1f s)".formatted(String.join("; ", wrong), seconds));
        return wrong.isEmpty();
    }

    /** Those without a number come last. */
    private static int number(Row row) {
        return row.id().matches("R\\d+")
                ? Integer.parseInt(row.id().substring(1))
                : Integer.MAX_VALUE;
    }
}
