package io.memberday.orderwebhook;

import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.PrivacyRequest;
import io.memberday.ingest.ShopifyOrders;
import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The source {@code shopify}. Its signature covers neither time nor headers, so a recorded body can
 * be sent again; that changes nothing, as the order has its version.
 *
 * @see <a href="https://shopify.dev/docs/apps/build/webhooks/verify-deliveries">deliveries</a>
 */
record ShopifyWebhooks(ShopifyOrders orders, OrderIngest ingest, PrivacyIngest privacy)
        implements Storefront {
    private static final String SIGNATURE = "X-Shopify-Hmac-SHA256";
    private static final String TOPIC = "x-shopify-topic";
    private static final String SHOP = "x-shopify-shop-domain";

    @Override
    public String signature() {
        return SIGNATURE;
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.plain(request.header(SIGNATURE), request.body(), secrets);
    }

    @Override
    public Optional<OrderEvent> event(WebhookRequest request, Instant now) {
        return orders.read(topic(request), shop(request), request.text(), now);
    }

    @Override
    public Optional<PrivacyRequest> asked(WebhookRequest request, Instant now) {
        return orders.request(topic(request), shop(request), request.text(), now);
    }

    private static String topic(WebhookRequest request) {
        return request.header(TOPIC).orElse("");
    }

    private static String shop(WebhookRequest request) {
        return request.header(SHOP).orElse("");
    }
}
