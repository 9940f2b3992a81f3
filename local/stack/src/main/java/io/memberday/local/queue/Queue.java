package io.memberday.local.queue;

import io.memberday.local.clock.Activity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A standard queue with the rules of SQS: who receives a message hides it for the visibility
 * time-out, and a message received too often goes to the dead-letter queue. Times are the clock's,
 * which may be moved. Safe for use by many threads.
 */
public final class Queue {
    /** SQS's limit on a message. */
    private static final int LONGEST_BODY = 1024 * 1024;

    private final String name;
    private final Settings settings;
    private final InstantSource clock;
    private final Activity activity;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param visibility how long a receiver has a message for itself
     * @param delay how long a new message stays hidden
     * @param redrive where a message goes that was received too often
     */
    public record Settings(Duration visibility, Duration delay, Optional<Redrive> redrive) {
        /** SQS's own defaults: 30 s, no delay, no dead-letter queue. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(30), Duration.ZERO, Optional.empty());
    }

    /**
     * @param maxReceiveCount how often a message is received before it goes there
     */
    public record Redrive(Queue deadLetters, int maxReceiveCount) {}

    /**
     * A message as it is received.
     *
     * @param receiveCount this time included
     */
    public record Message(
            String id, String body, Instant sentAt, Instant firstReceivedAt, int receiveCount) {}

    private static final class Entry {
        private final String id;
        private final String body;
        private final Instant sentAt;
        private Instant visibleAt;
        private Instant firstReceivedAt;
        private int receiveCount;
        private boolean held;

        Entry(String id, String body, Instant sentAt, Instant visibleAt) {
            this.id = id;
            this.body = body;
            this.sentAt = sentAt;
            this.visibleAt = visibleAt;
            this.firstReceivedAt = sentAt;
        }

        Message message() {
            return new Message(id, body, sentAt, firstReceivedAt, receiveCount);
        }
    }

    public Queue(String name, Settings settings, InstantSource clock, Activity activity) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.activity = activity;
    }

    public String name() {
        return name;
    }

    /**
     * Takes a message.
     *
     * @return its id
     * @throws IllegalArgumentException beyond 1 MiB
     */
    public String send(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > LONGEST_BODY) {
            throw new IllegalArgumentException("a message of queue " + name + " is over 1 MiB");
        }
        String id = UUID.randomUUID().toString();
        add(id, body, clock.instant());
        return id;
    }

    /** Receives what is visible, oldest first, and hides it for the visibility time-out. */
    public List<Message> receive(int most) {
        List<Message> received = new ArrayList<>();
        List<Entry> exhausted = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            for (Entry entry : visible(now)) {
                if (received.size() == most) {
                    break;
                }
                if (entry.receiveCount >= mostReceives()) {
                    entries.remove(entry.id);
                    exhausted.add(entry);
                } else {
                    if (entry.receiveCount++ == 0) {
                        entry.firstReceivedAt = now;
                    }
                    entry.visibleAt = now.plus(settings.visibility());
                    entry.held = true;
                    received.add(entry.message());
                }
            }
        }
        settings.redrive()
                .ifPresent(
                        redrive ->
                                exhausted.forEach(
                                        entry ->
                                                redrive.deadLetters()
                                                        .add(entry.id, entry.body, entry.sentAt)));
        if (!received.isEmpty() || !exhausted.isEmpty()) {
            activity.changed();
        }
        return received;
    }

    /** Ends a message that was worked off. */
    public void delete(String id) {
        synchronized (this) {
            entries.remove(id);
        }
        activity.changed();
    }

    /** Lets go of a message that was not worked off: it shows again once its time-out is over. */
    public void release(String id) {
        synchronized (this) {
            Entry entry = entries.get(id);
            if (entry != null) {
                entry.held = false;
            }
        }
        activity.changed();
    }

    /** Lets go of a message, to show again after another time than the time-out. */
    public void release(String id, Duration after) {
        synchronized (this) {
            Entry entry = entries.get(id);
            if (entry != null) {
                entry.visibleAt = clock.instant().plus(after);
                entry.held = false;
            }
        }
        activity.changed();
    }

    /** Forgets every message. */
    public void purge() {
        synchronized (this) {
            entries.clear();
        }
        activity.changed();
    }

    /** How many messages could be received now. */
    public synchronized int visible() {
        return visible(clock.instant()).size();
    }

    /** How many messages a receiver is at work on. */
    public synchronized int held() {
        return (int) entries.values().stream().filter(entry -> entry.held).count();
    }

    /** How many messages there are, hidden ones included. */
    public synchronized int size() {
        return entries.size();
    }

    /** Every message there is, oldest first, without receiving any. */
    public synchronized List<Message> messages() {
        return entries.values().stream().map(Entry::message).toList();
    }

    /** When the oldest of the visible messages became so. */
    public synchronized Optional<Instant> oldestVisible() {
        return visible(clock.instant()).stream()
                .map(entry -> entry.visibleAt)
                .min(Comparator.naturalOrder());
    }

    /** When the next of those shows that are hidden and that nobody works on. */
    public synchronized Optional<Instant> nextVisible() {
        Instant now = clock.instant();
        return entries.values().stream()
                .filter(entry -> !entry.held)
                .map(entry -> entry.visibleAt)
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    private void add(String id, String body, Instant sentAt) {
        synchronized (this) {
            Instant now = clock.instant();
            entries.put(id, new Entry(id, body, sentAt, now.plus(settings.delay())));
        }
        activity.changed();
    }

    private List<Entry> visible(Instant now) {
        return entries.values().stream().filter(entry -> !entry.visibleAt.isAfter(now)).toList();
    }

    private int mostReceives() {
        return settings.redrive().map(Redrive::maxReceiveCount).orElse(Integer.MAX_VALUE);
    }
}
