package io.memberday.orderwebhook;

import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.PrivacyRequest;
import io.memberday.ingest.Signatures;
import io.memberday.ingest.WooOrders;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The source {@code woocommerce}. It tries a new webhook by an unsigned form, which is answered and
 * nothing more.
 *
 * @see <a href="https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks">webhooks</a>
 */
record WooWebhooks(WooOrders orders, OrderIngest ingest, PrivacyIngest privacy)
        implements Storefront {
    private static final String SIGNATURE = "X-WC-Webhook-Signature";
    private static final String TOPIC = "x-wc-webhook-topic";
    private static final String SITE = "x-wc-webhook-source";
    private static final Pattern PING = Pattern.compile("webhook_id=\\d{1,18}");
    private static final int LONGEST_PING = 40;

    @Override
    public String signature() {
        return SIGNATURE;
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return ping(request)
                || Signatures.wordPress(request.header(SIGNATURE), request.body(), secrets);
    }

    @Override
    public Taken take(WebhookRequest request, Instant now) {
        return ping(request) ? Taken.IGNORED : Storefront.super.take(request, now);
    }

    @Override
    public Optional<OrderEvent> event(WebhookRequest request, Instant now) {
        return orders.read(topic(request), site(request), request.text(), now);
    }

    @Override
    public Optional<PrivacyRequest> asked(WebhookRequest request, Instant now) {
        return orders.request(topic(request), site(request), request.text(), now);
    }

    private static boolean ping(WebhookRequest request) {
        byte[] body = request.body();
        return body.length <= LONGEST_PING
                && PING.matcher(new String(body, StandardCharsets.ISO_8859_1)).matches();
    }

    private static String topic(WebhookRequest request) {
        return request.header(TOPIC).orElse("");
    }

    private static String site(WebhookRequest request) {
        return request.header(SITE).orElse("");
    }
}
