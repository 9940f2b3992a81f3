package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Json;
import io.memberday.local.engine.EngineProcess;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class InvokeFunctionTest {
    private static final Template TEMPLATE = Template.read(Repository.template());

    private final List<String> log = new ArrayList<>();

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTakeAWebhookSignedForNowOnALocalAwsOfItsOwn() throws IOException {
        Outcome outcome = invoke("order-webhook", "memberday-order-paid");

        assertFalse(outcome.failed(), outcome.payload());
        assertEquals(
                200, Json.read(outcome.payload()).whole("statusCode", 0, 999), outcome.payload());
        assertTrue(
                log.getFirst().equals("OrderWebhookFunction with memberday-order-paid.json"),
                log.getFirst());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldInvokeByLogicalIdWithTheFirstEventOnARunningStack() throws IOException {
        int base = basePort();
        LocalStack.Settings settings =
                new LocalStack.Settings(
                        Repository.template(),
                        Repository.root(),
                        LocalStack.dataOf(base),
                        Ports.from(base));
        try (LocalStack stack = LocalStack.start(settings)) {
            Outcome webhook = invoke(base, "OrderWebhookFunction");

            assertEquals(
                    200,
                    Json.read(webhook.payload()).whole("statusCode", 0, 999),
                    webhook.payload());
            assertEquals(
                    1,
                    stack.dynamoDb()
                            .scan(scan -> scan.tableName(stack.name("MembersTable")))
                            .count(),
                    "in the running stack's table");
        }
    }

    @Test
    void shouldNameTheFunctionsThereAre() {
        String message =
                assertThrows(IllegalArgumentException.class, () -> invoke("order-webhok"))
                        .getMessage();

        assertTrue(message.startsWith("there is no function order-webhok; there are: "), message);
        assertTrue(message.contains("order-webhook, logistics-status"), message);
    }

    @Test
    void shouldNameTheEventsThereAre() {
        String message =
                assertThrows(IllegalArgumentException.class, () -> invoke("member-day", "dry-rum"))
                        .getMessage();

        assertTrue(message.contains(" dry-run, ") && message.contains(" schedule, "), message);
    }

    @Test
    void shouldSayWhereAnEventIsNoJson(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.json"), "{\"campaign\": ");

        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> invoke("member-day", file.toString()))
                        .getMessage();

        assertTrue(message.startsWith(file + " is not a JSON object"), message);
    }

    @Test
    void shouldSayHowToUseItWhenTheCommandLineIsWrong() {
        for (String line : List.of("", "a b c", "a --prot 1", "a --port many")) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            InvokeRequest.parse(
                                                    8700,
                                                    line.isEmpty()
                                                            ? new String[0]
                                                            : line.split(" ")))
                            .getMessage();
            assertTrue(message.startsWith("Usage: ./local/invoke FUNCTION"), message);
        }
    }

    @Test
    void shouldHaveAnEventForEveryFunction() throws IOException {
        for (Template.Function function : TEMPLATE.functions()) {
            InvokeRequest request = InvokeRequest.parse(8700, function.logicalId());
            assertFalse(request.event(request.function(TEMPLATE)).text().isEmpty());
        }
    }

    private Outcome invoke(String... arguments) throws IOException {
        return InvokeFunction.invoke(
                InvokeRequest.parse(EngineProcess.freePort(), arguments), log::add);
    }

    private Outcome invoke(int port, String function) throws IOException {
        return InvokeFunction.invoke(InvokeRequest.parse(port, function), log::add);
    }

    /** The first of four free ports in a row. */
    private static int basePort() {
        for (int i = 0; i < 100; i++) {
            int base = EngineProcess.freePort();
            if (base < 65_000 && isFree(base + 1) && isFree(base + 2) && isFree(base + 3)) {
                return base;
            }
        }
        throw new IllegalStateException("no four ports in a row are free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
