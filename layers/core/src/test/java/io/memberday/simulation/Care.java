package io.memberday.simulation;

import static io.memberday.simulation.Purchase.SILENT;

import io.memberday.care.Case;
import io.memberday.care.CaseFile;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.care.Routing;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Changes;
import io.memberday.ingest.OrderRow;
import io.memberday.member.Consents;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.TierLadder;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Store;
import io.memberday.simulation.Broken.Promise;
import io.memberday.touch.ServiceTouch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks on at care cases: at most one waits for each cause, and none is lost (R56). */
final class Care {
    private static final Set<CaseKind> COMPLAINTS =
            Set.of(CaseKind.PARCEL, CaseKind.SILENT, CaseKind.REVIEW);

    /** How the touch of a silent parcel ends. */
    private static final Set<String> FELL_SILENT = Set.of("call", "mass-delay");

    private final Tables tables;
    private final TierLadder ladder;
    private final Map<CaseId, Case> known = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final List<String> ends = new ArrayList<>();
    private int seen;

    Care(Tables tables, TierLadder ladder) {
        this.tables = tables;
        this.ladder = ladder;
    }

    /** What was seen. */
    List<String> ends() {
        return ends;
    }

    /** Looks at what has become of cases since the last look. */
    void look() {
        List<Case> written = tables.ingest.cases.written();
        while (seen < written.size()) {
            Case now = written.get(seen++);
            Optional<Case> before = Optional.ofNullable(known.put(now.id(), now));
            if (now.state() == Case.State.OPEN) {
                opened(before, now);
            } else {
                require(
                        before.filter(Case::waits).isPresent(),
                        Promise.ONE_CASE,
                        () -> before + " was worked on and is " + now);
                ends.add("case " + now.state().key());
            }
        }
    }

    /** People turned out to be one: of each cause one case goes on (R56). */
    void united(Changes changes) {
        if (changes.members().stream().allMatch(member -> member.mergedInto().isEmpty())) {
            return;
        }
        changes.cases().forEach(_ -> ends.add("case closed by a merge"));
        List<Case> waiting = tables.ingest.cases.all().stream().filter(Case::waits).toList();
        for (Case one : waiting) {
            for (Case other : waiting) {
                require(
                        one == other || !sameCause(one.id(), other.id()),
                        Promise.ONE_CASE,
                        () -> one + " waits beside " + other + " after a merge");
            }
        }
    }

    private void opened(Optional<Case> before, Case now) {
        before.ifPresent(
                old ->
                        require(
                                !old.waits()
                                        && now.openedAt().isAfter(old.closedAt().orElseThrow()),
                                Promise.ONE_CASE,
                                () -> old + " was opened over as " + now));
        for (Case other : tables.ingest.cases.all()) {
            require(
                    !other.waits()
                            || other.id().equals(now.id())
                            || !sameCause(other.id(), now.id()),
                    Promise.ONE_CASE,
                    () -> other + " waits beside " + now);
        }
        String kind = now.id().kind().key();
        ends.add("case " + (before.isPresent() ? "opened again " : "opened ") + kind);
    }

    /** A parcel and an order are there once; a channel is of each member. */
    private boolean sameCause(CaseId one, CaseId other) {
        return one.isOf(other)
                && (one.kind() != CaseKind.OPT_OUT || live(one).id().equals(live(other).id()));
    }

    private Member live(CaseId id) {
        return tables.live(id.memberId());
    }

    /** Somebody was told that a case is theirs now, or closed. */
    void told(Case changed) {
        require(
                told.add(changed.id() + " " + changed.version()),
                Promise.ONE_CASE,
                () -> "two were told that it is theirs: " + changed);
    }

    /** Somebody opens a case's file. */
    void read(Case work, Instant now) {
        if (work.id().memberId().equals(CareCase.NOBODY)) {
            return;
        }
        Member member = live(work.id());
        Set<String> family = family(member);
        Collection<Case> all = tables.ingest.cases.of(family);
        List<Order> orders = new ArrayList<>();
        for (OrderRow row : tables.ingest.orders.values()) {
            if (row.memberId().filter(family::contains).isPresent()) {
                orders.add(row.order());
            }
        }
        CaseFile file = CaseFile.of(work, member, all, orders, List.of(), ladder, now);
        boolean complains =
                all.stream().anyMatch(one -> one.waits() && COMPLAINTS.contains(one.id().kind()));
        require(
                file.others().size() == all.size() - 1
                        && (!complains || file.routing().equals(Optional.of(Routing.COMPLAINT))),
                Promise.NO_CASE_LOST,
                () -> "the file does not show all of " + all + ": " + file.answer());
    }

    private static Set<String> family(Member member) {
        Set<String> family = new HashSet<>(member.was());
        family.add(member.id());
        return family;
    }

    /** A refusal was written: of a member worth asking, somebody is to ask. */
    void refused(Member before, Member after) {
        after.consents()
                .byTopic()
                .forEach(
                        (topic, consent) -> {
                            boolean news =
                                    !consent.granted()
                                            && consent.explicit()
                                            && !refused(before.consents(), topic);
                            if (news && valuable(before, consent.at())) {
                                waits(
                                        CaseKind.OPT_OUT,
                                        topic.channel().key(),
                                        family(after),
                                        consent.at());
                            }
                        });
    }

    private static boolean refused(Consents consents, Consents.Topic topic) {
        return Optional.ofNullable(consents.byTopic().get(topic))
                .filter(said -> !said.granted())
                .isPresent();
    }

    private static boolean valuable(Member member, Instant at) {
        return member.purchases().recent().stream()
                        .filter(bought -> !bought.paidAt().isAfter(at))
                        .mapToLong(Purchase::minor)
                        .sum()
                >= Shop.VALUABLE;
    }

    /** What the day has told calls for a case, which waits or was closed since. */
    void lostNone(Map<String, Order> orders, Collection<Parcel> parcels) {
        orders.forEach(
                (key, order) ->
                        order.review()
                                .filter(review -> !review.good() && isSomebodys(order.key()))
                                .map(Review::at)
                                .ifPresent(at -> waits(CaseKind.REVIEW, key, Set.of(), at)));
        for (Parcel parcel : parcels) {
            boolean held =
                    Objects.requireNonNull(tables.ingest.parcels.get(parcel.key()))
                            .parcel()
                            .orders()
                            .stream()
                            .map(OrderKey::of)
                            .anyMatch(this::isSomebodys);
            parcel.at(ParcelStatus.EXCEPTION)
                    .filter(_ -> held)
                    .ifPresent(at -> waits(CaseKind.PARCEL, parcel.key().toString(), Set.of(), at));
        }
    }

    /** A parcel that no scan has put off fell silent, and somebody knows of it. */
    void known(ServiceTouch touch) {
        boolean known =
                tables.ingest.cases.all().stream()
                        .map(Case::id)
                        .anyMatch(
                                one ->
                                        one.kind() == CaseKind.MASS_DELAY
                                                || one.kind() == CaseKind.SILENT
                                                        && one.subject().equals(touch.subject()));
        require(
                known && FELL_SILENT.contains(reason(touch)),
                Promise.NO_CASE_LOST,
                () -> "nobody knows of a silent parcel: " + touch);
    }

    /**
     * Up to the store's number each silent parcel of a day is a case, and one more is one for all;
     * the day after such a day has none of its own.
     */
    void massDelays(Collection<ServiceTouch> touches, Store store) {
        int most = store.logistics().massDelay();
        Map<LocalDate, List<ServiceTouch>> days =
                touches.stream()
                        .filter(touch -> touch.touchpoint().equals(SILENT))
                        .filter(touch -> FELL_SILENT.contains(reason(touch)))
                        .collect(
                                Collectors.groupingBy(
                                        touch -> touch.since().atZone(store.zone()).toLocalDate(),
                                        TreeMap::new,
                                        Collectors.toList()));
        boolean many = false;
        for (List<ServiceTouch> day : days.values()) {
            long single = day.stream().filter(this::isSingle).count();
            boolean goesOn = many;
            require(
                    single <= (goesOn ? 0 : most),
                    Promise.MASS_DELAY,
                    () -> "%d of %d silent parcels are cases".formatted(single, day.size()));
            if (goesOn) {
                ends.add("a mass delay goes on");
            }
            many |= day.size() > most;
        }
        long told =
                tables.ingest.cases.written().stream()
                        .filter(one -> one.id().kind() == CaseKind.MASS_DELAY)
                        .filter(one -> one.state() == Case.State.OPEN)
                        .count();
        boolean any = many;
        require(
                told == (any ? 1 : 0),
                Promise.MASS_DELAY,
                () -> "%d mass delays of %s".formatted(told, days));
    }

    private boolean isSingle(ServiceTouch touch) {
        return tables.ingest.cases.all().stream()
                .map(Case::id)
                .anyMatch(
                        one ->
                                one.kind() == CaseKind.SILENT
                                        && one.subject().equals(touch.subject()));
    }

    private static String reason(ServiceTouch touch) {
        return touch.outcome().orElseThrow().reason();
    }

    private boolean isSomebodys(OrderKey key) {
        OrderRow row = tables.ingest.orders.get(key);
        return row != null && row.memberId().isPresent();
    }

    /**
     * @param family under one of whose ids it stands; whoever's if that is empty
     */
    private void waits(CaseKind kind, String subject, Set<String> family, Instant at) {
        require(
                tables.ingest.cases.all().stream()
                        .filter(one -> one.id().kind() == kind)
                        .filter(one -> one.id().subject().equals(subject))
                        .filter(one -> family.isEmpty() || family.contains(one.id().memberId()))
                        .anyMatch(one -> one.waits() || !isBefore(one, at)),
                Promise.NO_CASE_LOST,
                () -> "nobody sees to " + kind + " " + subject + " of " + at);
    }

    private static boolean isBefore(Case closed, Instant at) {
        return closed.closedAt().orElseThrow().isBefore(at);
    }

    private static void require(boolean holds, Promise promise, Supplier<String> what) {
        Promises.require(holds, promise, what);
    }
}
