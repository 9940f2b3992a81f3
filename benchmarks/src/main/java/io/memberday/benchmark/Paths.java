package io.memberday.benchmark;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.MemberFormat;
import io.memberday.benchmark.Ledger.Counts;
import io.memberday.campaign.Batch;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.SliceScan;
import io.memberday.orderwebhook.WebhookBenchmark;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.send.SendingBenchmark;

import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** Goes the ways of an order and of a campaign once and counts what they ask of DynamoDB. */
final class Paths {
    /** Members in the table: enough for pages and batches of the usual size. */
    static final int MEMBERS = 6_000;

    /** Each message is asked of DynamoDB alike, and each batch. */
    private static final int SENT_BATCHES = 8;

    private static final int WRITTEN_AT_ONCE = 25;

    private final Shop shop;
    private final Playbook playbook = Playbooks.load();

    Paths(Shop shop) {
        this.shop = shop;
    }

    /**
     * What was counted.
     *
     * @param items webhooks, members or messages
     */
    record Path(String name, long items, Counts counts) {}

    List<Path> go() {
        List<Path> paths = new ArrayList<>();
        paths.add(webhooks());
        paths.addAll(campaign());
        return paths;
    }

    /** An order of a new member: created, paid, dispatched; then the member's own change. */
    private Path webhooks() {
        shop.tables().reset();
        shop.ledger().take();
        long webhooks = WebhookBenchmark.day(new StubAws(), shop);
        return new Path("webhook", webhooks, shop.ledger().take());
    }

    private List<Path> campaign() {
        shop.tables().reset();
        fill();
        Campaign campaign = playbook.campaign("member-day").orElseThrow();
        Frozen frozen = Frozen.of(playbook, campaign);
        String results = shop.environment().get("CAMPAIGN_RESULTS_TABLE");
        DynamoDbRunStore runs = new DynamoDbRunStore(shop.counted(), results);
        DynamoDbAudienceStore audience = new DynamoDbAudienceStore(shop.counted(), results);
        String run =
                RunPlan.of(campaign, LocalDate.parse("2026-05-08"), playbook.store().zone())
                        .run(1)
                        .id();
        runs.plan(
                RunPlan.of(campaign, LocalDate.parse("2026-05-08"), playbook.store().zone()).run(1),
                frozen.json());
        shop.ledger().take();
        new SliceScan(
                        runs,
                        audience,
                        new DynamoDbMemberScan(
                                shop.counted(), shop.environment().get("MEMBERS_TABLE")),
                        events -> {},
                        Clock.fixed(Shoppers.TEN, ZoneOffset.UTC))
                .scan(run, 0, () -> true);
        Path planned = new Path("planned member", MEMBERS, shop.ledger().take());
        List<Batch> batches =
                StreamSupport.stream(audience.batches(run, 0).spliterator(), false)
                        .filter(batch -> !batch.members().isEmpty())
                        .limit(SENT_BATCHES)
                        .toList();
        shop.ledger().take();
        long messages = SendingBenchmark.send(shop, playbook, batches);
        return List.of(planned, new Path("message", messages, shop.ledger().take()));
    }

    private void fill() {
        String table = shop.environment().get("MEMBERS_TABLE");
        List<WriteRequest> members =
                LongStream.range(0, MEMBERS)
                        .mapToObj(Shoppers::shopper)
                        .map(
                                member ->
                                        WriteRequest.builder()
                                                .putRequest(
                                                        put -> put.item(MemberFormat.item(member)))
                                                .build())
                        .toList();
        for (int from = 0; from < MEMBERS; from += WRITTEN_AT_ONCE) {
            List<WriteRequest> some = members.subList(from, from + WRITTEN_AT_ONCE);
            shop.plain().batchWriteItem(write -> write.requestItems(Map.of(table, some)));
        }
    }
}
