package io.memberday.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A queue and the function behind it: records come in any sequence, sometimes twice, some of them
 * together; what was not acknowledged comes again, and at last goes to the dead letters.
 */
final class Queue {
    private static final int MOST_RECEIVES = 5;

    private final String name;
    private final Stage stage;
    private final Wire wire;
    private final Terms terms;
    private final Function function;
    private final List<Message> visible = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private int running;
    private int unseen;

    /**
     * As in template.yaml.
     *
     * @param batch most records of one invocation
     * @param atOnce most invocations
     * @param life of one
     * @param visibility of a record that was not acknowledged
     */
    record Terms(int batch, int atOnce, Duration life, Duration visibility) {}

    /** What is behind the queue. */
    @FunctionalInterface
    interface Function {
        /**
         * @return numbers of the records that failed
         */
        Set<Integer> handle(List<String> bodies);
    }

    private static final class Message {
        private final String body;
        private int receives;

        Message(String body) {
            this.body = body;
        }
    }

    Queue(String name, Stage stage, Wire wire, Terms terms, Function function) {
        this.name = name;
        this.stage = stage;
        this.wire = wire;
        this.terms = terms;
        this.function = function;
    }

    void put(String body) {
        appear(new Message(body), delay());
        if (wire.happens(wire.weather().twice())) {
            appear(new Message(body), delay());
        }
    }

    /** What goes to the dead letters at once, as its reader said why. */
    void refuse(String record) {
        deadLetters.add(record);
    }

    List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** The dead letters come back, as an operator's one command makes them. */
    void redrive() {
        List<String> back = List.copyOf(deadLetters);
        deadLetters.clear();
        back.forEach(this::put);
    }

    boolean isEmpty() {
        return unseen == 0 && visible.isEmpty() && running == 0;
    }

    private Duration delay() {
        return Duration.ofMillis(wire.below(3_000));
    }

    private void appear(Message message, Duration later) {
        unseen++;
        stage.after(
                later,
                () -> {
                    unseen--;
                    visible.add(message);
                    poll();
                });
    }

    private void poll() {
        while (running < terms.atOnce() && !visible.isEmpty()) {
            List<Message> taken = new ArrayList<>();
            while (taken.size() < terms.batch() && !visible.isEmpty()) {
                Message message = visible.remove(wire.below(visible.size()));
                if (++message.receives > MOST_RECEIVES) {
                    deadLetters.add(message.body);
                } else {
                    taken.add(message);
                }
            }
            if (!taken.isEmpty()) {
                invoke(taken);
            }
        }
    }

    private void invoke(List<Message> taken) {
        running++;
        List<Message> failed = new ArrayList<>(taken);
        stage.start(
                name,
                terms.life(),
                () -> {
                    Set<Integer> failures =
                            function.handle(taken.stream().map(message -> message.body).toList());
                    failed.clear();
                    failures.forEach(number -> failed.add(taken.get(number)));
                },
                failure -> {
                    running--;
                    failed.forEach(message -> appear(message, terms.visibility()));
                    if (wire.happens(wire.weather().twice())) {
                        // Acknowledged, and delivered once more all the same.
                        appear(wire.one(taken), delay());
                    }
                    poll();
                });
    }
}
