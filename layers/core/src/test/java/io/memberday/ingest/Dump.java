package io.memberday.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.memberday.ingest.Activity.Ledger;
import io.memberday.member.Member;
import io.memberday.order.OrderKey;
import io.memberday.order.Reply;
import io.memberday.touch.ServiceTouch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two histories must agree on (P1): Members, Identities, Orders and ledger, with members named
 * by their identities and their orders instead of their random ids, and without versions and the
 * traces of merges.
 */
public final class Dump {
    private Dump() {}

    public static String of(InMemoryIngestStore store) {
        Map<String, TreeSet<String>> names = new HashMap<>();
        store.identities
                .values()
                .forEach(
                        row ->
                                row.memberId()
                                        .ifPresent(
                                                id ->
                                                        names.computeIfAbsent(
                                                                        live(store, id).id(),
                                                                        _ -> new TreeSet<>())
                                                                .add(row.identity().key())));
        store.orders
                .values()
                .forEach(
                        row ->
                                row.memberId()
                                        .ifPresent(
                                                id ->
                                                        names.computeIfAbsent(
                                                                        live(store, id).id(),
                                                                        _ -> new TreeSet<>())
                                                                .add(row.order().key() + "")));
        List<String> lines = new ArrayList<>();
        for (Member member : store.members.values()) {
            if (member.mergedInto().isEmpty()) {
                lines.add("member " + names.get(member.id()) + " " + plain(member));
            }
        }
        store.orders.forEach(
                (key, row) ->
                        lines.add(
                                "order "
                                        + row.order()
                                        + sorted(row.order().refunds())
                                        + row.order().replies().values().stream()
                                                .map(Reply::text)
                                                .toList()
                                        + row.earned()
                                        + "/"
                                        + row.reversed()
                                        + row.memberId()
                                                .map(id -> names.get(live(store, id).id()))));
        store.parcels.forEach(
                (key, row) ->
                        lines.add(
                                "parcel "
                                        + key
                                        + new TreeSet<>(row.parcel().orders())
                                        + sorted(row.parcel().statuses())
                                        + row.parcel().stands()
                                        + row.parcel().lastScan()));
        for (Activity row : store.activity.values()) {
            if (row instanceof Ledger ledger) {
                lines.add(
                        "ledger "
                                + ledger.item()
                                + " "
                                + ledger.points()
                                + " "
                                + ledger.minor()
                                + " "
                                + ledger.at()
                                + names.get(live(store, row.memberId()).id()));
            }
        }
        for (ServiceTouch touch : store.touches.values()) {
            lines.add(
                    "touch "
                            + touch.id()
                            + " "
                            + due(touch)
                            + " "
                            + touch.order()
                            + names.get(live(store, touch.memberId()).id()));
        }
        lines.sort(null);
        return String.join("\n", lines);
    }

    /** Once it is done, when the clock looked last says nothing of what was told. */
    private static Object due(ServiceTouch touch) {
        return touch.state() == ServiceTouch.State.ENDED ? touch.state() : touch.dueAt();
    }

    static Member live(InMemoryIngestStore store, String id) {
        Member member = store.members.get(id);
        return member.mergedInto().map(winner -> live(store, winner)).orElse(member);
    }

    /** Ledger rows by the member to whom they belong today. */
    static Map<String, List<Ledger>> ledgers(InMemoryIngestStore store) {
        return store.activity.values().stream()
                .filter(Ledger.class::isInstance)
                .map(Ledger.class::cast)
                .collect(groupingBy(row -> live(store, row.memberId()).id()));
    }

    static TreeSet<OrderKey> keptOrders(InMemoryIngestStore store, String memberId) {
        return store.orders.values().stream()
                .filter(
                        row ->
                                row.memberId()
                                        .filter(id -> live(store, id).id().equals(memberId))
                                        .isPresent())
                .filter(row -> row.order().kept().isPresent())
                .map(row -> row.order().key())
                .collect(toCollection(TreeSet::new));
    }

    private static String plain(Member member) {
        return member.since()
                + sorted(member.profile().fields())
                + sorted(member.consents().byTopic())
                + member.purchases()
                + sorted(member.openOrders())
                + member.points()
                + member.tier()
                + sorted(member.tags())
                + sorted(member.untagged())
                + sorted(member.attributes().byName())
                + member.lastLogin()
                + sorted(member.behaviour().last())
                + member.refundedOrders()
                + sorted(member.counters())
                + sorted(member.claims())
                + sorted(member.dead());
    }

    private static <K, V> String sorted(Map<K, V> map) {
        return new TreeMap<>(map).toString();
    }
}
