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
 * number each opens a case; the next one opens a case for all that follow; those only end.
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
        List<CareCase> work = new ArrayList<>();
        for (Map.Entry<String, String> scope : scopes(grounds).entrySet()) {
            Count count = touches.count(scope.getKey() + "@" + day);
            if (count.value() > most) {
                return new Decision.Call(grounds, List.of(), MASS);
            }
            if (count.value() == most) {
                work.add(
                        new CareCase(
                                CareCase.NOBODY,
                                touch.since(),
                                MASS,
                                count.key(),
                                "more than %d parcels of %s fell silent on %s: no case is opened for any further one"
                                        .formatted(most, scope.getValue(), day)));
            }
            counts.add(count);
        }
        return new Decision.Call(
                grounds.counting(counts), work.isEmpty() ? List.of(single) : work, "call");
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
