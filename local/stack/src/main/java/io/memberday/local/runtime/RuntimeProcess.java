package io.memberday.local.runtime;

import io.memberday.json.Json;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instance;
import io.memberday.local.function.Outcome;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One instance of a function in a JVM of its own, under AWS's Java runtime interface client: the
 * code as Lambda lays it out, the environment as Lambda sets it, ended when it takes too long.
 *
 * <p>The class path differs in one thing: layers stand on it where Lambda puts them into /opt,
 * which is the machine's.
 */
public final class RuntimeProcess implements Instance {
    /** As Lambda starts Java 25: the quick compiler only, one collector thread. */
    public static final List<String> LAMBDAS_OPTIONS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED");

    /** Longer than Lambda's 10 s, as this machine may start ten JVMs at once. */
    private static final Duration INITIALISES_WITHIN = Duration.ofSeconds(60);

    /** Of the memory what the heap may have; the rest is the JVM's own. */
    private static final double HEAP = 0.85;

    private final String id;
    private final FunctionSettings settings;
    private final RuntimeApi api;
    private final Process process;
    private final Thread atShutdown;

    /**
     * What to start.
     *
     * @param id by which to know it again
     * @param taskRoot the function's zip, laid out
     * @param classPath jars of the layers
     * @param variables the whole environment but for what Lambda itself sets
     * @param jvmOptions as {@link #LAMBDAS_OPTIONS}; the heap follows from the memory
     */
    public record Launch(
            FunctionSettings settings,
            String id,
            Path taskRoot,
            List<Path> classPath,
            Map<String, String> variables,
            List<String> jvmOptions) {}

    private RuntimeProcess(Launch launch, RuntimeApi api, Process process) {
        this.id = launch.id();
        this.settings = launch.settings();
        this.api = api;
        this.process = process;
        this.atShutdown = new Thread(process::destroyForcibly, "end " + settings.name());
        Runtime.getRuntime().addShutdownHook(atShutdown);
        process.onExit().thenRun(this::ended);
    }

    /**
     * Starts one. Returns at once: the first invocation waits until it has initialised.
     *
     * @param log takes each line that it prints
     * @throws IllegalStateException if the runtime interface client was not fetched, or is not for
     *     this machine
     */
    public static RuntimeProcess start(Launch launch, Consumer<String> log) {
        RuntimeApi api = new RuntimeApi(launch.settings().arn(), launch.settings().timeout());
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command(launch))
                            .directory(launch.taskRoot().toFile())
                            .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment(launch, api));
            Process process = builder.start();
            process.getOutputStream().close();
            // Not a virtual thread: reading a pipe would keep its carrier, and soon all of them.
            Thread.ofPlatform()
                    .name("output of " + launch.id())
                    .daemon()
                    .start(() -> read(process, log));
            return new RuntimeProcess(launch, api, process);
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            api.close();
            throw e;
        }
    }

    @Override
    public Outcome invoke(Invocation invocation) {
        RuntimeApi.Task task = api.offer(invocation);
        CompletableFuture<Void> gone = process.onExit().thenAccept(ended -> {});
        try {
            CompletableFuture.anyOf(task.delivered(), gone)
                    .get(INITIALISES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture.anyOf(task.outcome(), gone)
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            return timedOut(invocation, task.delivered().isDone());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + settings.name() + " ran", e);
        }
        return task.outcome().isDone() ? task.outcome().join() : crashed(invocation);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits until it has initialised, or is gone. */
    public void awaitReady() {
        CompletableFuture.anyOf(api.ready(), process.onExit()).join();
    }

    /** Processor time that it has taken so far, user and system; nothing where nobody counts it. */
    public Optional<Duration> processorTime() {
        return process.info().totalCpuDuration();
    }

    /** As it was launched with. */
    public String id() {
        return id;
    }

    /** The function's name. */
    public String function() {
        return settings.name();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The JVM is already going down: the hook finds the process gone.
        }
    }

    private void ended() {
        api.close();
    }

    private static List<String> command(Launch launch) {
        InterfaceClient client = InterfaceClient.find();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.jvmOptions());
        command.add(client.nativeLibrary());
        command.add("-Xmx%dm".formatted(Math.round(launch.settings().memory() * HEAP)));
        List<String> classPath = new ArrayList<>();
        client.jars().forEach(jar -> classPath.add(jar.toString()));
        launch.classPath().forEach(jar -> classPath.add(jar.toString()));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(InterfaceClient.MAIN);
        command.add(launch.settings().handler());
        return command;
    }

    /**
     * The variables that Lambda sets, over those of the function.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Defined
     *     runtime environment variables</a>
     */
    private static Map<String, String> environment(Launch launch, RuntimeApi api) {
        FunctionSettings settings = launch.settings();
        Map<String, String> all = new LinkedHashMap<>(launch.variables());
        all.put("_HANDLER", settings.handler());
        all.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        all.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memory()));
        all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        all.put("AWS_LAMBDA_RUNTIME_API", api.address());
        all.put("LAMBDA_TASK_ROOT", launch.taskRoot().toString());
        all.put("LANG", "en_US.UTF-8");
        all.put("TZ", ":UTC");
        return all;
    }

    private static void read(Process process, Consumer<String> log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
            }
        } catch (IOException e) {
            log.accept("what it printed was cut off: " + e.getMessage());
        }
    }

    private Outcome timedOut(Invocation invocation, boolean delivered) {
        return failure(
                invocation,
                "Sandbox.Timedout",
                delivered
                        ? String.format(
                                Locale.ROOT,
                                "Task timed out after %.2f seconds",
                                settings.timeout().toMillis() / 1e3)
                        : "it did not initialise within %d seconds"
                                .formatted(INITIALISES_WITHIN.toSeconds()));
    }

    private Outcome crashed(Invocation invocation) {
        return api.initError()
                .orElseGet(
                        () ->
                                failure(
                                        invocation,
                                        "Runtime.ExitError",
                                        "Runtime exited with code " + process.exitValue()));
    }

    private static Outcome failure(Invocation invocation, String type, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorType", type);
        error.put(
                "errorMessage",
                "RequestId: %s Error: %s".formatted(invocation.requestId(), message));
        return new Outcome(true, Json.write(error));
    }
}
