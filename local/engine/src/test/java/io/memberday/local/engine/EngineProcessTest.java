package io.memberday.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class EngineProcessTest {
    @Test
    void shouldSayWhichPortIsInUseAndWhatToDo() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> DynamoDbLocal.start(port));

            assertEquals(
                    "DynamoDB Local cannot listen on port "
                            + port
                            + ": another program does. Stop that program or choose another port.",
                    refusal.getMessage());
        }
    }

    @Test
    void shouldTakeAnotherPortWhenSomebodyTookTheFirst() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = EngineProcess.freePort();
            Iterator<Integer> ports = List.of(other.getLocalPort(), free).iterator();

            try (EngineProcess engine = EngineProcess.start(DynamoDbLocal::engineOn, ports::next)) {
                assertEquals(free, engine.port());
            }
        }
    }

    @Test
    void shouldGiveUpWithTheReasonWhenEveryPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            IllegalStateException refusal =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    EngineProcess.start(
                                            DynamoDbLocal::engineOn, other::getLocalPort));

            assertTrue(refusal.getMessage().contains("another program does"), refusal::getMessage);
        }
    }

    @Test
    void shouldSayHowToFetchMissingJars(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("target/lib"));

        IllegalStateException refusal =
                assertThrows(
                        IllegalStateException.class,
                        () -> EngineProcess.start(engine(home, "Any"), EngineProcess.freePort()));

        assertEquals(
                "Toy is not in "
                        + home.resolve("target/lib")
                        + ". Fetch it with: ./mvnw -pl local/engine -am generate-resources",
                refusal.getMessage());
    }

    @Test
    void shouldShowWhatAnEngineSaidThatDidNotComeUp(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("target/lib"));
        Files.createFile(home.resolve("target/lib/empty.jar"));

        String message =
                assertThrows(
                                IllegalStateException.class,
                                () ->
                                        EngineProcess.start(
                                                engine(home, "toy.Missing"),
                                                EngineProcess.freePort()))
                        .getMessage();

        assertTrue(message.startsWith("Toy ended with code 1 while starting on port "), message);
        assertTrue(message.contains("ClassNotFoundException: toy.Missing"), message);
    }

    @Test
    void shouldChooseAPortThatNoOutgoingConnectionIsGiven() {
        IntStream.range(0, 50)
                .map(i -> EngineProcess.freePort())
                .forEach(port -> assertTrue(port >= 1024 && port < 32_768, "port " + port));
    }

    @Test
    void shouldFreeThePortWhenClosed() throws IOException {
        int port = EngineProcess.freePort();

        DynamoDbLocal.start(port).close();

        new ServerSocket(port).close();
    }

    @Test
    void shouldEndTheEngineWithTheJvmThatStartedItEvenIfKilled() throws Exception {
        Process starter =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartsAnEngine.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output = starter.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            ProcessHandle engine = ProcessHandle.of(pid).orElseThrow();

            starter.destroyForcibly();

            engine.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            starter.destroyForcibly();
        }
    }

    private static EngineProcess.Engine engine(Path home, String mainClass) {
        return new EngineProcess.Engine("Toy", home, List.of(), mainClass, List.of());
    }

    /** Starts an engine, prints its process id, and then does nothing until killed. */
    static final class StartsAnEngine {
        private StartsAnEngine() {}

        public static void main(String[] args) throws IOException {
            try (DynamoDbLocal engine = DynamoDbLocal.start()) {
                System.out.println(engine.pid());
                System.in.read();
            }
        }
    }
}
