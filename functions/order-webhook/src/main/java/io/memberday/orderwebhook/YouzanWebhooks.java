package io.memberday.orderwebhook;

import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.PrivacyRequest;
import io.memberday.ingest.Signatures;
import io.memberday.ingest.YouzanOrders;
import io.memberday.json.Json;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source {@code youzan}. A secret is {@code client_id:client_secret}. Youzan takes an answer
 * for a good one if it holds the word success, and sends again what is answered otherwise; what a
 * message is about stands in its signed body and not in its headers.
 *
 * @see <a href="https://doc.youzanyun.com">message service</a>
 */
record YouzanWebhooks(YouzanOrders orders, OrderIngest ingest, PrivacyIngest privacy)
        implements Storefront {
    private static final String SIGNATURE = "Event-Sign";

    @Override
    public String signature() {
        return SIGNATURE;
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.enclosed(request.header(SIGNATURE), request.body(), secrets);
    }

    @Override
    public Optional<OrderEvent> event(WebhookRequest request, Instant now) {
        return orders.read(request.text(), now);
    }

    @Override
    public Optional<PrivacyRequest> asked(WebhookRequest request, Instant now) {
        return orders.request(request.text(), now);
    }

    @Override
    public String answer(Taken taken) {
        return Json.write(Map.of("code", 0, "msg", "success"));
    }

    /** Without the error's text, which may quote the message, and with it the word that counts. */
    @Override
    public String refusal(int status, String error) {
        return Json.write(Map.of("code", status, "msg", "failed"));
    }
}
