package io.memberday.ingest;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.TouchPlanner;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an order with its parcels calls for: messages, and work for a person where a parcel is in
 * trouble (R22) or a review is not good (R24). Whoever comes first, order or parcel, the later one
 * finds what is called for now and was not before.
 *
 * @param touches by id
 * @param cases by item
 */
record ParcelCalls(Map<String, ServiceTouch> touches, Map<String, CareCase> cases) {
    static final ParcelCalls NONE = new ParcelCalls(Map.of(), Map.of());

    private static final String CASE = "parcel";
    private static final String REVIEW = "review";

    /**
     * @param memberId whom messages are for
     * @param home under which member's id the order stands: its cases do, too, whoever is merged
     */
    static ParcelCalls of(
            TouchPlanner planner,
            Order order,
            Map<ParcelKey, Parcel> parcels,
            String memberId,
            String home) {
        Map<String, CareCase> cases = new TreeMap<>();
        for (ParcelKey key : order.facts().map(OrderFacts::parcels).orElse(List.of())) {
            Parcel parcel = parcels.getOrDefault(key, Parcel.unseen(key));
            parcel.at(ParcelStatus.EXCEPTION)
                    .map(
                            at ->
                                    new CareCase(
                                            home,
                                            at,
                                            CASE,
                                            key.toString(),
                                            "the carrier reports an exception, order "
                                                    + order.key()))
                    .ifPresent(work -> cases.put(work.item(), work));
        }
        order.review()
                .filter(review -> !review.good())
                .map(
                        review ->
                                new CareCase(
                                        home,
                                        review.at(),
                                        REVIEW,
                                        order.key().toString(),
                                        "a review of %d of %d stars, review %s"
                                                .formatted(
                                                        review.stars(), Review.BEST, review.id())))
                .ifPresent(work -> cases.put(work.item(), work));
        return new ParcelCalls(planner.calledFor(order, parcels, memberId), cases);
    }
}
