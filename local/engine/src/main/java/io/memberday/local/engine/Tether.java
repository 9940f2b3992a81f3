package io.memberday.local.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs an engine's main class for as long as the JVM that started it lives.
 *
 * <p>Standard input is a pipe from that JVM. When it dies, even by {@code kill -9}, where no
 * shutdown hook runs, the pipe ends and the engine goes with it.
 */
final class Tether {
    private Tether() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().name("tether").daemon().start(Tether::haltAtEndOfInput);
        try {
            Class.forName(args[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void haltAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
