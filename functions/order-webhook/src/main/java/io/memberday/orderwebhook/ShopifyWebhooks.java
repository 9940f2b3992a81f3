package io.memberday.orderwebhook;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ShopifyOrders;
import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;

/**
 * The source {@code shopify}. Its signature covers neither time nor headers, so a recorded body can
 * be sent again; that changes nothing, as the order has its version.
 *
 * @see <a href="https://shopify.dev/docs/apps/build/webhooks/verify-deliveries">deliveries</a>
 */
record ShopifyWebhooks(ShopifyOrders orders, OrderIngest ingest) implements Source {
    private static final String SIGNATURE = "x-shopify-hmac-sha256";
    private static final String TOPIC = "x-shopify-topic";
    private static final String SHOP = "x-shopify-shop-domain";

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.plain(request.header(SIGNATURE), request.body(), secrets);
    }

    @Override
    public Taken take(WebhookRequest request, Instant now) {
        return orders.read(
                        request.header(TOPIC).orElse(""),
                        request.header(SHOP).orElse(""),
                        request.text(),
                        now)
                .map(event -> Taken.of(ingest.take(event)))
                .orElse(Taken.IGNORED);
    }
}
