package io.memberday.aws;

import io.memberday.care.Case;
import io.memberday.ingest.Activity.Ledger;
import io.memberday.ingest.Changes;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.ingest.Snapshot;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Webhooks' reads and writes on DynamoDB: strong batch reads, one transaction per event. */
public final class DynamoDbIngestStore implements IngestStore {
    private final DynamoDbClient client;
    private final BatchReads reads;
    private final IngestWrites writes;
    private final String members;
    private final String identities;
    private final String orders;
    private final String activity;
    private final String results;

    /**
     * @param zone the store's, of the days on which orders are paid
     */
    public DynamoDbIngestStore(DynamoDbClient client, Env env, ZoneId zone) {
        this.client = client;
        this.reads = new BatchReads(client);
        this.writes = new IngestWrites(env, zone);
        this.members = env.membersTable();
        this.identities = env.identitiesTable();
        this.orders = env.ordersTable();
        this.activity = env.memberActivityTable();
        this.results = env.campaignResultsTable();
    }

    @Override
    public Snapshot load(
            Optional<OrderKey> order, Collection<Identity> named, Collection<ParcelKey> listed) {
        List<Map<String, AttributeValue>> orderKeys = new ArrayList<>();
        order.ifPresent(key -> orderKeys.add(OrderFormat.key(key.toString())));
        Set<ParcelKey> parcelsRead = new HashSet<>(listed);
        parcelsRead.forEach(key -> orderKeys.add(ParcelFormat.key(key)));
        Map<String, List<Map<String, AttributeValue>>> items =
                reads.read(
                        Map.of(
                                orders,
                                orderKeys,
                                identities,
                                named.stream().distinct().map(IdentityFormat::key).toList()));
        Optional<OrderRow> stored = Optional.empty();
        Map<ParcelKey, ParcelRow> parcels = new HashMap<>();
        for (Map<String, AttributeValue> item : items.get(orders)) {
            if (ParcelFormat.is(item)) {
                ParcelRow row = ParcelFormat.parcel(item);
                parcels.put(row.parcel().key(), row);
            } else {
                stored = Optional.of(OrderFormat.order(item));
            }
        }
        Map<Identity, IdentityRow> known = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, AttributeValue> item : items.get(identities)) {
            IdentityRow row = IdentityFormat.identity(item);
            known.put(row.identity(), row);
            row.memberId().ifPresent(ids::add);
        }
        stored.flatMap(OrderRow::memberId).ifPresent(ids::add);
        Set<ParcelKey> more =
                new HashSet<>(
                        stored.flatMap(row -> row.order().facts())
                                .map(OrderFacts::parcels)
                                .orElse(List.of()));
        more.removeAll(parcelsRead);
        return new Snapshot(stored, known, reached(ids, more, parcels), parcels);
    }

    /** The members with all to whom tombstones lead; the parcels not read yet come with them. */
    private Map<String, Member> reached(
            Set<String> ids, Set<ParcelKey> more, Map<ParcelKey, ParcelRow> parcels) {
        Map<String, Member> reached = new HashMap<>();
        Set<String> next = new HashSet<>(ids);
        Set<ParcelKey> unread = more;
        while (!next.isEmpty() || !unread.isEmpty()) {
            Map<String, List<Map<String, AttributeValue>>> items =
                    unread.isEmpty() && next.size() == 1
                            ? Map.of(orders, List.of(), members, only(next.iterator().next()))
                            : reads.read(
                                    Map.of(
                                            members,
                                            next.stream().map(MemberFormat::key).toList(),
                                            orders,
                                            unread.stream().map(ParcelFormat::key).toList()));
            next = new HashSet<>();
            unread = Set.of();
            for (Map<String, AttributeValue> item : items.get(orders)) {
                ParcelRow row = ParcelFormat.parcel(item);
                parcels.put(row.parcel().key(), row);
            }
            for (Map<String, AttributeValue> item : items.get(members)) {
                Member member = MemberFormat.member(item);
                reached.put(member.id(), member);
                member.mergedInto()
                        .filter(winner -> !reached.containsKey(winner))
                        .ifPresent(next::add);
            }
        }
        return reached;
    }

    /** Nearly always there is one member to read: asked for alone it costs the client less. */
    private List<Map<String, AttributeValue>> only(String member) {
        return Items.find(client, members, MemberFormat.key(member)).stream().toList();
    }

    @Override
    public List<Purchase> keptPurchases(Set<String> memberIds) {
        List<Purchase> kept = new ArrayList<>();
        for (String memberId : memberIds) {
            Map<String, Ledger> refunds = new HashMap<>();
            ledger(memberId, ActivityFormat.REVERSE).forEach(row -> refunds.put(row.order(), row));
            ledger(memberId, ActivityFormat.EARN)
                    .forEach(
                            row ->
                                    row.kept(Optional.ofNullable(refunds.get(row.order())))
                                            .ifPresent(kept::add));
        }
        return kept;
    }

    private List<Ledger> ledger(String memberId, String kind) {
        return Items.ofMember(client, activity, memberId, kind)
                .map(ActivityFormat::ledger)
                .toList();
    }

    @Override
    public List<Case> cases(Set<String> memberIds) {
        return new DynamoDbCaseStore(client, activity).of(memberIds);
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        return reads.touches(results, ids);
    }

    @Override
    public void commit(Changes changes) throws Conflict {
        Writes.commit(client, writes.of(changes), writes.cases(changes));
    }
}
