package io.memberday.simulation;

import io.memberday.ingest.IngestStore.Conflict;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What lies between an invocation and a port: before and after the effect of every call its process
 * may die and others may be quicker; the call may be refused, be repeated by the SDK, or never be
 * answered.
 */
final class Wire {
    /** Writes that carry a condition of their own and no token: the SDK sends them again as is. */
    private static final Set<String> REPEATED =
            Set.of(
                    "ClaimStore.claim",
                    "ClaimStore.release",
                    "BatchStore.record",
                    "BatchStore.giveBack",
                    "BatchStore.takeToClose",
                    "ServiceTouchStore.replace",
                    "DueStore.push",
                    "PaceStore.reserve",
                    "RefusalStore.suppress",
                    "CaseStore.write",
                    "CouponStore.put");

    /** What all worlds have to know of a port's method, which reflection is slow to tell. */
    private static final Map<Method, Port> PORTS = new ConcurrentHashMap<>();

    private final Stage stage;
    private final Random random;
    private Weather weather = Weather.CALM;

    /**
     * @param call its name, such as {@code ClaimStore.claim}
     * @param conflicts whether it is a transaction that may meet another one
     * @param repeated whether the SDK may send it again
     */
    private record Port(String call, boolean conflicts, boolean repeated) {
        static Port of(Method method) {
            String call = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            return new Port(call, method.getExceptionTypes().length > 0, REPEATED.contains(call));
        }
    }

    /** AWS did not take the call, or its answer did not come. */
    static final class Unreachable extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;

        Unreachable(String call) {
            super(call, null, false, false);
        }
    }

    /** Who looks on while a call has its effect. */
    interface Witness {
        /** What is to be done with the answer; nothing if it is of no interest. */
        Look before(String call, Object[] arguments);
    }

    /** Looks at an answer. */
    @FunctionalInterface
    interface Look {
        Look AWAY = answer -> {};

        void at(Object answer);
    }

    Wire(Stage stage, Random random) {
        this.stage = stage;
        this.random = random;
    }

    void weather(Weather next) {
        weather = next;
        stage.weather(next);
    }

    Weather weather() {
        return weather;
    }

    boolean happens(double likely) {
        return likely > 0 && random.nextDouble() < likely;
    }

    /** The port as an invocation sees it. */
    <T> T to(Class<T> port, T real, Witness witness) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> call(real, method, arguments, witness)));
    }

    private Object call(Object real, Method method, Object[] arguments, Witness witness)
            throws Throwable {
        Port port = PORTS.computeIfAbsent(method, Port::of);
        String call = port.call();
        stage.step(call);
        if (happens(weather.throttled())) {
            throw new Unreachable(call + " was throttled");
        }
        if (port.conflicts() && happens(weather.conflict())) {
            throw new Conflict("another transaction is under way");
        }
        Object answer = effect(real, method, arguments, call, witness);
        if (happens(weather.repeated()) && port.repeated()) {
            answer = effect(real, method, arguments, call, witness);
        }
        stage.step("…");
        if (happens(weather.lost())) {
            throw new Unreachable(call + " was not answered");
        }
        return answer;
    }

    private static Object effect(
            Object real, Method method, Object[] arguments, String call, Witness witness)
            throws Throwable {
        Look look = witness.before(call, arguments);
        try {
            Object answer = method.invoke(real, arguments);
            look.at(answer);
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of several. */
    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
