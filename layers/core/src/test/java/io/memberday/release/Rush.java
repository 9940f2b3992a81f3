package io.memberday.release;

import io.memberday.campaign.Batch;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.member.Kind;
import io.memberday.playbook.Timing.Due;
import io.memberday.touch.DueStore;
import io.memberday.touch.ServiceTouch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A rush of touches, in so little memory that a million fit: each is its number and its due time,
 * and a row only while it is looked at. It is the table, its index and the bus; a sender ends each
 * touch as soon as the bus has told of it. Every call takes its time, and at any of them the
 * process may die.
 */
final class Rush implements DueStore, EventBus {
    /** As many as the index has for each kind. */
    static final int SHARDS = 64;

    private static final String TOUCHPOINT = "payment-reminder";
    private static final String SUBJECT = "youzan:shop:E";
    private static final long ENDED = Long.MIN_VALUE;
    private static final int A_PAGE = 100;
    private static final int BATCHES_A_PAGE = 25;
    private static final int AN_ENTRY = 10;

    private final Machine machine;
    private final Instant from;
    private final Instant validUntil;

    /** Seconds after the beginning; by touch. */
    private final long[] first;

    /** The same as it is now. */
    private final long[] due;

    /** Milliseconds after the beginning at which the bus was told first; by touch. */
    private final long[] told;

    /** Touches by their first due time; by shard. */
    private final List<int[]> shards;

    private final int[] begun = new int[SHARDS];

    /** Touches that were taken, and have not ended; by shard. */
    private final List<PriorityQueue<Integer>> taken = new ArrayList<>();

    /** Batches that were not released; by shard. */
    private final List<Map<String, Batch>> batches = new ArrayList<>();

    private long times;

    /**
     * @param machine on which the clock runs
     * @param from when the rush begins
     * @param first seconds after it at which each touch is due
     * @param backlog of marketing
     */
    Rush(Machine machine, Instant from, long[] first, List<Batch> backlog) {
        this.machine = machine;
        this.from = from;
        validUntil = from.plus(Duration.ofDays(1));
        this.first = first;
        due = first.clone();
        told = new long[first.length];
        shards =
                IntStream.range(0, SHARDS)
                        .mapToObj(
                                shard ->
                                        IntStream.range(0, first.length)
                                                .filter(number -> number % SHARDS == shard)
                                                .boxed()
                                                .sorted(Comparator.comparing(n -> first[n]))
                                                .mapToInt(Integer::intValue)
                                                .toArray())
                        .toList();
        for (int shard = 0; shard < SHARDS; shard++) {
            taken.add(new PriorityQueue<>(Comparator.comparing(n -> due[n])));
            batches.add(new LinkedHashMap<>());
        }
        backlog.forEach(batch -> batches.get(shard(batch)).put(batch.id(), batch));
    }

    /** The name of a touch. */
    static String id(int number) {
        return ServiceTouch.id(TOUCHPOINT, SUBJECT + number);
    }

    /** How late the bus was told of each touch. */
    Stream<Duration> late() {
        return IntStream.range(0, first.length)
                .mapToObj(number -> Duration.ofMillis(told[number] - first[number] * 1_000));
    }

    /** How many touches have not ended. */
    long left() {
        return IntStream.range(0, due.length).filter(number -> due[number] != ENDED).count();
    }

    /** How often the bus was told of touches in all. */
    long times() {
        return times;
    }

    @Override
    public Iterator<ServiceTouch> touches(
            Kind kind, int shard, Instant now, Supplier<Set<String>> waiting) {
        if (kind == Kind.MARKETING) {
            machine.takes(Machine.QUERY);
            return Collections.emptyIterator();
        }
        long until = Duration.between(from, now).toSeconds();
        List<Integer> back = new ArrayList<>();
        PriorityQueue<Integer> queue = taken.get(shard);
        while (!queue.isEmpty() && due[queue.peek()] <= until) {
            int number = queue.poll();
            if (due[number] != ENDED) {
                back.add(number);
            }
        }
        // Whoever is not taken now is due again at the next look.
        queue.addAll(back);
        int[] all = shards.get(shard);
        while (begun[shard] < all.length && due[all[begun[shard]]] != first[all[begun[shard]]]) {
            begun[shard]++;
        }
        Iterator<Integer> fresh =
                IntStream.range(begun[shard], all.length)
                        .map(index -> all[index])
                        .takeWhile(number -> first[number] <= until)
                        .filter(number -> due[number] == first[number])
                        .boxed()
                        .iterator();
        machine.takes(Machine.QUERY);
        int[] read = {0};
        return Stream.concat(
                        back.stream(),
                        Stream.generate(() -> 0)
                                .takeWhile(n -> fresh.hasNext())
                                .map(n -> fresh.next()))
                .map(
                        number -> {
                            if (++read[0] % A_PAGE == 0) {
                                machine.takes(Machine.QUERY);
                            }
                            return touch(number);
                        })
                .iterator();
    }

    private ServiceTouch touch(int number) {
        String subject = SUBJECT + number;
        return ServiceTouch.planned(
                Kind.SERVICE,
                TOUCHPOINT,
                subject,
                "m" + number,
                subject,
                Optional.empty(),
                from,
                new Due(from.plusSeconds(due[number]), validUntil));
    }

    @Override
    public boolean push(ServiceTouch read, Instant dueAt) {
        machine.takes(Machine.UPDATE);
        int number = number(read.subject());
        if (due[number] != Duration.between(from, read.dueAt()).toSeconds()) {
            return false;
        }
        PriorityQueue<Integer> queue = taken.get(number % SHARDS);
        queue.remove(number);
        due[number] = Duration.between(from, dueAt).toSeconds();
        queue.add(number);
        machine.mayDie();
        return true;
    }

    private static int shard(Batch batch) {
        return Math.floorMod(batch.id().hashCode(), SHARDS);
    }

    private static int number(String subject) {
        return Integer.parseInt(subject.substring(SUBJECT.length()));
    }

    @Override
    public Iterator<Batch> batches(int shard, Instant now, Supplier<Set<Lane>> waiting) {
        machine.takes(Machine.QUERY);
        int[] read = {0};
        return new ArrayList<>(batches.get(shard).values())
                .stream()
                        .filter(batch -> !batch.dueAt().isAfter(now))
                        .filter(
                                batch ->
                                        !waiting.get()
                                                .contains(new Lane(batch.run(), batch.channel())))
                        .map(
                                batch -> {
                                    if (++read[0] % BATCHES_A_PAGE == 0) {
                                        machine.takes(Machine.QUERY);
                                    }
                                    return batch;
                                })
                        .iterator();
    }

    @Override
    public boolean push(Batch read, Instant dueAt) {
        machine.takes(Machine.UPDATE);
        return batches.get(shard(read)).remove(read.id()) != null;
    }

    @Override
    public void put(List<BusEvent> events) {
        machine.takes(Machine.PUT * Math.ceilDiv(events.size(), AN_ENTRY));
        machine.mayDie();
        long now = Duration.between(from, machine.clock().instant()).toMillis();
        for (BusEvent event : events) {
            if (event.detail().get("touches") instanceof List<?> touches) {
                for (Object touch : touches) {
                    tell(number(String.valueOf(((Map<?, ?>) touch).get("subject"))), now);
                }
            }
        }
        machine.mayDie();
    }

    private void tell(int number, long now) {
        times++;
        if (told[number] == 0) {
            told[number] = now;
        }
        due[number] = ENDED;
    }
}
