package io.memberday.local.shop;

import io.memberday.json.Json;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The webhooks of a carrier, told in our canonical JSON by a bridge. */
final class CarrierPayload {

    /** What the carrier tells of a parcel. */
    Webhook scan(Person receiver, String parcel, String status, Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("carrier", MarketplacePayload.CARRIER);
        body.put("number", parcel);
        body.put("status", status);
        body.put("at", at.toString());
        body.put("city", receiver.home().city());
        return new Webhook(
                receiver.number(), "memberday", "/logistics/memberday", Map.of(), Json.write(body));
    }
}
