package io.memberday.aws;

import io.memberday.release.SideBySide;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Several calls at once, each on a thread of its own. The threads live as long as the function's
 * instance, and as many as there are lanes at most.
 */
public final class Lanes implements SideBySide {
    /** With some 6 ms a call, a minute's function can make a hundred thousand. */
    public static final int USUAL = 16;

    /** Connections to one host that the JDK keeps open, and how many it keeps untold. */
    private static final String KEPT_OPEN = "http.maxConnections";

    private static final int KEPT_UNTOLD = 5;

    private final ExecutorService lanes;

    /**
     * Has connections kept open for all lanes: a lane without one would shake hands anew for each
     * call. That holds for the whole process, and from its first call on.
     *
     * @param count calls that are under way at once at most
     */
    public Lanes(int count) {
        if (Integer.getInteger(KEPT_OPEN, KEPT_UNTOLD) < count) {
            System.setProperty(KEPT_OPEN, Integer.toString(count));
        }
        lanes = Executors.newFixedThreadPool(count, Thread.ofVirtual().name("lane-", 0).factory());
    }

    @Override
    public <T> List<T> all(List<Supplier<T>> calls) {
        List<Callable<T>> tasks = new ArrayList<>(calls.size());
        calls.forEach(call -> tasks.add(call::get));
        try {
            List<T> answers = new ArrayList<>(calls.size());
            // All have ended when this returns, be it by failing.
            for (Future<T> task : lanes.invokeAll(tasks)) {
                answers.add(task.get());
            }
            return answers;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
