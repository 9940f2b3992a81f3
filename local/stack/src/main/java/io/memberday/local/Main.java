package io.memberday.local;

import io.memberday.local.engine.Repository;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The command behind ./local/run: starts the system of template.yaml on this machine and keeps it
 * up until interrupted.
 */
public final class Main {
    private static final int BASE_PORT = 8700;

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /**
     * @param arguments {@code --port N} for other ports than 8700 to 8703, {@code --once} to end
     *     when done
     */
    public static void main(String... arguments) {
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            System.exit(new Main(out).run(List.of(arguments)));
        }
    }

    private int run(List<String> arguments) {
        try {
            int base = port(arguments);
            try (LocalStack stack = LocalStack.start(settings(base))) {
                stack.keepTime();
                out.println("webhooks and page   " + stack.api());
                out.println("AWS                 " + stack.aws().address());
                if (!arguments.contains("--once")) {
                    out.println("up until Ctrl+C");
                    untilInterrupted(stack);
                }
            }
            return 0;
        } catch (IllegalStateException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static LocalStack.Settings settings(int base) {
        return new LocalStack.Settings(
                Repository.template(),
                Repository.root(),
                LocalStack.dataOf(base),
                Ports.from(base));
    }

    private static int port(List<String> arguments) {
        int at = arguments.indexOf("--port");
        if (at < 0) {
            return BASE_PORT;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException("--port takes a number");
        }
        try {
            return Integer.parseInt(arguments.get(at + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port takes a number", e);
        }
    }

    private static void untilInterrupted(LocalStack stack) {
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "end the local stack"));
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
