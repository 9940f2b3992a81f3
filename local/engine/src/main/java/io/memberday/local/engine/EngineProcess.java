package io.memberday.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * One engine in a JVM of its own, since the engines' libraries conflict with ours and with each
 * other.
 *
 * <p>It ends at {@link #close()}, and in any case with the JVM that started it.
 */
public final class EngineProcess implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
    private static final int LINES_OF_LOG_SHOWN = 20;
    private static final int FIRST_PORT = 12_000;

    /** Linux gives outgoing connections ports from 32768, other systems from 49152. */
    private static final int PORTS_OF_CONNECTIONS = 32_768;

    private static final int PORTS_TRIED = 100;

    /** Starts on chosen ports before giving up: between choice and start, any may be taken. */
    private static final int STARTS_TRIED = 5;

    private final Process process;
    private final int port;
    private final Thread atShutdown;

    private EngineProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.atShutdown = new Thread(process::destroyForcibly, "stop engine on port " + port);
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * What to start.
     *
     * @param name for people, as in "DynamoDB Local"
     * @param home the module folder whose build fetched the engine's jars to target/lib
     * @param jvmOptions options of the engine's JVM
     * @param mainClass the engine's main class
     * @param arguments its command line
     */
    public record Engine(
            String name,
            Path home,
            List<String> jvmOptions,
            String mainClass,
            List<String> arguments) {
        Path lib() {
            return home.resolve("target/lib");
        }
    }

    /**
     * Starts an engine on a port that is free, and waits until the port answers. A port that
     * somebody takes between its choice and the engine's start is no failure: another is chosen.
     *
     * @param engineOn the engine that will listen on a port
     * @throws IllegalStateException as {@link #start(Engine, int)} does, after some ports
     */
    static EngineProcess start(IntFunction<Engine> engineOn) {
        return start(engineOn, EngineProcess::freePort);
    }

    static EngineProcess start(IntFunction<Engine> engineOn, IntSupplier ports) {
        PortTaken last = null;
        for (int i = 0; i < STARTS_TRIED; i++) {
            int port = ports.getAsInt();
            try {
                return start(engineOn.apply(port), port);
            } catch (PortTaken e) {
                last = e;
            }
        }
        throw last;
    }

    /**
     * Starts an engine that will listen on a port, and waits until the port answers.
     *
     * @throws IllegalStateException if its jars are not there, the port is in use, or it does not
     *     come up; the message says how to mend it
     */
    public static EngineProcess start(Engine engine, int port) {
        requireJars(engine);
        requireFree(engine, port);
        try {
            Path log = Files.createTempFile("memberday-engine-" + port + "-", ".log");
            log.toFile().deleteOnExit();
            Process process =
                    new ProcessBuilder(command(engine))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            EngineProcess started = new EngineProcess(process, port);
            started.awaitAnswer(engine, log);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A port that nothing listens on at this moment, and that no outgoing connection takes before
     * the engine does: it lies below the ports that systems give to those.
     *
     * @throws IllegalStateException if none is found
     */
    public static int freePort() {
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, PORTS_OF_CONNECTIONS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "none of %d ports from %d to %d is free: stop programs that listen on them."
                        .formatted(PORTS_TRIED, FIRST_PORT, PORTS_OF_CONNECTIONS - 1));
    }

    /**
     * Asks by a connection and not by listening: a process that another thread starts at that
     * moment would inherit the listening socket, and hold the port when the engine wants it.
     */
    private static boolean isFree(int port) {
        return !answers(port);
    }

    /** The port that the engine listens on. */
    public int port() {
        return port;
    }

    /** The engine's address for a client on this machine. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return process.pid();
    }

    /** Stops the engine, and returns when it is gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The JVM is already going down: the hook finds the engine gone.
        }
    }

    private static void requireJars(Engine engine) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(engine.lib(), "*.jar")) {
            if (jars.iterator().hasNext()) {
                return;
            }
        } catch (IOException e) {
            // A folder that cannot be read is as good as an empty one.
        }
        throw new IllegalStateException(
                "%s is not in %s. Fetch it with: ./mvnw -pl local/engine -am generate-resources"
                        .formatted(engine.name(), engine.lib()));
    }

    private static void requireFree(Engine engine, int port) {
        if (!isFree(port)) {
            throw new PortTaken(
                    "%s cannot listen on port %d: another program does. Stop that program or choose another port."
                            .formatted(engine.name(), port));
        }
    }

    private static List<String> command(Engine engine) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(engine.jvmOptions());
        command.add("-cp");
        command.add(ourClasses() + System.getProperty("path.separator") + engine.lib() + "/*");
        command.add(Tether.class.getName());
        command.add(engine.mainClass());
        command.addAll(engine.arguments());
        return command;
    }

    private static Path ourClasses() {
        try {
            return Path.of(
                    Tether.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer(Engine engine, Path log) throws IOException {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        try {
            // Waiting for the engine's end is the pause between two looks, and cut short by it.
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                if (answers(port)) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException(
                            "%s did not answer on port %d within %d s. It said:%n%s"
                                    .formatted(
                                            engine.name(),
                                            port,
                                            START_DEADLINE.toSeconds(),
                                            lastLines(log)));
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + engine.name(), e);
        }
        String said = lastLines(log);
        String message =
                "%s ended with code %d while starting on port %d. It said:%n%s"
                        .formatted(engine.name(), process.exitValue(), port, said);
        throw said.contains("ddress already in use")
                ? new PortTaken(message)
                : new IllegalStateException(message);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The engine cannot have its port, and might have another. */
    private static final class PortTaken extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        PortTaken(String message) {
            super(message);
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - LINES_OF_LOG_SHOWN), lines.size()));
    }
}
