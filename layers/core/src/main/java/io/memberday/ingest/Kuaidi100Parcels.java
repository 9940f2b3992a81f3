package io.memberday.ingest;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what Kuaidi100 快递100 pushes of a subscribed parcel: its whole history, newest first, with
 * plain states and with advanced ones ({@code resultv2}).
 *
 * @see <a href="https://github.com/kuaidi100-api/java-demo">Kuaidi100's own examples</a>
 */
public final class Kuaidi100Parcels {
    /** The source's name in paths. */
    public static final String SOURCE = "kuaidi100";

    /** By state: the codes of scans and wholes, and the words of pushes without codes. */
    private static final Map<ParcelStatus, List<String>> STATES =
            Map.of(
                    ParcelStatus.SHIPPED,
                    List.of("1", "103", "揽收"),
                    ParcelStatus.IN_TRANSIT,
                    List.of("0", "1002", "1003", "7", "8", "10", "11", "12", "在途", "转投", "清关"),
                    ParcelStatus.ARRIVED,
                    List.of("1001", "5", "501", "派件"),
                    ParcelStatus.SIGNED,
                    List.of("3", "301", "302", "303", "304", "签收"),
                    ParcelStatus.EXCEPTION,
                    List.of(
                            "2", "203", "204", "205", "206", "207", "208", "209", "13", "14", "疑难",
                            "拒签"),
                    ParcelStatus.RETURNED,
                    List.of("4", "6", "退签", "退回"));

    private static final Map<String, ParcelStatus> STATUSES = statuses();

    /** Ordered, waiting to be collected, called off: the carrier never had it in its hands. */
    private static final Set<String> NO_SCANS = Set.of("101", "102", "401", "210");

    private static final String LAST = "lastResult";

    private final Store store;

    public Kuaidi100Parcels(Store store) {
        this.store = store;
    }

    private static Map<String, ParcelStatus> statuses() {
        Map<String, ParcelStatus> statuses = new HashMap<>();
        STATES.forEach((status, states) -> states.forEach(one -> statuses.put(one, status)));
        return Map.copyOf(statuses);
    }

    /**
     * Reads one push, the form's field {@code param}.
     *
     * @return what it tells of its parcel: under each carrier's name by which the shop may know it,
     *     where Kuaidi100 has found the carrier to be another one; none if it holds no scan
     * @throws io.memberday.json.BadInput if it is no such push
     */
    public List<Parcel> read(String param, Instant now) {
        Fields push = Json.read(param);
        Fields last = push.object(LAST);
        PushedScans scans = new PushedScans(store.zone(), now);
        gather(last, scans);
        // Of a parcel that went abroad: what the carrier of the destination tells.
        push.optionalObject("destResult").ifPresent(abroad -> gather(abroad, scans));
        List<Parcel> told = new ArrayList<>();
        for (ParcelKey key : keys(push, last)) {
            scans.of(key).ifPresent(told::add);
        }
        return told;
    }

    private Set<ParcelKey> keys(Fields push, Fields last) {
        Set<ParcelKey> keys = new LinkedHashSet<>();
        keys.add(Payload.parcel(last, "com", "nu", store.logistics()));
        for (String name : List.of("comOld", "comNew")) {
            push.optionalText(name)
                    .map(store.logistics()::carrier)
                    .filter(carrier -> !carrier.isEmpty())
                    .ifPresent(
                            carrier ->
                                    keys.add(
                                            new ParcelKey(
                                                    carrier, keys.iterator().next().number())));
        }
        return keys;
    }

    private static void gather(Fields result, PushedScans scans) {
        Optional<Instant> newest = Optional.empty();
        for (Fields scan : result.objects("data")) {
            String code = scan.optionalId("statusCode").orElse("");
            Optional<Instant> at =
                    NO_SCANS.contains(code) ? Optional.empty() : scans.time(scan, "ftime", "time");
            at.ifPresent(
                    time ->
                            scans.add(
                                    status(code)
                                            .or(
                                                    () ->
                                                            status(
                                                                    scan.optionalText("status")
                                                                            .orElse(""))),
                                    time,
                                    city(scan.optionalText("areaName").orElse(""))));
            newest = newest.filter(known -> at.filter(known::isBefore).isEmpty()).or(() -> at);
        }
        newest.ifPresent(
                at ->
                        status(result.optionalId("state").orElse(""))
                                .ifPresent(state -> scans.whole(state, at)));
    }

    private static Optional<ParcelStatus> status(String state) {
        return Optional.ofNullable(STATUSES.get(state));
    }

    /** The city of an area such as {@code 浙江,杭州市,西湖区}; of {@code 上海市} that itself. */
    private static String city(String area) {
        String[] parts = area.split(",");
        return parts.length > 1 ? parts[1] : parts[0];
    }
}
