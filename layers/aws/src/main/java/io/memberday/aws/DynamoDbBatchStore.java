package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore;
import io.memberday.campaign.Funds;
import io.memberday.campaign.Run;
import io.memberday.touch.Outcome;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Batches being sent, and their money, in the table of campaign results. */
public final class DynamoDbBatchStore implements BatchStore {
    /** Of a batch that is done: how its touches ended. */
    private static final String TALLY = "tally";

    private static final Map<String, String> BATCH_NAMES =
            Map.of(
                    "#owner", BatchFormat.OWNER,
                    "#until", BatchFormat.OWNED_UNTIL,
                    "#done", BatchFormat.DONE);

    private final DynamoDbClient client;
    private final String table;
    private final MonthPots months;
    private final AllOrNothing transaction;

    /**
     * @param table of campaign results
     */
    public DynamoDbBatchStore(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.client = client;
        this.table = table;
        this.months = new MonthPots(table);
        this.transaction = new AllOrNothing(client, sleep);
    }

    @Override
    public Optional<Batch> find(String run, int slice, String id) {
        return Items.find(client, table, BatchFormat.key(run, slice, id)).map(BatchFormat::batch);
    }

    @Override
    public Funds month(YearMonth month, Optional<Long> capMicros) {
        return months.read(client, month, capMicros);
    }

    @Override
    public boolean take(Batch read, Batch.Owner owner, Lease lease) {
        if (lease.monthCapMicros().filter(cap -> cap < lease.micros()).isPresent()) {
            return false;
        }
        return transaction.write(
                List.of(
                        item(own(read, owner)),
                        item(lend(RunFormat.key(read.run()), lease)),
                        item(months.lend(lease.month(), lease.micros(), lease.monthCapMicros()))));
    }

    @Override
    public boolean takeToClose(Batch read, Batch.Owner owner) {
        return Items.update(client, own(read, owner));
    }

    @Override
    public List<Outcome> outcomes(Batch batch) {
        return Items.ofResults(
                        client,
                        table,
                        PageFormat.partition(batch.run(), batch.slice()),
                        OutcomeRowFormat.start(batch.id()))
                .flatMap(item -> OutcomeRowFormat.outcomes(item).stream())
                .toList();
    }

    @Override
    public void record(Batch owned, int group, List<Outcome> outcomes) {
        client.putItem(
                put ->
                        put.tableName(table)
                                .item(OutcomeRowFormat.item(owned, nonce(owned), group, outcomes)));
    }

    @Override
    public boolean giveBack(Batch owned, Instant dueAt) {
        return Items.update(
                client,
                mine(
                        owned,
                        "SET #until = :until, dueAt = :due",
                        Map.of(
                                ":until", RowDraft.of(Batch.Owner.GIVEN_UP),
                                ":due", RowDraft.of(dueAt)),
                        BATCH_NAMES));
    }

    @Override
    public boolean finish(Batch owned, Tally tally, YearMonth month, Instant done) {
        Map<String, String> names = new HashMap<>(BATCH_NAMES);
        names.put("#tally", TALLY);
        names.put("#leased", BatchFormat.LEASED);
        Update close =
                mine(
                        owned,
                        "SET #done = :done, #tally = :tally REMOVE dueShard, #owner, #until,"
                                + " #leased",
                        Map.of(":done", RowDraft.of(done), ":tally", tally(tally)),
                        names);
        long unused = owned.owner().map(Batch.Owner::leasedMicros).orElse(0L) - tally.costMicros();
        return transaction.write(
                List.of(
                        item(close),
                        item(months.settle(RunFormat.key(owned.run()), unused, tally.costMicros())),
                        item(months.settle(MonthPots.key(month), unused, tally.costMicros()))));
    }

    private Update own(Batch read, Batch.Owner owner) {
        Map<String, AttributeValue> values =
                new HashMap<>(
                        Map.of(
                                ":owner", RowDraft.of(owner.nonce()),
                                ":until", RowDraft.of(owner.until()),
                                ":leased", RowDraft.of(owner.leasedMicros())));
        read.owner()
                .ifPresent(
                        before -> {
                            values.put(":before", RowDraft.of(before.nonce()));
                            values.put(":beforeUntil", RowDraft.of(before.until()));
                        });
        Map<String, String> names = new HashMap<>(BATCH_NAMES);
        names.put("#leased", BatchFormat.LEASED);
        return Update.builder()
                .tableName(table)
                .key(BatchFormat.key(read.run(), read.slice(), read.id()))
                .updateExpression("SET #owner = :owner, #until = :until, #leased = :leased")
                .conditionExpression(
                        "attribute_exists(pk) AND attribute_not_exists(#done) AND "
                                + (read.owner().isPresent()
                                        ? "#owner = :before AND #until = :beforeUntil"
                                        : "attribute_not_exists(#owner)"))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    /**
     * The run's row has its cap in it; a row cannot compute, so the cap that was read is compared.
     */
    private Update lend(Map<String, AttributeValue> run, Lease lease) {
        Map<String, String> names = new HashMap<>();
        names.put("#committed", RunFormat.COMMITTED);
        names.put("#state", RunFormat.STATE);
        names.put("#budget", RunFormat.BUDGET);
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":lease", RowDraft.of(lease.micros()));
        values.put(":running", RowDraft.of(Run.State.RUNNING.name()));
        lease.runCapMicros()
                .ifPresent(
                        cap -> {
                            values.put(":cap", RowDraft.of(cap));
                            values.put(":most", RowDraft.of(cap - lease.micros()));
                        });
        return Update.builder()
                .tableName(table)
                .key(run)
                .updateExpression("SET #committed = #committed + :lease")
                .conditionExpression(
                        "#state = :running AND "
                                + (lease.runCapMicros().isPresent()
                                        ? "#budget = :cap AND #committed <= :most"
                                        : "attribute_not_exists(#budget)"))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    /** An update of a batch that still is its owner's. */
    private Update mine(
            Batch owned,
            String expression,
            Map<String, AttributeValue> values,
            Map<String, String> names) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(":nonce", RowDraft.of(nonce(owned)));
        return Update.builder()
                .tableName(table)
                .key(BatchFormat.key(owned.run(), owned.slice(), owned.id()))
                .updateExpression(expression)
                .conditionExpression("#owner = :nonce AND attribute_not_exists(#done)")
                .expressionAttributeNames(names)
                .expressionAttributeValues(all)
                .build();
    }

    private static AttributeValue tally(Tally tally) {
        return AttributeValue.fromM(
                new RowDraft()
                        .put("sent", tally.sent())
                        .put("failed", tally.failed())
                        .put("unknown", tally.unknown())
                        .put("suppressed", tally.suppressed())
                        .put("cost", tally.costMicros())
                        .done());
    }

    private static TransactWriteItem item(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }

    private static String nonce(Batch owned) {
        return owned.owner().orElseThrow().nonce();
    }
}
