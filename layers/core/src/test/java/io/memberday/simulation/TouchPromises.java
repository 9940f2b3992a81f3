package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.simulation.Broken.Promise;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.ServiceTouchStore.About;
import io.memberday.touch.ServiceTouchStore.Grounds;
import io.memberday.touch.ServiceTouchStore.Promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks on at touches of touchpoints, and holds them against what was answered to their cause. */
final class TouchPromises {
    /** What two machines' clocks may differ by. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Tables tables;
    private final Promises promises;
    private final Stage stage;
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<ParcelKey, Parcel> parcels = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<String> ends = new ArrayList<>();

    TouchPromises(Tables tables, Promises promises, Stage stage) {
        this.tables = tables;
        this.promises = promises;
        this.stage = stage;
    }

    /** An event about an order was answered. */
    void accepted(Order order) {
        orders.merge(order.key().toString(), order, Order::join);
    }

    /** A carrier's event was answered. */
    void accepted(Parcel parcel) {
        parcels.merge(parcel.key(), parcel, Parcel::join);
    }

    /** All orders of which something was answered, as far as it was. */
    Map<String, Order> orders() {
        return orders;
    }

    Collection<Parcel> parcels() {
        return parcels.values();
    }

    /** What was seen. */
    List<String> ends() {
        return ends;
    }

    Wire.Look claiming(
            ServiceTouch read, ServiceTouch next, Grounds grounds, Optional<?> promotion) {
        Member member = grounds.member();
        Member now = tables.ingest.members.get(member.id());
        String key = grounds.about().order().key().toString();
        Optional<Parcel> parcel =
                grounds.parcel().map(row -> tables.touchStore.parcel(row.parcel().key()).parcel());
        Optional<Order> order = tables.touchStore.order(key).map(About::order);
        Optional<Order> known = Optional.ofNullable(orders.get(key));
        return answer -> {
            if (!Boolean.TRUE.equals(answer)) {
                return;
            }
            String what = "touch " + read.id() + " claimed";
            require(
                    !ended.contains(read.id()),
                    read.touchpoint().equals(Purchase.SILENT)
                            ? Promise.SILENT
                            : Promise.SERVICE_ONCE,
                    what + " though it ended");
            if (promotion.isPresent()) {
                promises.promoted(read, now, member, (Promotion) promotion.get());
            } else {
                boolean may =
                        next.state() == State.ENDED
                                || now.consents().allow(Channel.SMS, Kind.SERVICE);
                require(
                        now.mergedInto().isEmpty() && may,
                        Promise.MERGED,
                        what + " for a member who is not the same any more");
            }
            require(
                    parcel.flatMap(scanned -> scanned.at(ParcelStatus.SIGNED)).isEmpty(),
                    Promise.SIGNED,
                    what + " after it was signed for");
            replaced(next, answer);
            require(
                    read.parcel().isEmpty()
                            || Stream.concat(known.stream(), order.stream())
                                    .flatMap(one -> one.facts().stream())
                                    .anyMatch(facts -> facts.parcels().contains(parcelOf(read))),
                    Promise.CORRECTED,
                    what + " of another parcel than those of " + known);
            switch (read.touchpoint()) {
                case "payment-reminder" ->
                        require(
                                order.flatMap(Order::openSince).isPresent()
                                        && known.map(told -> told.openSince().isPresent())
                                                .orElse(true),
                                Promise.UNPAID,
                                what + " after the payment");
                case Purchase.REVIEW_CARE ->
                        // A better one may have been written and not been answered.
                        require(
                                next.state() == State.ENDED
                                        || Stream.of(known, order)
                                                .flatMap(Optional::stream)
                                                .flatMap(one -> one.review().stream())
                                                .reduce(Review::join)
                                                .filter(review -> !review.good())
                                                .isEmpty(),
                                Promise.REVIEWED,
                                what + " by whose review is bad");
                case Purchase.REVIEW_GIFT ->
                        require(
                                known.flatMap(Order::review).isEmpty(),
                                Promise.REVIEWED,
                                what + " by who has reviewed");
                case Purchase.SILENT -> silent(read, parcel, what);
                case Purchase.SIGNED -> known.ifPresent(told -> signed(told, what));
                default -> {}
            }
        };
    }

    private static ParcelKey parcelOf(ServiceTouch touch) {
        return ParcelKey.of(touch.parcel().orElseThrow());
    }

    /** As far as was answered. */
    private void signed(Order order, String what) {
        order.facts().map(OrderFacts::parcels).orElse(List.of()).stream()
                .flatMap(key -> Optional.ofNullable(parcels.get(key)).stream())
                .flatMap(parcel -> parcel.at(ParcelStatus.SIGNED).stream())
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(Purchase.SIGNED_AFTER))
                .ifPresent(
                        due ->
                                require(
                                        !stage.now().plus(SKEW).isBefore(due),
                                        Promise.ALL_SIGNED,
                                        what + " before " + due));
    }

    /**
     * Nobody has scanned it for as long as it takes where it stands: as far as was answered, or as
     * its row says, where a later scan stands that was not answered yet.
     */
    private void silent(ServiceTouch touch, Optional<Parcel> row, String what) {
        Parcel known = parcels.get(parcelOf(touch));
        if (known == null || known.lastScan().isEmpty()) {
            return;
        }
        Instant from =
                Stream.concat(Stream.of(known), row.stream())
                        .filter(parcel -> parcel.lastScan().isPresent())
                        .map(TouchPromises::silentFrom)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        require(
                !stage.now().plus(SKEW).isBefore(from)
                        && known.at(ParcelStatus.EXCEPTION).isEmpty(),
                Promise.SILENT,
                what + " though it is not silent before " + from + ": " + known);
    }

    private static Instant silentFrom(Parcel parcel) {
        Duration allowed =
                switch (parcel.stands().orElseThrow().status()) {
                    case SHIPPED -> Shop.SILENT.shipped();
                    case ARRIVED -> Shop.SILENT.arrived();
                    default -> Shop.SILENT.inTransit();
                };
        return parcel.lastScan().orElseThrow().at().plus(allowed);
    }

    Wire.Look replacing(ServiceTouch next) {
        return answer -> {
            replaced(next, answer);
            boolean putOff =
                    next.state() == State.PLANNED && next.touchpoint().equals(Purchase.SILENT);
            if (putOff && Boolean.TRUE.equals(answer)) {
                ends.add("silent put off");
            }
        };
    }

    private void replaced(ServiceTouch next, Object answer) {
        if (Boolean.TRUE.equals(answer) && next.state() == State.ENDED) {
            ended.add(next.id());
        }
    }

    /** A carrier's event was written: of silent parcels it may move the touch. */
    void moved(List<ServiceTouch> touches) {
        touches.stream()
                .filter(touch -> touch.touchpoint().equals(Purchase.SILENT))
                .forEach(_ -> ends.add("silent moved"));
    }

    private static void require(boolean holds, Promise promise, String what) {
        Promises.require(holds, promise, () -> what);
    }
}
