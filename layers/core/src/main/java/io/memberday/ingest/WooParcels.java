package io.memberday.ingest;

import io.memberday.json.Fields;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Logistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the parcels of a WooCommerce order. WooCommerce itself tells none; its extension Shipment
 * Tracking writes them among the order's meta data, and so do the plugins that keep to its form,
 * such as Advanced Shipment Tracking.
 *
 * @see <a href="https://woocommerce.com/document/shipment-tracking/">Shipment Tracking</a>
 */
final class WooParcels {
    private static final String TRACKING = "_wc_shipment_tracking_items";

    private WooParcels() {}

    /** A parcel whose carrier or number cannot be read is passed over. */
    static List<ParcelKey> of(Fields order, Logistics logistics) {
        List<ParcelKey> parcels = new ArrayList<>();
        for (Fields meta : Payload.each(order, "meta_data")) {
            if (Payload.written(meta, "key").equals(TRACKING)) {
                for (Fields item : Payload.each(meta, "value")) {
                    Payload.told(carrier(item), Payload.written(item, "tracking_number"), logistics)
                            .ifPresent(parcels::add);
                }
            }
        }
        return parcels;
    }

    /** One of the extension's own list, or one that the shop typed in. */
    private static String carrier(Fields item) {
        String listed = Payload.written(item, "tracking_provider");
        return listed.isEmpty() ? Payload.written(item, "custom_tracking_provider") : listed;
    }
}
