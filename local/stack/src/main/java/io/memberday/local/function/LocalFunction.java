package io.memberday.local.function;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One function of the template. As on AWS an instance serves one invocation at a time: an
 * invocation takes an idle one or makes another. Safe for use by many threads.
 */
public final class LocalFunction implements Invocable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFunction.class);

    private final FunctionSettings settings;
    private final Supplier<Instance> instances;
    private final Semaphore room;
    private final Activity activity;
    private final Deque<Instance> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param instances makes another instance; fails if it cannot be made
     * @param atOnce most instances at work; further invocations wait for one
     */
    public LocalFunction(
            FunctionSettings settings,
            Supplier<Instance> instances,
            int atOnce,
            Activity activity) {
        this.settings = settings;
        this.instances = instances;
        this.room = new Semaphore(atOnce, true);
        this.activity = activity;
        activity.watch(() -> running.get() == 0 ? "" : settings.name() + " runs");
    }

    public String name() {
        return settings.name();
    }

    public String arn() {
        return settings.arn();
    }

    @Override
    public Outcome invoke(byte[] payload) {
        running.incrementAndGet();
        activity.changed();
        room.acquireUninterruptibly();
        try {
            return run(new Instance.Invocation(UUID.randomUUID().toString(), payload));
        } finally {
            room.release();
            listeners.forEach(Runnable::run);
            running.decrementAndGet();
            activity.changed();
        }
    }

    /** Has something told of the end of each invocation, before the function counts as idle. */
    public void onEnd(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends its instances. */
    @Override
    public void close() {
        idle.forEach(Instance::close);
        idle.clear();
    }

    private Outcome run(Instance.Invocation invocation) {
        Instance instance;
        try {
            instance = idleOrNew();
        } catch (IllegalStateException e) {
            LOG.warn("{} could not be made for request {}", name(), invocation.requestId(), e);
            return new Outcome(
                    true,
                    Json.write(
                            Map.of(
                                    "errorType",
                                    e.getClass().getName(),
                                    "errorMessage",
                                    String.valueOf(e.getMessage()))));
        }
        try {
            return instance.invoke(invocation);
        } finally {
            if (instance.isAlive()) {
                idle.push(instance);
            } else {
                instance.close();
            }
        }
    }

    private Instance idleOrNew() {
        for (Instance one = idle.poll(); one != null; one = idle.poll()) {
            if (one.isAlive()) {
                return one;
            }
            one.close();
        }
        return instances.get();
    }
}
