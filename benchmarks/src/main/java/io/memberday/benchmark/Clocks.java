package io.memberday.benchmark;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbDueStore;
import io.memberday.aws.DynamoDbPaceStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.Lanes;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.aws.Shards;
import io.memberday.benchmark.Benchmark.Goal;
import io.memberday.benchmark.Benchmark.Reference;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.release.SideBySide;
import io.memberday.release.TouchClock;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A minute of touch-clock in which each shard has a page of due touches, beside the loop that
 * somebody would write: query a shard, move each row ahead if it is what was read, publish.
 */
final class Clocks {
    private static final String RESULTS = "CampaignResults";
    private static final String BUS = "memberday";
    private static final Clock CLOCK = Clock.fixed(Shoppers.TEN, ZoneOffset.UTC);
    private static final Instant DUE = Shoppers.TEN.minusSeconds(30);
    private static final int A_SHARD = 100;
    private static final int AN_EVENT = 10;
    private static final double MOST = 1.25;

    /**
     * Some time of a conditional write on AWS. Lanes are for waiting: beside a loop that never
     * waits, they are charged with all that a processor forgets in a wait.
     */
    private static final Duration A_CALL = Duration.ofMillis(6);

    private static final Pattern SHARD = Pattern.compile("service#(\\d\\d)");

    private Clocks() {}

    static Benchmark benchmark() {
        return new Benchmark(
                "clock",
                "touch",
                List.of(
                        new Line("floor: one signed PutItem", Puts::put),
                        new Line(
                                "bare: query, conditional update, publish",
                                aws -> bare(aws, SideBySide.ONE_BY_ONE)),
                        new Line(
                                "ours: a tick, a row after the other",
                                aws -> ours(aws, SideBySide.ONE_BY_ONE)),
                        new Line(
                                "bare, a call waits " + A_CALL.toMillis() + " ms",
                                A_CALL,
                                aws -> bare(aws, SideBySide.ONE_BY_ONE)),
                        new Line(
                                "bare in as many lanes, a call waits " + A_CALL.toMillis() + " ms",
                                A_CALL,
                                aws -> bare(aws, new Lanes(Lanes.USUAL))),
                        new Line(
                                "ours in the function's lanes, a call waits "
                                        + A_CALL.toMillis()
                                        + " ms",
                                A_CALL,
                                aws -> ours(aws, new Lanes(Lanes.USUAL))),
                        new Line(
                                "ours in the function's lanes, answered at once",
                                aws -> ours(aws, new Lanes(Lanes.USUAL)))),
                List.of(
                        new Goal(2, 1, MOST),
                        new Goal(5, 3, MOST),
                        new Goal(5, 4, MOST),
                        new Goal(6, 1, MOST)),
                List.of(new Reference(0, Puts.REFERENCE, "one signed PutItem")));
    }

    private static Line.Work ours(StubAws aws, SideBySide calls) {
        Playbook playbook = Playbooks.load();
        DynamoDbClient client = answering(aws, playbook).dynamoDb();
        TouchClock clock =
                new TouchClock(
                        new DynamoDbDueStore(client, RESULTS),
                        new DynamoDbPaceStore(client, RESULTS),
                        new DynamoDbRunStore(client, RESULTS),
                        new DynamoDbAudienceStore(client, RESULTS),
                        new EventBridgeBus(aws.eventBridge(), BUS),
                        playbook,
                        Shards.DUE,
                        CLOCK,
                        calls);
        return () -> clock.tick(() -> true).touches();
    }

    private static Line.Work bare(StubAws aws, SideBySide calls) {
        DynamoDbClient client = answering(aws, Playbooks.load()).dynamoDb();
        EventBridgeClient bus = aws.eventBridge();
        int[] shard = {0};
        return () -> bare(client, bus, shard[0]++ % Shards.DUE, calls);
    }

    private static int bare(
            DynamoDbClient client, EventBridgeClient bus, int shard, SideBySide calls) {
        QueryResponse page =
                client.query(
                        query ->
                                query.tableName(RESULTS)
                                        .indexName("byDue")
                                        .keyConditionExpression(
                                                "dueShard = :shard AND dueAt <= :now")
                                        .limit(A_SHARD)
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":shard",
                                                        text("service#%02d".formatted(shard)),
                                                        ":now",
                                                        text(Shoppers.TEN.toString()))));
        List<Map<String, AttributeValue>> moved =
                calls.all(
                        page.items().stream()
                                .<Supplier<Map<String, AttributeValue>>>map(
                                        row -> () -> moved(client, row))
                                .toList());
        List<PutEventsRequestEntry> entries = new ArrayList<>();
        for (int from = 0; from < moved.size(); from += AN_EVENT) {
            entries.add(entry(moved.subList(from, from + AN_EVENT)));
        }
        bus.putEvents(put -> put.entries(entries));
        return moved.size();
    }

    private static Map<String, AttributeValue> moved(
            DynamoDbClient client, Map<String, AttributeValue> row) {
        client.updateItem(
                update ->
                        update.tableName(RESULTS)
                                .key(Map.of("pk", row.get("pk"), "sk", row.get("sk")))
                                .updateExpression("SET dueAt = :ahead")
                                .conditionExpression("attribute_exists(dueShard) AND dueAt = :read")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":ahead",
                                                text(Shoppers.TEN.plusSeconds(300).toString()),
                                                ":read",
                                                row.get("dueAt"))));
        return row;
    }

    private static PutEventsRequestEntry entry(List<Map<String, AttributeValue>> rows) {
        StringBuilder detail = new StringBuilder("{\"touches\":[");
        for (Map<String, AttributeValue> row : rows) {
            detail.append(detail.length() > 12 ? "," : "")
                    .append("{\"touchpoint\":\"")
                    .append(row.get("touchpoint").s())
                    .append("\",\"subject\":\"")
                    .append(row.get("subject").s())
                    .append("\"}");
        }
        return PutEventsRequestEntry.builder()
                .eventBusName(BUS)
                .source("memberday")
                .detailType("TouchesDue")
                .detail(detail.append("]}").toString())
                .build();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** Each shard's touches are due again at each look, and every write holds. */
    private static StubAws answering(StubAws aws, Playbook playbook) {
        String touchpoint =
                playbook.touchpoints().stream()
                        .filter(known -> known.channel().filter(Channel.SMS::equals).isPresent())
                        .map(Touchpoint::id)
                        .findFirst()
                        .orElseThrow();
        List<byte[]> pages =
                IntStream.range(0, Shards.DUE)
                        .mapToObj(shard -> DynamoJson.page(rows(touchpoint, shard), Map.of()))
                        .toList();
        byte[] none = DynamoJson.page(List.of(), Map.of());
        byte[] taken =
                "{\"FailedEntryCount\":0,\"Entries\":[%s]}"
                        .formatted(
                                String.join(
                                        ",",
                                        IntStream.range(0, A_SHARD / AN_EVENT)
                                                .mapToObj(
                                                        number ->
                                                                "{\"EventId\":\"11710aed-b79e-4468-a20b-bb3c0c3b486%d\"}"
                                                                        .formatted(number))
                                                .toList()))
                        .getBytes(StandardCharsets.UTF_8);
        return aws.answer(
                        "DynamoDB_20120810.Query",
                        request -> {
                            Matcher shard =
                                    SHARD.matcher(new String(request, StandardCharsets.UTF_8));
                            return shard.find()
                                    ? pages.get(Integer.parseInt(shard.group(1)))
                                    : none;
                        })
                .answer("AWSEvents.PutEvents", request -> taken);
    }

    private static List<Map<String, AttributeValue>> rows(String touchpoint, int shard) {
        return IntStream.range(0, A_SHARD)
                .mapToObj(number -> "youzan:40419900:E20261111%04d%04d".formatted(shard, number))
                .map(
                        order ->
                                ServiceTouchFormat.item(
                                        ServiceTouch.planned(
                                                Kind.SERVICE,
                                                touchpoint,
                                                order,
                                                "m0123456789abcdef",
                                                order,
                                                Optional.empty(),
                                                DUE.minus(Duration.ofHours(1)),
                                                new Timing.Due(
                                                        DUE, DUE.plus(Duration.ofHours(12))))))
                .toList();
    }
}
