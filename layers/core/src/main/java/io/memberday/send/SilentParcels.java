package io.memberday.send;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.ParcelRow;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.Parcel.Scan;
import io.memberday.playbook.Store;
import io.memberday.send.TouchDecisions.Decision;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.ServiceTouchStore.Count;
import io.memberday.touch.ServiceTouchStore.Grounds;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells a silent parcel that is trouble of its own from one of a mass delay (R22). The silent
 * parcels of a carrier, and those last seen in a city, are counted by the day on which they fell
 * silent, each in the transaction that ends its touch, so each counts once. Up to the store's
 * number each opens a case; the next one opens a case for all that follow; those only end. The day
 * after such a day goes on with its delay: what falls silent then belongs to the same case, however
 * much it is. So a delay is told once, and again only after a day on which no more than the store's
 * number fell silent; and not even then while its case is open.
 */
final class SilentParcels {
    private static final String MASS = "mass-delay";

    private final ServiceTouchStore touches;
    private final Store store;

    SilentParcels(ServiceTouchStore touches, Store store) {
        this.touches = touches;
        this.store = store;
    }

    /**
     * What a silent parcel calls for.
     *
     * @param single the case that it is on its own
     */
    Decision.Call call(ServiceTouch touch, Grounds grounds, CareCase single) {
        LocalDate day = touch.since().atZone(store.zone()).toLocalDate();
        int most = store.logistics().massDelay();
        List<Count> counts = new ArrayList<>();
        Map<String, String> begun = new TreeMap<>();
        boolean goesOn = false;
        for (Map.Entry<String, String> scope : scopes(grounds).entrySet()) {
            Count count = count(scope.getKey(), day);
            if (count.value() > most) {
                return new Decision.Call(grounds, List.of(), MASS);
            }
            counts.add(count);
            if (count(scope.getKey(), day.minusDays(1)).value() > most) {
                goesOn = true;
            } else if (count.value() == most) {
                begun.put(scope.getKey(), scope.getValue());
            }
        }
        Grounds counting = grounds.counting(counts);
        if (!begun.isEmpty()) {
            return new Decision.Call(counting, List.of(delay(begun, touch, day)), "call");
        }
        return goesOn
                ? new Decision.Call(counting, List.of(), MASS)
                : new Decision.Call(counting, List.of(single), "call");
    }

    private Count count(String scope, LocalDate day) {
        return touches.count(scope + "@" + day);
    }

    /**
     * One case, also where the same parcel is one too many for its carrier and its city: the first
     * names the case, and both are told.
     */
    private CareCase delay(Map<String, String> begun, ServiceTouch touch, LocalDate day) {
        return new CareCase(
                CareCase.NOBODY,
                touch.since(),
                MASS,
                begun.keySet().iterator().next(),
                "more than %d parcels of %s fell silent on %s: while that goes on from day to day, no case is opened for any further one"
                        .formatted(
                                store.logistics().massDelay(),
                                String.join(" and of ", begun.values()),
                                day));
    }

    /** What is counted, and how people call it. */
    private static Map<String, String> scopes(Grounds grounds) {
        Map<String, String> scopes = new TreeMap<>();
        Optional<Parcel> parcel = grounds.parcel().map(ParcelRow::parcel);
        parcel.ifPresent(
                known ->
                        scopes.put(
                                "carrier:" + known.key().carrier(),
                                "carrier " + known.key().carrier()));
        parcel.flatMap(Parcel::lastScan)
                .map(Scan::city)
                .filter(city -> !city.isEmpty())
                .ifPresent(city -> scopes.put("city:" + city, "those last seen in " + city));
        return scopes;
    }
}
