package io.memberday.campaignreport;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.OrderFormat;
import io.memberday.aws.OutcomeRowFormat;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.ingest.OrderRow;
import io.memberday.local.engine.Emulator;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Store;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, as it stands in the tables: written in the production formats, sent at 20 SMS
 * a second at 0.05 yuan a part.
 */
final class PastRun {
    private static final int BATCH = 100;
    private static final int PAGE = 1_000;
    private static final int GROUP = 25;
    private static final int PER_SECOND = 20;
    private static final long PRICE_MICROS = 50_000;

    /** The first of the sent members are in the table in any case, for orders that do not count. */
    private static final int FIRST = 21;

    private final Emulator emulator;
    private final Playbook playbook = SamplePlaybook.playbook();
    private final Campaign campaign;
    private final Run run;
    private final int parts;
    private final List<Map<String, AttributeValue>> members = new ArrayList<>();
    private final List<Map<String, AttributeValue>> orders = new ArrayList<>();
    private final List<Map<String, AttributeValue>> outcomes = new ArrayList<>();
    private int orderNumber;
    private int pages;

    /**
     * @param at when it was due
     * @param attribution how long orders count
     * @param parts of each message
     */
    PastRun(Emulator emulator, String id, Instant at, Duration attribution, int parts) {
        this.emulator = emulator;
        this.parts = parts;
        Campaign sample = SamplePlaybook.memberDay();
        campaign =
                CampaignDraft.like(sample)
                        .id(id)
                        .window(Duration.ofHours(3))
                        .attribution(attribution)
                        .done();
        Store store = playbook.store();
        LocalDate date = LocalDate.ofInstant(at, store.zone());
        run =
                new Run(
                        id + "@" + date,
                        id,
                        date,
                        at,
                        at.plus(campaign.window()),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0);
    }

    Run run() {
        return run;
    }

    Duration attribution() {
        return campaign.attribution();
    }

    /** The id of the n-th member who was sent a message. */
    String sentMember(int n) {
        return "m%s%06d".formatted(campaign.id().replace("-", ""), n);
    }

    /** When the n-th of them was claimed. */
    Instant claimedAt(int n) {
        return run.at().plusSeconds(60 + n / PER_SECOND);
    }

    /** So many members are sent a message; they are in the table with their claims. */
    PastRun sent(int count) {
        return sent(count, 1);
    }

    /**
     * So many members are sent a message. In the table with their claims are only the first and
     * every so-manieth, where the rest, who bought nothing, would be written for no reader.
     */
    PastRun sent(int count, int inTable) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(sentMember(i));
            if (i < FIRST || i % inTable == 0) {
                Claim claim = new Claim(claimedAt(i), "nonce", Kind.MARKETING, Channel.SMS, "");
                member(Member.fresh(sentMember(i), run.at()), Map.of(run.id(), claim));
            }
        }
        int n = 0;
        for (Batch batch : audience(ids, List.of())) {
            List<Outcome> sent = new ArrayList<>();
            for (String id : batch.members()) {
                sent.add(outcome(id, Status.SENT, "", parts, claimedAt(n++)));
            }
            rows(batch, "nonce", sent);
            if (n == BATCH) {
                // The first owner died after sending some: the second did not know of all.
                rows(
                        batch,
                        "other",
                        List.of(
                                outcome(sentMember(0), Status.UNKNOWN, "", 0, claimedAt(900)),
                                outcome(sentMember(1), Status.SUPPRESSED, "cap", 0, claimedAt(0))));
            }
        }
        return this;
    }

    /** Members who were in a batch and got nothing: they were claimed all the same. */
    PastRun unsent(Status status, String reason, List<String> ids) {
        List<Outcome> ended = new ArrayList<>();
        for (String id : ids) {
            Claim claim = new Claim(claimedAt(0), "nonce", Kind.MARKETING, Channel.SMS, "");
            member(Member.fresh(id, run.at()), Map.of(run.id(), claim));
            ended.add(outcome(id, status, reason, 0, claimedAt(0)));
        }
        rows(audience(ids, List.of()).getFirst(), "nonce", ended);
        return this;
    }

    PastRun heldOut(List<String> ids) {
        audience(List.of(), ids);
        ids.forEach(id -> member(Member.fresh(id, run.at()), Map.of()));
        return this;
    }

    PastRun member(Member member, Map<String, Claim> claims) {
        members.add(MemberFormat.item(member.change().claims(claims).done()));
        return this;
    }

    /** A paid order of which something may have been refunded. */
    PastRun order(String member, Instant paidAt, long minor, long refunded) {
        OrderKey key = new OrderKey("memberday", campaign.id(), String.valueOf(orderNumber++));
        Map<Milestone, Instant> times =
                Map.of(Milestone.CREATED, paidAt.minusSeconds(30), Milestone.PAID, paidAt);
        Order order =
                new Order(
                        key,
                        1,
                        Optional.of(new OrderFacts(times, minor, List.of(), List.of())),
                        Map.of(),
                        refunded == 0
                                ? Map.of()
                                : Map.of("r1", new Refund(refunded, paidAt.plusSeconds(99))));
        orders.add(
                OrderFormat.item(
                        new OrderRow(order, 1, Optional.of(member), 0, 0),
                        playbook.store().zone()));
        return this;
    }

    /** Puts everything into the tables. */
    void write() throws Exception {
        String results = emulator.table("CampaignResultsTable");
        new DynamoDbRunStore(emulator.dynamoDb(), results)
                .plan(run, Frozen.of(playbook, campaign).json());
        Rows rows = new Rows(emulator.dynamoDb());
        rows.write(emulator.table("MembersTable"), members);
        rows.write(emulator.table("OrdersTable"), orders);
        rows.write(results, outcomes);
        rows.end();
    }

    private List<Batch> audience(List<String> ids, List<String> held) {
        DynamoDbAudienceStore store =
                new DynamoDbAudienceStore(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
        List<Batch> written = new ArrayList<>();
        int all = Math.max(ids.size(), held.size());
        for (int start = 0; start < all; start += PAGE) {
            List<Batch> batches = new ArrayList<>();
            for (int from = start; from < Math.min(start + PAGE, all); from += BATCH) {
                batches.add(batch(batches.size(), part(ids, from), part(held, from)));
            }
            written.addAll(batches);
            store.write(
                    new Page(
                            run.id(),
                            0,
                            pages++,
                            Optional.empty(),
                            PAGE * 5,
                            PAGE,
                            Map.of("segment", PAGE * 4)),
                    batches);
        }
        return written;
    }

    private Batch batch(int number, List<String> to, List<String> held) {
        return BatchDraft.of(run.id(), "%06d-%02d".formatted(pages, number), run.at())
                .members(to)
                .held(held)
                .until(run.until())
                .eachMicros(PRICE_MICROS)
                .batch()
                .with(run.at(), Optional.empty(), Optional.of(run.at().plusSeconds(2_000)));
    }

    private static List<String> part(List<String> ids, int from) {
        return ids.subList(Math.min(from, ids.size()), Math.min(from + BATCH, ids.size()));
    }

    private void rows(Batch batch, String nonce, List<Outcome> all) {
        for (int start = 0; start < all.size(); start += GROUP) {
            outcomes.add(
                    OutcomeRowFormat.item(
                            batch,
                            nonce,
                            start / GROUP,
                            all.subList(start, Math.min(start + GROUP, all.size()))));
        }
    }

    private static Outcome outcome(
            String member, Status status, String reason, int parts, Instant at) {
        return new Outcome(
                member,
                status,
                reason,
                Channel.SMS,
                parts,
                parts * PRICE_MICROS,
                at,
                status == Status.SENT ? "id-" + member : "",
                parts == 0 ? "" : "text zh");
    }
}
