package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.json.Json;
import io.memberday.local.engine.Repository;
import io.memberday.local.outbox.Sent;
import io.memberday.local.runtime.Isolation;
import io.memberday.local.runtime.RuntimeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Functions in JVMs of their own, on the whole local AWS, from outside. */
@EnabledOnOs(OS.LINUX)
class IsolatedStackTest {
    private static final Instant ORDERED = Instant.parse("2026-05-07T04:00:00Z");

    private final List<RuntimeProcess> processes = new CopyOnWriteArrayList<>();
    private final Isolation isolation =
            new Isolation(Map.of(), processes::add, line -> {}, Isolation.USUAL);

    @Test
    void shouldTakeSignedWebhooksInAJvmOfItsOwnAndReplaceItWhenItDies() throws Exception {
        LocalStack.Settings settings = WholeStack.settings(Repository.template(), "isolated");
        try (LocalStack stack = LocalStack.start(settings.with(isolation))) {
            stack.travel().jumpTo(ORDERED);
            String body = body();
            Map<String, String> signed =
                    stack.signer("WebhookSecrets")
                            .headers("memberday", stack.clock().instant(), body);

            assertEquals(
                    401,
                    post(
                            stack,
                            "/webhooks/memberday",
                            body,
                            Map.of("x-memberday-signature", "t=1,v1=00")));
            assertEquals(200, post(stack, "/webhooks/memberday", body, signed));

            assertEquals(1, stack.dynamoDb().scan(scan -> scan.tableName("OrdersTable")).count());
            assertEquals(
                    List.of("OrderWebhookFunction"),
                    processes.stream().map(RuntimeProcess::function).toList(),
                    "one JVM, and only when it was needed");

            // It waits for its next invocation, and shall not have it.
            processes.getFirst().kill();

            assertEquals(200, post(stack, "/webhooks/memberday", body, signed));
            assertEquals(2, processes.size());
        }
    }

    @Test
    void shouldDeliverAgainWhatAKilledJvmWasAtWorkOn() throws Exception {
        try (LocalStack stack = LocalStack.start(Sample.settings(patient()).with(isolation))) {
            stack.travel().jumpTo(ORDERED);
            List<String> killed = new CopyOnWriteArrayList<>();
            stack.aws()
                    .injectFault(
                            call -> {
                                if (call.action().equals("Publish") && killed.isEmpty()) {
                                    RuntimeProcess sender = process("SendFunction");
                                    killed.add(sender.id());
                                    sender.kill();
                                    throw new IllegalStateException("its caller is dead");
                                }
                            });

            String text = "{\"phone\": \"+8613800138000\", \"text\": \"hello\"}";
            assertEquals(202, post(stack, "/take/x", text, Map.of()));
            stack.settle();
            assertEquals(1, killed.size());
            assertEquals(List.of(), stack.outbox().all());
            assertEquals(1, stack.queue("SendQueue").size(), "hidden, not lost");

            stack.travel().advance(Duration.ofMinutes(10));

            assertEquals(
                    List.of("hello"), stack.outbox().sms().stream().map(Sent.Sms::text).toList());
            assertEquals(0, stack.queue("SendQueue").size());
        }
    }

    private RuntimeProcess process(String function) {
        return processes.stream()
                .filter(process -> process.function().equals(function))
                .findFirst()
                .orElseThrow();
    }

    /** The body of a committed event. */
    private static String body() throws Exception {
        return Json.read(
                        Files.readString(
                                Repository.root()
                                        .resolve("events/order-webhook/memberday-order-paid.json")))
                .text("body");
    }

    /** The sample with time enough for a JVM that starts while others do. */
    private static Path patient() throws Exception {
        Path file = Repository.root().resolve("local/stack/target/patient.yaml");
        String sample = Files.readString(Sample.template());
        return Files.writeString(
                file, sample.replace("  Function:\n", "  Function:\n    Timeout: 60\n"));
    }

    private static int post(
            LocalStack stack, String path, String body, Map<String, String> signature)
            throws Exception {
        return SignedPost.to(stack, path, body, signature).statusCode();
    }
}
