package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Order;
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
                case Purchase.SILENT -> silent(read, what);
                default -> {}
            }
        };
    }

    /** Nobody has scanned it for as long as it takes where it stands, as far as was answered. */
    private void silent(ServiceTouch touch, String what) {
        Parcel parcel = parcels.get(ParcelKey.of(touch.parcel().orElseThrow()));
        if (parcel == null || parcel.lastScan().isEmpty()) {
            return;
        }
        Duration allowed =
                switch (parcel.stands().orElseThrow().status()) {
                    case SHIPPED -> Shop.SILENT.shipped();
                    case ARRIVED -> Shop.SILENT.arrived();
                    default -> Shop.SILENT.inTransit();
                };
        Instant from = parcel.lastScan().get().at().plus(allowed);
        require(
                !stage.now().plus(SKEW).isBefore(from)
                        && parcel.at(ParcelStatus.EXCEPTION).isEmpty(),
                Promise.SILENT,
                what + " though it is not silent before " + from + ": " + parcel);
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
