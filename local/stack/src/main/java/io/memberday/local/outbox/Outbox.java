package io.memberday.local.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Every message sent since the start, in order. Safe for use by many threads. */
public final class Outbox {
    private final List<Sent> sent = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private final List<Consumer<Sent>> listeners = new CopyOnWriteArrayList<>();

    /** Takes a message. */
    public void add(Sent message) {
        count.incrementAndGet();
        synchronized (this) {
            sent.add(message);
        }
        listeners.forEach(listener -> listener.accept(message));
    }

    /** How many there ever were, forgotten ones included. */
    public long count() {
        return count.get();
    }

    /** All of them, oldest first. */
    public synchronized List<Sent> all() {
        return List.copyOf(sent);
    }

    public List<Sent.Sms> sms() {
        return only(Sent.Sms.class);
    }

    public List<Sent.Email> emails() {
        return only(Sent.Email.class);
    }

    /** The texts that one phone has, oldest first. */
    public List<Sent.Sms> smsTo(String phone) {
        return sms().stream().filter(sms -> sms.phone().equals(phone)).toList();
    }

    /** The emails that one address has, oldest first. */
    public List<Sent.Email> emailsTo(String address) {
        return emails().stream().filter(email -> email.to().contains(address)).toList();
    }

    /**
     * Has something told of each message as it is sent, before the sender has its answer: such as a
     * receipt, to be given later.
     */
    public void onSent(Consumer<Sent> listener) {
        listeners.add(listener);
    }

    /** Forgets all of them. */
    public synchronized void clear() {
        sent.clear();
    }

    private <T extends Sent> List<T> only(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
