package io.memberday.benchmark;

import io.memberday.coldstart.SecretAndItemLambda;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.local.function.Code;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instance.Invocation;
import io.memberday.local.function.Outcome;
import io.memberday.local.runtime.RuntimeProcess;
import io.memberday.orderwebhook.WebhookBenchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * From the start of a process to its first answered webhook, under AWS's Java runtime interface
 * client with the built zips and layers: the order webhook beside a function that gets one secret
 * and one item, in turns. It tells a ratio and nothing of Lambda's own milliseconds.
 */
final class ColdStart {
    private static final int STARTS = 7;
    private static final double MOST = 1.3;
    private static final double MILLION = 1e6;
    private static final String WEBHOOK = "OrderWebhookFunction";

    private final PrintStream out;
    private final Template template = Template.read(Repository.template());

    ColdStart(PrintStream out) {
        this.out = out;
    }

    /**
     * A function to start.
     *
     * @param classPath what its layers put there
     */
    private record Subject(
            String name, FunctionSettings settings, Path taskRoot, List<Path> classPath) {}

    /** What one start took. */
    record Start(double wallMillis, double processorMillis) {}

    /** Starts both so many times in turns, after one time each that is not counted. */
    void print() throws IOException {
        within(
                (folder, aws) -> {
                    List<Subject> subjects = List.of(least(folder), ours(folder));
                    out.printf(
                            Locale.ROOT,
                            "%ncoldstart: process start to first answered webhook, median of %d"
                                    + " fresh JVMs each, in turns; load now %.1f%n",
                            STARTS,
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
                    List<List<Start>> taken = List.of(new ArrayList<>(), new ArrayList<>());
                    for (int turn = 0; turn <= STARTS; turn++) {
                        for (int subject = 0; subject < subjects.size(); subject++) {
                            Start start = start(subjects.get(subject), aws, List.of());
                            if (turn > 0) {
                                taken.get(subject).add(start);
                            }
                        }
                    }
                    for (int subject = 0; subject < subjects.size(); subject++) {
                        print(subjects.get(subject), taken.get(subject), aws, folder);
                    }
                    double wall = ratio(taken, Start::wallMillis);
                    out.printf(
                            Locale.ROOT,
                            "  %s: %.2f times the wall time, %.2f times the processor time; goal"
                                    + " at most %.1f: %s%n",
                            subjects.getLast().name(),
                            wall,
                            ratio(taken, Start::processorMillis),
                            MOST,
                            wall <= MOST ? "held" : "MISSED");
                });
    }

    /** Starts both once. */
    static List<Start> once() throws IOException {
        ColdStart coldStart = new ColdStart(System.out);
        List<Start> starts = new ArrayList<>();
        within(
                (folder, aws) -> {
                    starts.add(start(coldStart.least(folder), aws, List.of()));
                    starts.add(start(coldStart.ours(folder), aws, List.of()));
                });
        return starts;
    }

    /** What is done while there is an AWS to ask, and a folder to lay code out in. */
    @FunctionalInterface
    private interface Measuring {
        void with(Path folder, StubServer aws) throws IOException;
    }

    private static void within(Measuring measuring) throws IOException {
        Path folder = Files.createTempDirectory("memberday-start");
        try (StubServer aws = new StubServer(WebhookBenchmark.known(new StubAws()))) {
            measuring.with(folder, aws);
        } finally {
            delete(folder);
        }
    }

    private Subject ours(Path folder) {
        Template.Function function = template.function(WEBHOOK);
        Code.Laid laid = new Code(template, Repository.root(), folder).layOut(function);
        return new Subject(
                "ours: the order webhook",
                FunctionSettings.of(template, function),
                laid.taskRoot(),
                laid.layers());
    }

    /** Packaged as ours: a folder of classes, and the layer that has the SDK. */
    private Subject least(Path folder) throws IOException {
        Template.Function function = template.function(WEBHOOK);
        FunctionSettings ours = FunctionSettings.of(template, function);
        Class<?> handler = SecretAndItemLambda.class;
        String resource = handler.getName().replace('.', '/') + ".class";
        Path taskRoot = folder.resolve("least");
        Path file = taskRoot.resolve(resource);
        Files.createDirectories(file.getParent());
        try (InputStream in = handler.getResourceAsStream("/" + resource)) {
            Files.copy(in, file);
        }
        return new Subject(
                "floor: one GetSecretValue and one GetItem",
                new FunctionSettings(
                        "least",
                        ours.arn(),
                        handler.getName() + "::handleRequest",
                        ours.timeout(),
                        ours.memory()),
                taskRoot,
                new Code(template, Repository.root(), folder)
                        .layOut(
                                new Template.Function(
                                        function.logicalId(),
                                        function.handler(),
                                        function.codeUri(),
                                        function.environment(),
                                        function.events(),
                                        function.timeout(),
                                        awsLayerOnly(function)))
                        .layers());
    }

    private Map<String, Object> awsLayerOnly(Template.Function function) {
        Map<String, Object> properties = new HashMap<>(function.properties());
        properties.put("Layers", List.of(template.nameOf("AwsLayer")));
        return properties;
    }

    private static Start start(Subject subject, StubServer aws, List<String> moreOptions) {
        Invocation webhook =
                new Invocation(UUID.randomUUID().toString(), WebhookBenchmark.signedNow());
        Map<String, String> variables = new HashMap<>(WebhookBenchmark.variables());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret");
        variables.put("AWS_ENDPOINT_URL", aws.address().toString());
        List<String> options = new ArrayList<>(RuntimeProcess.LAMBDAS_OPTIONS);
        options.addAll(moreOptions);
        StringBuffer printed = new StringBuffer();
        long began = System.nanoTime();
        try (RuntimeProcess process =
                RuntimeProcess.start(
                        new RuntimeProcess.Launch(
                                subject.settings(),
                                subject.name(),
                                subject.taskRoot(),
                                subject.classPath(),
                                variables,
                                options),
                        line -> printed.append(line).append('\n'))) {
            Outcome outcome = process.invoke(webhook);
            long wall = System.nanoTime() - began;
            if (outcome.failed() || !outcome.payload().contains("accepted")) {
                throw new IllegalStateException(outcome.payload() + "\n" + printed);
            }
            return new Start(
                    wall / MILLION,
                    process.processorTime().map(Duration::toNanos).orElse(0L) / MILLION);
        }
    }

    private void print(Subject subject, List<Start> taken, StubServer aws, Path folder)
            throws IOException {
        Path log = folder.resolve("classes.log");
        start(subject, aws, List.of("-Xlog:class+load:file=" + log));
        long classes;
        try (Stream<String> lines = Files.lines(log)) {
            classes = lines.filter(line -> line.contains(" source: ")).count();
        }
        out.printf(
                Locale.ROOT,
                "  %-46s %6.0f ms (%.0f to %.0f), %.0f ms of processor time, %,d classes, %.1f MB"
                        + " of code on the class path%n",
                subject.name(),
                median(taken, Start::wallMillis),
                taken.stream().mapToDouble(Start::wallMillis).min().orElse(0),
                taken.stream().mapToDouble(Start::wallMillis).max().orElse(0),
                median(taken, Start::processorMillis),
                classes,
                (bytes(subject.taskRoot()) + bytes(subject.classPath())) / MILLION);
    }

    private static double ratio(List<List<Start>> taken, ToDoubleFunction<Start> figure) {
        return median(taken.getLast(), figure) / median(taken.getFirst(), figure);
    }

    private static double median(List<Start> taken, ToDoubleFunction<Start> figure) {
        double[] sorted = taken.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static long bytes(List<Path> jars) {
        return jars.stream().filter(Files::isRegularFile).mapToLong(ColdStart::size).sum();
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return bytes(files.toList());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
