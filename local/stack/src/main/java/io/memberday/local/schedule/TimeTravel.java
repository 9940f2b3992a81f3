package io.memberday.local.schedule;

import io.memberday.local.clock.MovableClock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The way of the clock through time: all that is due on the way happens at its hour, and is over
 * before the clock goes on. Schedules that come more than hourly run at every stop, and from there
 * on in their own rhythm for as long as that has an effect; those that come every minute only look
 * for rows that are due, and are passed over where none is. Safe for use by many threads.
 */
public final class TimeTravel {
    private final MovableClock clock;
    private final List<Schedule> schedules;
    private final Surroundings surroundings;
    private final List<Consumer<Instant>> stopovers = new CopyOnWriteArrayList<>();

    /** Up to when all that was due has been seen to. */
    private Instant seen;

    /** What travelling must know of the rest of the system. */
    public interface Surroundings {
        /** Waits until nothing is at work any more. */
        void settle();

        /** Counts what the functions have done to the world: events put, messages sent. */
        long effects();

        /** When something hidden shows next, such as a message that is to be tried again. */
        Optional<Instant> nextRetry();

        /**
         * When something falls due after a time that waits for a frequent schedule to look at it,
         * such as a touch.
         */
        Optional<Instant> nextDue(Instant after);

        /** Whether a row is due by then; yes where no table tells when its rows are. */
        boolean isDue(Instant at);
    }

    public TimeTravel(MovableClock clock, List<Schedule> schedules, Surroundings surroundings) {
        this.clock = clock;
        this.schedules = List.copyOf(schedules);
        this.surroundings = surroundings;
        this.seen = clock.instant();
    }

    /**
     * Has something told of every stop, between what comes rarely and what comes often: such as a
     * member who opts out between the planning of a run and its sending.
     */
    public void onStop(Consumer<Instant> stopover) {
        stopovers.add(stopover);
    }

    /** Moves the clock forward, with all that is due on the way. */
    public void advance(Duration time) {
        moveTo(clock.instant().plus(time));
    }

    /**
     * Moves the clock to a later time, with all that is due on the way.
     *
     * @throws IllegalArgumentException if that time is past
     */
    public synchronized void moveTo(Instant target) {
        if (target.isBefore(clock.instant())) {
            throw new IllegalArgumentException(
                    "%s is past: the clock shows %s".formatted(target, clock.instant()));
        }
        surroundings.settle();
        // What is due already waits for its next look, whatever falls due later.
        boolean busy = true;
        while (seen.isBefore(target)) {
            Instant stop = nextStop(target, busy);
            long before = surroundings.effects();
            // Real time goes on while functions run: the clock may have passed the stop by itself.
            if (stop.isAfter(clock.instant())) {
                clock.set(stop);
            }
            surroundings.settle();
            runDue(stop);
            busy = surroundings.effects() != before;
        }
    }

    /** Sets the clock to any time, past or future; nothing that was due on the way happens. */
    public synchronized void jumpTo(Instant target) {
        clock.set(target);
        seen = target;
    }

    /** Runs what has become due by itself, once each, as real time goes by. */
    public synchronized void tick() {
        Instant now = clock.instant();
        for (Schedule schedule : schedules) {
            schedule.timing()
                    .next(seen)
                    .filter(due -> !due.isAfter(now))
                    .ifPresent(schedule.onDue());
        }
        seen = now;
    }

    private void runDue(Instant stop) {
        List<Schedule> rare = schedules.stream().filter(each -> !each.isFrequent(stop)).toList();
        for (Schedule schedule : rare) {
            schedule.timing()
                    .next(seen)
                    .filter(due -> !due.isAfter(stop))
                    .ifPresent(
                            due -> {
                                schedule.onDue().accept(due);
                                surroundings.settle();
                            });
        }
        seen = stop;
        for (Consumer<Instant> stopover : stopovers) {
            stopover.accept(stop);
            surroundings.settle();
        }
        for (Schedule schedule : schedules) {
            if (schedule.isFrequent(stop)
                    && (!schedule.isIncessant(stop) || surroundings.isDue(stop))) {
                schedule.onDue().accept(stop);
                surroundings.settle();
            }
        }
    }

    private Instant nextStop(Instant target, boolean busy) {
        Stream<Instant> rare =
                schedules.stream()
                        .filter(schedule -> !schedule.isFrequent(seen))
                        .flatMap(schedule -> schedule.timing().next(seen).stream());
        Optional<Instant> from =
                busy ? Optional.of(seen) : surroundings.nextDue(seen).map(due -> due.minusNanos(1));
        // At once after an effect, else when something falls due.
        Stream<Instant> frequent =
                schedules.stream()
                        .filter(schedule -> schedule.isFrequent(seen))
                        .flatMap(schedule -> from.flatMap(schedule.timing()::next).stream());
        Stream<Instant> retry = surroundings.nextRetry().filter(seen::isBefore).stream();
        return Stream.of(rare, frequent, retry, Stream.of(target))
                .flatMap(times -> times)
                .min(Comparator.naturalOrder())
                .filter(stop -> stop.isBefore(target))
                .orElse(target);
    }
}
