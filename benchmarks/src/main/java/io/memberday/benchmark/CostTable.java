package io.memberday.benchmark;

import io.memberday.benchmark.Paths.Path;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.DynamoDbLocal;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.member.Channel;
import io.memberday.playbook.Playbooks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Dollars from counted requests and a dated list of prices. */
final class CostTable {
    private static final double MILLION = 1e6;
    private static final double MESSAGES_IN_A_BATCH = 100;
    private static final double GOAL = 3;
    private static final int SENDERS = 5;

    /** A minute's clock of 128 queries, at half a read unit each; its time is estimated. */
    private static final double MINUTES = 43_800;

    private static final double CLOCK_READ_UNITS = 64;
    private static final double CLOCK_GB_SECONDS = 0.8;
    private static final double QUEUE_POLLS = 2e6;
    private static final double ALARM_METRICS = 16;

    /** Processor time is measured by the other benchmarks; a call of DynamoDB takes about 5 ms. */
    private static final double CALL_SECONDS = 0.005;

    private static final double SCANNED_IN_A_SECOND = 10_000;

    private final PrintStream out;
    private final Fields prices;

    CostTable(PrintStream out) throws IOException {
        this.out = out;
        prices = Json.read(Files.readString(Repository.root().resolve("benchmarks/prices.json")));
    }

    void print() {
        out.printf(
                Locale.ROOT,
                "%ncost: requests and units counted on DynamoDB Local; prices of %s, %s%n  %s%n",
                prices.text("region"),
                prices.text("date"),
                prices.text("source"));
        try (DynamoDbLocal dynamoDb = DynamoDbLocal.start()) {
            Shop shop = Shop.at(dynamoDb.endpoint(), Template.read(Repository.template()));
            shop.tables().createAll();
            for (Path path : new Paths(shop).go()) {
                print(path);
            }
        }
        double idle =
                MINUTES
                                * (CLOCK_READ_UNITS * price("dynamoDbReadUnits")
                                        + CLOCK_GB_SECONDS * price("lambdaArm64GbSeconds")
                                        + price("lambdaRequests")
                                        + price("schedulerInvocations"))
                        + QUEUE_POLLS * price("sqsRequests")
                        + ALARM_METRICS * monthly("alarmMetric")
                        + monthly("secret");
        out.printf(Locale.ROOT, "  idle, a month: %.2f (computed, not counted)%n", idle);
    }

    private void print(Path path) {
        double reads = path.counts().readUnits() / path.items();
        double writes = path.counts().writeUnits() / path.items();
        double dynamoDb =
                MILLION
                        * (reads * price("dynamoDbReadUnits")
                                + writes * price("dynamoDbWriteUnits"));
        double rest = MILLION * rest(path);
        out.printf(
                Locale.ROOT,
                "  a million of %-15s %8.2f = DynamoDB %.2f (%.4f requests, %.3f read, %.3f write"
                        + " units each) + functions, events and queues %.2f%s%n",
                path.name() + ":",
                dynamoDb + rest,
                dynamoDb,
                path.counts().all() / (double) path.items(),
                reads,
                writes,
                rest,
                path.name().equals("message")
                        ? "; goal at most %.0f: %s"
                                .formatted(GOAL, dynamoDb + rest <= GOAL ? "held" : "MISSED")
                        : "");
        path.counts().requests().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        each ->
                                out.printf(
                                        Locale.ROOT,
                                        "      %-24s %d for %d%n",
                                        each.getKey(),
                                        each.getValue(),
                                        path.items()));
    }

    /** Computed: what of a path is not DynamoDB, for one item. */
    private double rest(Path path) {
        double calls = path.counts().all() / (double) path.items();
        return switch (path.name()) {
            case "webhook" ->
                    price("apiGatewayHttpRequests")
                            + price("lambdaRequests")
                            + calls * CALL_SECONDS * price("lambdaArm64GbSeconds");
            case "message" -> {
                double rate =
                        Objects.requireNonNull(Playbooks.load().store().channels().get(Channel.SMS))
                                .perSecond();
                // Each batch: an event, its queue's three calls, an invocation, the clock's two
                // units.
                double batch =
                        price("eventBridgeEvents")
                                + 3 * price("sqsRequests")
                                + price("lambdaRequests")
                                + 2 * price("dynamoDbWriteUnits");
                yield batch / MESSAGES_IN_A_BATCH + SENDERS / rate * price("lambdaArm64GbSeconds");
            }
            default -> price("lambdaArm64GbSeconds") * 1.769 / SCANNED_IN_A_SECOND;
        };
    }

    private double price(String name) {
        return prices.object("perMillion").optionalDecimal(name).orElseThrow().doubleValue()
                / MILLION;
    }

    private double monthly(String name) {
        return prices.object("perMonth").optionalDecimal(name).orElseThrow().doubleValue();
    }
}
