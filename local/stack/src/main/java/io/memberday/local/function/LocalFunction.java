package io.memberday.local.function;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One function of the template. As on AWS an instance serves one invocation at a time: an
 * invocation takes an idle one or makes another. Safe for use by many threads.
 */
public final class LocalFunction implements Invocable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFunction.class);

    private final Settings settings;
    private final Supplier<Class<?>> handlerClass;
    private final Map<String, String> variables;
    private final Activity activity;
    private final Deque<Handler> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private @Nullable Class<?> type;

    /**
     * @param name the function's name
     * @param memory in MB
     */
    public record Settings(String name, String arn, Duration timeout, int memory) {}

    /**
     * @param handlerClass loaded at the first invocation; has a public constructor that takes the
     *     {@code Env} of its own layers
     * @param variables the function's whole environment
     */
    public LocalFunction(
            Settings settings,
            Supplier<Class<?>> handlerClass,
            Map<String, String> variables,
            Activity activity) {
        this.settings = settings;
        this.handlerClass = handlerClass;
        this.variables = Map.copyOf(variables);
        this.activity = activity;
        activity.watch(() -> running.get() == 0 ? "" : settings.name() + " runs");
    }

    public String name() {
        return settings.name();
    }

    public String arn() {
        return settings.arn();
    }

    /** Makes an instance ready, so that the first invocation need not, and mistakes show now. */
    public void warm() {
        idle.push(newHandler());
    }

    @Override
    public Outcome invoke(byte[] payload) {
        running.incrementAndGet();
        activity.changed();
        try {
            return run(payload);
        } finally {
            running.decrementAndGet();
            activity.changed();
        }
    }

    private Outcome run(byte[] payload) {
        String requestId = UUID.randomUUID().toString();
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(type().getClassLoader());
            Handler handler = Optional.ofNullable(idle.poll()).orElseGet(this::newHandler);
            try {
                return Outcome.of(handler.handle(payload, context(requestId)));
            } finally {
                idle.push(handler);
            }
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("{} failed in request {}", settings.name(), requestId, e);
            return new Outcome(true, error(e));
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private LocalContext context(String requestId) {
        return new LocalContext(
                settings.name(), settings.arn(), requestId, settings.memory(), settings.timeout());
    }

    private synchronized Class<?> type() {
        Class<?> loaded = type;
        if (loaded == null) {
            loaded = handlerClass.get();
            type = loaded;
        }
        return loaded;
    }

    private Handler newHandler() {
        Class<?> type = type();
        try {
            Class<?> env = type.getClassLoader().loadClass("io.memberday.aws.Env");
            Object environment = env.getMethod("of", Map.class).invoke(null, variables);
            return Handler.of(type.getConstructor(env).newInstance(environment));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    settings.name() + " could not be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " has no public constructor that takes an Env", e);
        }
    }

    private static String error(Throwable thrown) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", thrown.getMessage());
        error.put("errorType", thrown.getClass().getName());
        return Json.write(error);
    }
}
