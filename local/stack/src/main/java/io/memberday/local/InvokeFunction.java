package io.memberday.local;

import io.memberday.json.BadInput;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Code;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instance;
import io.memberday.local.function.Outcome;
import io.memberday.local.runtime.IsolatedInstances;
import io.memberday.local.runtime.Isolation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The command behind ./local/invoke: one function's built zip with its layers, in a JVM of its own
 * under AWS's Java runtime interface client, given one event. It works on the tables of the running
 * local stack, else on those of an empty one of its own.
 */
public final class InvokeFunction {
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int DEFAULT_PORT = 8700;
    private static final int CONNECTS_WITHIN_MILLIS = 500;

    private InvokeFunction() {}

    /**
     * Prints the answer, and to the error stream what the function logs. Ends with 1 if the
     * function fails, or cannot be invoked so.
     *
     * @param arguments the function, an event if not its first, {@code --port N} of the stack
     */
    public static void main(String... arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream log = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code;
        try {
            InvokeRequest request = InvokeRequest.parse(DEFAULT_PORT, arguments);
            Outcome outcome = invoke(request, log::println);
            out.println(outcome.payload());
            code = outcome.failed() ? BAD : GOOD;
        } catch (BadInput
                | IllegalArgumentException
                | IllegalStateException
                | IOException
                | UncheckedIOException e) {
            log.println(e.getMessage());
            code = BAD;
        }
        // Threads of a stack may still wait for something.
        System.exit(code);
    }

    /**
     * Invokes.
     *
     * @param log takes each line
     * @throws IllegalArgumentException if there is no such function or event; it says which there
     *     are
     */
    static Outcome invoke(InvokeRequest request, Consumer<String> log) throws IOException {
        Template template = Template.read(Repository.template());
        Template.Function function = request.function(template);
        InvokeRequest.Event event = request.event(function);
        log.accept("%s with %s".formatted(function.logicalId(), event.name()));
        Isolation isolation = Isolation.plain(line -> log.accept("  " + line.text()));
        return answers(request.port())
                ? onRunningStack(template, function, event, request.port(), isolation)
                : onOwnStack(function, event, isolation, log);
    }

    private static Outcome onOwnStack(
            Template.Function function,
            InvokeRequest.Event event,
            Isolation isolation,
            Consumer<String> log) {
        log.accept("no ./local/run answers: on an empty local AWS");
        Path data = Repository.root().resolve("local/.data/invoke");
        LocalStack.Settings settings =
                new LocalStack.Settings(Repository.template(), Repository.root(), data, Ports.ANY);
        try (LocalStack stack = LocalStack.start(settings.with(isolation))) {
            return stack.invoke(
                    function.logicalId(),
                    event.signed(() -> stack.signer(RunningStack.SECRET), stack.clock()));
        }
    }

    private static Outcome onRunningStack(
            Template template,
            Template.Function declared,
            InvokeRequest.Event event,
            int port,
            Isolation isolation)
            throws IOException {
        Path data = LocalStack.dataOf(port);
        Template addressed = LocalStack.addressed(template, address(port));
        Template.Function function = addressed.function(declared.logicalId());
        Map<String, String> variables = new HashMap<>(function.environment());
        variables.put("MEMBERDAY_CLOCK", data.resolve("clock").toString());
        IsolatedInstances instances =
                new IsolatedInstances(
                        new Code(addressed, Repository.root(), data.resolve("code")),
                        isolation,
                        () ->
                                new Endpoints(
                                                address(port + 1),
                                                address(port + 2),
                                                address(port + 3))
                                        .variables());
        RunningStack stack = new RunningStack(port);
        String payload = event.signed(stack::signer, stack::now);
        try (Instance instance =
                instances.create(function, FunctionSettings.of(addressed, function), variables)) {
            return instance.invoke(
                    new Instance.Invocation(
                            UUID.randomUUID().toString(),
                            payload.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                    CONNECTS_WITHIN_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
