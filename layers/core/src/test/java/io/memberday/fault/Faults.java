package io.memberday.fault;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Kills whoever makes a chosen call on a port: before the call has its effect, or after. Calls of
 * all wrapped ports are counted together, from 0.
 */
public final class Faults {
    private int calls;
    private int killed = -1;
    private boolean afterEffect;

    /** Thrown where a worker is killed. */
    public static final class Killed extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;

        Killed(String call) {
            super("killed at " + call);
        }
    }

    /** Kills at the call of this number; counting begins anew. */
    public synchronized void killAt(int call, boolean after) {
        calls = 0;
        killed = call;
        afterEffect = after;
    }

    /** Kills nobody any more; counting begins anew. */
    public void none() {
        killAt(-1, false);
    }

    /** Calls since counting began. */
    public synchronized int calls() {
        return calls;
    }

    /** A port whose calls are counted. */
    public <T> T on(Class<T> port, T real) {
        Object proxy =
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (self, method, arguments) -> {
                            boolean kill = count();
                            if (kill && !afterEffect) {
                                throw new Killed(method.getName());
                            }
                            try {
                                Object answer = method.invoke(real, arguments);
                                if (kill) {
                                    throw new Killed(method.getName());
                                }
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
        return port.cast(proxy);
    }

    private synchronized boolean count() {
        return calls++ == killed;
    }
}
