package io.memberday.release;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.RunStore;
import io.memberday.event.EventBus;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Playbook;
import io.memberday.touch.DueStore;
import io.memberday.touch.PaceStore;
import io.memberday.touch.QuietHours;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Releases what is due: service touches first, then marketing touches and batches, each kind at its
 * own pace (P10). A released row is moved ahead by a lease before the bus is told of it, so that an
 * event that is lost, or a sender that dies, brings it back by itself.
 */
public final class TouchClock {
    /** Longer than a sender can live, so that nothing is released to two. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    /** So many rows are reserved, moved and put on the bus together. */
    private static final int AT_ONCE = 100;

    private final DueStore due;
    private final PaceStore paces;
    private final RunStore runs;
    private final AudienceStore audience;
    private final EventBus bus;
    private final Playbook playbook;
    private final int shards;
    private final Clock clock;
    private final SideBySide calls;

    /** One that takes a row after the other. */
    public TouchClock(
            DueStore due,
            PaceStore paces,
            RunStore runs,
            AudienceStore audience,
            EventBus bus,
            Playbook playbook,
            int shards,
            Clock clock) {
        this(due, paces, runs, audience, bus, playbook, shards, clock, SideBySide.ONE_BY_ONE);
    }

    /**
     * @param shards of the due index, for each kind
     * @param calls how shards are asked, and the rows that are released together moved ahead
     */
    public TouchClock(
            DueStore due,
            PaceStore paces,
            RunStore runs,
            AudienceStore audience,
            EventBus bus,
            Playbook playbook,
            int shards,
            Clock clock,
            SideBySide calls) {
        this.due = due;
        this.paces = paces;
        this.runs = runs;
        this.audience = audience;
        this.bus = bus;
        this.playbook = playbook;
        this.shards = shards;
        this.clock = clock;
        this.calls = calls;
    }

    /** How many rows were released. */
    public record Released(int touches, int batches) {}

    /**
     * Releases what is due now.
     *
     * @param timeLeft whether there is time for more
     */
    public Released tick(BooleanSupplier timeLeft) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        int touches = 0;
        for (Kind kind : List.of(Kind.SERVICE, Kind.MARKETING)) {
            touches += release(kind, new DueTouches(due, playbook, kind), now, timeLeft);
        }
        int batches = release(Kind.MARKETING, batches(), now, timeLeft);
        return new Released(touches, batches);
    }

    private DueBatches batches() {
        return new DueBatches(
                due,
                runs,
                new Approvals(runs, audience, bus, playbook.store().approveAbove()),
                QuietHours.of(playbook.store()));
    }

    private <T> int release(Kind kind, Work<T> work, Instant now, BooleanSupplier timeLeft) {
        Iterator<T> rows = new EarliestFirst<>(due(work, now), work::dueAt, work.mostRead());
        Room room = new Room(paces, kind, playbook.store().channels(), now);
        int released = 0;
        while (rows.hasNext() && !room.isFull() && timeLeft.getAsBoolean()) {
            released += put(work, choose(work, rows, room, now, timeLeft), room, now);
        }
        return released;
    }

    /** Of each shard what is due in it: most are empty, and each is asked. */
    private <T> List<Iterator<T>> due(Work<T> work, Instant now) {
        return calls.all(
                IntStream.range(0, shards)
                        .<Supplier<Iterator<T>>>mapToObj(shard -> () -> work.due(shard, now))
                        .toList());
    }

    private record Chosen<T>(T row, Work.Load load) {}

    private static <T> List<Chosen<T>> choose(
            Work<T> work, Iterator<T> rows, Room room, Instant now, BooleanSupplier timeLeft) {
        List<Chosen<T>> chosen = new ArrayList<>();
        while (rows.hasNext()
                && !room.isFull()
                && chosen.size() < AT_ONCE
                && timeLeft.getAsBoolean()) {
            T row = rows.next();
            Optional<Instant> later = work.later(row, now);
            if (later.isPresent()) {
                work.push(row, later.get());
                continue;
            }
            work.load(row, now)
                    .filter(load -> load.isFree() || room.take(load.channel(), load.messages()))
                    .ifPresentOrElse(
                            load -> chosen.add(new Chosen<>(row, load)), () -> work.passOver(row));
        }
        return chosen;
    }

    private <T> int put(Work<T> work, List<Chosen<T>> chosen, Room room, Instant now) {
        Set<Channel> reserved = EnumSet.noneOf(Channel.class);
        for (Channel channel : Channel.values()) {
            if (room.reserve(channel)) {
                reserved.add(channel);
            }
        }
        List<T> rows =
                chosen.stream()
                        .filter(
                                one ->
                                        one.load().isFree()
                                                || reserved.contains(one.load().channel()))
                        .map(Chosen::row)
                        .toList();
        Instant ahead = now.plus(LEASE);
        List<Boolean> pushed =
                calls.all(
                        rows.stream()
                                .<Supplier<Boolean>>map(row -> () -> work.push(row, ahead))
                                .toList());
        List<T> released =
                IntStream.range(0, rows.size()).filter(pushed::get).mapToObj(rows::get).toList();
        bus.put(work.events(released));
        return released.size();
    }
}
