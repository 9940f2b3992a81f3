package io.memberday.local.function;

import io.memberday.json.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An instance in this JVM, in class loaders of its own. Quick to make; its time-out is only told to
 * it, as no thread can be ended from outside.
 */
public final class LoadedInstance implements Instance {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedInstance.class);

    private final FunctionSettings settings;
    private final ClassLoader loader;
    private final Handler handler;

    /**
     * @param type the handler's class; has a public constructor that takes the {@code Env} of its
     *     own layers
     * @param variables the function's whole environment
     * @throws IllegalStateException if it cannot be made
     */
    public LoadedInstance(FunctionSettings settings, Class<?> type, Map<String, String> variables) {
        this.settings = settings;
        this.loader = type.getClassLoader();
        ClassLoader ours = enter();
        try {
            Class<?> env = loader.loadClass("io.memberday.aws.Env");
            Object environment = env.getMethod("of", Map.class).invoke(null, variables);
            this.handler = Handler.of(type.getConstructor(env).newInstance(environment));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    settings.name() + " could not be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " has no public constructor that takes an Env", e);
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
    }

    @Override
    public Outcome invoke(Invocation invocation) {
        ClassLoader ours = enter();
        try {
            return Outcome.of(
                    handler.handle(
                            invocation.payload(),
                            new LocalContext(settings, invocation.requestId())));
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("{} failed in request {}", settings.name(), invocation.requestId(), e);
            return new Outcome(true, error(e));
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void close() {
        LOG.debug("an instance of {} is left to the garbage collector", settings.name());
    }

    private ClassLoader enter() {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return ours;
    }

    private static String error(Throwable thrown) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", thrown.getMessage());
        error.put("errorType", thrown.getClass().getName());
        return Json.write(error);
    }
}
