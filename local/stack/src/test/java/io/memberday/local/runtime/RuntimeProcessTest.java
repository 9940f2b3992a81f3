package io.memberday.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instance.Invocation;
import io.memberday.local.function.Outcome;
import io.memberday.local.sample.ObedientLambda;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** One function under AWS's runtime interface client, without a stack around it. */
@EnabledOnOs(OS.LINUX)
class RuntimeProcessTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:Obedient";

    /** The JVM and the shell may add these by themselves on some systems. */
    private static final Set<String> OF_THE_SYSTEM =
            Set.of("LD_LIBRARY_PATH", "__CF_USER_TEXT_ENCODING", "JAVA_MAIN_CLASS", "PWD", "_");

    private final List<RuntimeProcess> started = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(RuntimeProcess::close);
    }

    @Test
    void shouldGiveAFunctionWhatLambdaGivesItAndNothingOfThisMachine() {
        RuntimeProcess process = start("io.memberday.local.sample.ObedientLambda", 30);

        Fields told = Json.read(order(process, "tell").payload());

        Map<String, Object> variables = told.object("variables").asMap();
        Set<String> names = new TreeSet<>(variables.keySet());
        names.removeAll(OF_THE_SYSTEM);
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "AWS_EXECUTION_ENV",
                                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                "AWS_LAMBDA_FUNCTION_NAME",
                                "AWS_LAMBDA_FUNCTION_VERSION",
                                "AWS_LAMBDA_INITIALIZATION_TYPE",
                                "AWS_LAMBDA_LOG_GROUP_NAME",
                                "AWS_LAMBDA_LOG_STREAM_NAME",
                                "AWS_LAMBDA_RUNTIME_API",
                                "LAMBDA_TASK_ROOT",
                                "LANG",
                                "OWN",
                                "TZ",
                                "_HANDLER")),
                names);
        assertEquals("its own", variables.get("OWN"));
        assertEquals("Obedient", variables.get("AWS_LAMBDA_FUNCTION_NAME"));
        assertEquals(ARN, told.text("arn"));
        assertEquals(512, told.whole("memory", 0, 10_000));
        long remaining = told.whole("remaining", 0, 30_000);
        assertTrue(remaining > 20_000, "of 30 s there remain " + remaining + " ms");
    }

    @Test
    void shouldServeTheNextInvocationAfterAnError() {
        RuntimeProcess process = start("io.memberday.local.sample.ObedientLambda", 30);

        Outcome broken = order(process, "break");

        assertTrue(broken.failed());
        assertEquals("as asked", Json.read(broken.payload()).text("errorMessage"));
        assertFalse(order(process, "tell").failed());
    }

    @Test
    void shouldFailTheInvocationInWhichAProcessDies() {
        RuntimeProcess process = start("io.memberday.local.sample.ObedientLambda", 30);

        Outcome died = order(process, "halt");

        assertTrue(died.failed());
        assertEquals("Runtime.ExitError", Json.read(died.payload()).text("errorType"));
        assertFalse(process.isAlive());
    }

    @Test
    void shouldKillWhatTakesLongerThanItsTimeOut() {
        RuntimeProcess process = start("io.memberday.local.sample.ObedientLambda", 1);

        Outcome hung = order(process, "hang");

        assertTrue(hung.failed());
        Fields error = Json.read(hung.payload());
        assertEquals("Sandbox.Timedout", error.text("errorType"));
        assertTrue(error.text("errorMessage").endsWith("Task timed out after 1.00 seconds"));
        assertFalse(process.isAlive());
    }

    @Test
    void shouldSayWhyAFunctionCannotBeMade() {
        RuntimeProcess process = start("io.memberday.local.sample.MissingLambda", 30);

        Outcome outcome = order(process, "tell");

        assertTrue(outcome.failed());
        assertTrue(outcome.payload().contains("MissingLambda"), outcome.payload());
    }

    private RuntimeProcess start(String handlerClass, int timeoutSeconds) {
        RuntimeProcess process =
                RuntimeProcess.start(
                        new RuntimeProcess.Launch(
                                new FunctionSettings(
                                        "Obedient",
                                        ARN,
                                        handlerClass + "::handleRequest",
                                        Duration.ofSeconds(timeoutSeconds),
                                        512),
                                "one",
                                classes(),
                                classPath(),
                                Map.of("OWN", "its own"),
                                RuntimeProcess.LAMBDAS_OPTIONS),
                        log::add);
        started.add(process);
        return process;
    }

    private static Outcome order(RuntimeProcess process, String order) {
        return process.invoke(
                new Invocation(
                        UUID.randomUUID().toString(),
                        Json.write(Map.of("order", order)).getBytes(StandardCharsets.UTF_8)));
    }

    private static Path classes() {
        try {
            return Path.of(
                    ObedientLambda.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The libraries of this test stand for a layer's. */
    private static List<Path> classPath() {
        Stream<String> entries =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
        return entries.map(Path::of).filter(path -> !path.equals(classes())).toList();
    }
}
