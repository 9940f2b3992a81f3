package io.memberday.local.shop;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated order as the shop knows it at a moment. Each step gives another, of a higher version.
 *
 * @param number the shop's, digits only
 * @param buyer whose it is
 * @param onSite whether it was placed on the shop's own site, else on the marketplace
 * @param showsPhone whether the buyer's phone stands on it
 * @param times of the steps taken
 * @param items what was bought
 * @param refund in hundredths of the currency's unit, and when
 * @param parcel the carrier's number once it is shipped
 */
record ShopOrder(
        long number,
        Person buyer,
        boolean onSite,
        boolean showsPhone,
        Map<Step, Instant> times,
        List<Item> items,
        Optional<Refund> refund,
        Optional<String> parcel) {

    /** What an order goes through. */
    enum Step {
        CREATED,
        PAID,
        SHIPPED,
        SIGNED,
        CONFIRMED,
        CLOSED
    }

    /**
     * @param quantity at least 1
     */
    record Item(Good good, int quantity) {
        long minor() {
            return good.minor() * quantity;
        }
    }

    record Refund(long minor, Instant at) {}

    ShopOrder {
        times = Map.copyOf(times);
        items = List.copyOf(items);
    }

    /** An order that was just placed. */
    static ShopOrder placed(
            long number,
            Person buyer,
            boolean onSite,
            boolean showsPhone,
            List<Item> items,
            Instant at) {
        return new ShopOrder(
                number,
                buyer,
                onSite,
                showsPhone,
                Map.of(Step.CREATED, at),
                items,
                Optional.empty(),
                Optional.empty());
    }

    /** One step further. */
    ShopOrder step(Step step, Instant at) {
        Map<Step, Instant> taken = new EnumMap<>(times);
        taken.put(step, at);
        return new ShopOrder(number, buyer, onSite, showsPhone, taken, items, refund, parcel);
    }

    /** On its way under a carrier's number. */
    ShopOrder shipped(String parcelNumber, Instant at) {
        ShopOrder step = step(Step.SHIPPED, at);
        return new ShopOrder(
                number,
                buyer,
                onSite,
                showsPhone,
                step.times,
                items,
                refund,
                Optional.of(parcelNumber));
    }

    /** With money given back. */
    ShopOrder refunded(long minor, Instant at) {
        return new ShopOrder(
                number,
                buyer,
                onSite,
                showsPhone,
                times,
                items,
                Optional.of(new Refund(minor, at)),
                parcel);
    }

    Optional<Instant> at(Step step) {
        return Optional.ofNullable(times.get(step));
    }

    Instant createdAt() {
        return at(Step.CREATED).orElseThrow();
    }

    /** When anything last happened to it. */
    Instant changedAt() {
        Instant latest = times.values().stream().max(Instant::compareTo).orElseThrow();
        return refund.map(Refund::at).filter(at -> at.isAfter(latest)).orElse(latest);
    }

    /** What the buyer pays, in hundredths of the currency's unit. */
    long totalMinor() {
        return items.stream().mapToLong(Item::minor).sum();
    }

    /** Higher with all that happens. */
    int version() {
        return times.size() + (refund.isPresent() ? 1 : 0);
    }

    /** Whether it is a purchase that the shop may count: paid, and not all of it given back. */
    boolean kept() {
        return times.containsKey(Step.PAID)
                && refund.map(given -> given.minor() < totalMinor()).orElse(true);
    }
}
