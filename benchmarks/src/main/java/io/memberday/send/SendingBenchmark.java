package io.memberday.send;

import io.memberday.aws.BatchFormat;
import io.memberday.aws.DynamoDbBatchStore;
import io.memberday.aws.DynamoDbClaimStore;
import io.memberday.aws.DynamoDbCouponStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.RunFormat;
import io.memberday.aws.SnsMessenger;
import io.memberday.benchmark.Benchmark;
import io.memberday.benchmark.Benchmark.Goal;
import io.memberday.benchmark.Benchmark.Reference;
import io.memberday.benchmark.DynamoJson;
import io.memberday.benchmark.Line;
import io.memberday.benchmark.Puts;
import io.memberday.benchmark.Shop;
import io.memberday.benchmark.Shoppers;
import io.memberday.benchmark.StubAws;
import io.memberday.benefit.CouponCodes;
import io.memberday.benefit.Coupons;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Run;
import io.memberday.campaign.Screening;
import io.memberday.campaign.Screening.Verdict;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.message.Messenger;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.touch.InMemoryPaceStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** A batch of a campaign, from taking it to its tally, rows and caps and all. */
public final class SendingBenchmark {
    private static final String RUN = "member-day@2026-05-08";
    private static final String BATCH = "000000-00";
    private static final String RESULTS = "CampaignResults";
    private static final Clock CLOCK = Clock.fixed(Shoppers.TEN, ZoneOffset.UTC);
    private static final int SIZE = 100;
    private static final double MOST_WITHOUT_PROVIDER = 2;
    private static final double MOST_THROUGH_SNS = 3.5;
    private static final byte[] PUBLISHED =
            """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>\
            <MessageId>94f20ce6-13c5-43a0-9a9e-ca52d816e90b</MessageId></PublishResult>\
            <ResponseMetadata><RequestId>f187a3c1-376f-11df-8963-01868b7c937a</RequestId>\
            </ResponseMetadata></PublishResponse>
            """
                    .getBytes(StandardCharsets.UTF_8);

    private SendingBenchmark() {}

    public static Benchmark benchmark() {
        return new Benchmark(
                "sending",
                "message",
                List.of(
                        new Line("floor: one signed PutItem", Puts::put),
                        new Line(
                                "ours: claim, render, no-op provider, outcome",
                                aws -> sending(aws, envelope -> new Messenger.Answer.Sent("id"))),
                        new Line(
                                "ours: the same through SNS's wire call",
                                aws -> sending(aws, new SnsMessenger(sns(aws).sns(), "")))),
                List.of(new Goal(1, 0, MOST_WITHOUT_PROVIDER), new Goal(2, 0, MOST_THROUGH_SNS)),
                List.of(new Reference(0, Puts.REFERENCE, "one signed PutItem")));
    }

    private static StubAws sns(StubAws aws) {
        return aws.answer("sns.us-east-1.amazonaws.com", request -> PUBLISHED);
    }

    private static Line.Work sending(StubAws aws, Messenger messenger) {
        Playbook playbook = Playbooks.load();
        Frozen frozen = Frozen.of(playbook, playbook.campaign("member-day").orElseThrow());
        Run run =
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        Shoppers.TEN,
                        Shoppers.TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.of(Long.MAX_VALUE / 2),
                        0,
                        0);
        BatchSender sender =
                sender(
                        answering(aws, run, frozen).dynamoDb(),
                        Map.of("CAMPAIGN_RESULTS_TABLE", RESULTS, "MEMBERS_TABLE", "Members"),
                        playbook,
                        messenger);
        return () -> {
            sender.send(RUN, 0, BATCH, () -> Duration.ofMinutes(10));
            return SIZE;
        };
    }

    /** The batch is as it was each time that it is asked for, and every write holds. */
    private static StubAws answering(StubAws aws, Run run, Frozen frozen) {
        Screening screening = new Screening(frozen, LocalDate.parse("2026-05-08"), Shoppers.TEN);
        List<Member> addressed =
                LongStream.iterate(0, number -> number + 1)
                        .mapToObj(Shoppers::shopper)
                        .filter(member -> screening.of(member) instanceof Verdict.Addressed)
                        .limit(SIZE)
                        .toList();
        Batch batch =
                BatchDraft.of(RUN, BATCH, Shoppers.TEN)
                        .members(addressed.stream().map(Member::id).toList())
                        .eachMicros(1_000_000)
                        .batch();
        byte[] found = DynamoJson.found(BatchFormat.item(batch));
        byte[] runRow = DynamoJson.found(RunFormat.item(run));
        byte[] frozenRow = DynamoJson.found(Map.of("frozen", AttributeValue.fromS(frozen.json())));
        byte[] none = DynamoJson.found(Map.of());
        byte[] members =
                DynamoJson.batch(
                        Map.of("Members", addressed.stream().map(MemberFormat::item).toList()));
        byte[] empty = DynamoJson.page(List.of(), Map.of());
        return aws.answer(
                        "DynamoDB_20120810.GetItem",
                        request -> {
                            String key = new String(request, StandardCharsets.UTF_8);
                            if (key.contains(BATCH)) {
                                return found;
                            }
                            if (key.contains("frozen")) {
                                return frozenRow;
                            }
                            return key.contains("\"runs\"") ? runRow : none;
                        })
                .answer("DynamoDB_20120810.BatchGetItem", request -> members)
                .answer("DynamoDB_20120810.Query", request -> empty);
    }

    /**
     * Sends batches as they stand in the tables, through a provider that takes all.
     *
     * @return how many messages
     */
    public static long send(Shop shop, Playbook playbook, List<Batch> batches) {
        long[] sent = {0};
        BatchSender sender =
                sender(
                        shop.counted(),
                        shop.environment(),
                        playbook,
                        envelope -> {
                            sent[0]++;
                            return new Messenger.Answer.Sent("id" + sent[0]);
                        });
        for (Batch batch : batches) {
            sender.send(batch.run(), batch.slice(), batch.id(), () -> Duration.ofMinutes(10));
        }
        return sent[0];
    }

    private static BatchSender sender(
            DynamoDbClient client,
            Map<String, String> tables,
            Playbook playbook,
            Messenger messenger) {
        String results = tables.get("CAMPAIGN_RESULTS_TABLE");
        DynamoDbClaimStore members = new DynamoDbClaimStore(client, tables.get("MEMBERS_TABLE"));
        DynamoDbRunStore runs = new DynamoDbRunStore(client, results);
        return new BatchSender(
                runs,
                new DynamoDbBatchStore(client, results, pause -> {}),
                members,
                new MarketingClaims(
                        members,
                        new UnsubscribeLinks("https://api.example", () -> List.of("key")),
                        new Coupons(
                                new DynamoDbCouponStore(
                                        client, tables.get("MEMBER_ACTIVITY_TABLE")),
                                new CouponCodes(() -> List.of("key")),
                                playbook.store().zone()),
                        CLOCK),
                new Dispatch(
                        Map.of(Channel.SMS, messenger),
                        new InMemoryPaceStore(),
                        5,
                        pause -> {},
                        CLOCK),
                new Halts(runs, events -> {}, CLOCK),
                () -> "n0123456789abcdef",
                playbook.store(),
                CLOCK);
    }
}
