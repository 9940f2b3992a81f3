package io.memberday.orderwebhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbIngestStore;
import io.memberday.aws.Env;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookEndpoint;
import io.memberday.aws.WebhookSecrets;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.ShopifyOrders;
import io.memberday.ingest.WooOrders;
import io.memberday.ingest.YouzanOrders;
import io.memberday.member.MemberIds;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Store;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Takes what storefronts tell of orders and customers. */
public final class OrderWebhookLambda
        implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final WebhookEndpoint endpoint;

    /** As Lambda makes it. */
    public OrderWebhookLambda() {
        this(Env.system());
    }

    /** With the template's variables. */
    public OrderWebhookLambda(Env env) {
        this(env, Playbooks.load());
    }

    private OrderWebhookLambda(Env env, Playbook playbook) {
        this(
                new WebhookSecrets(Clients.secretsManager(), env.webhookSecrets(), env.clock()),
                env.clock(),
                new DynamoDbIngestStore(Clients.dynamoDb(), env, playbook.store().zone()),
                playbook,
                new Sleep(),
                new SecureRandom());
    }

    OrderWebhookLambda(
            WebhookSecrets secrets,
            Clock clock,
            IngestStore rows,
            Playbook playbook,
            Consumer<Duration> pause,
            RandomGenerator random) {
        OrderIngest ingest =
                new OrderIngest(rows, playbook, clock, new MemberIds(random), pause, random);
        PrivacyIngest privacy = new PrivacyIngest(rows, pause, random);
        Store store = playbook.store();
        this.endpoint =
                new WebhookEndpoint(
                        secrets,
                        clock,
                        Map.of(
                                CanonicalOrders.SOURCE,
                                new CanonicalWebhooks(new CanonicalOrders(store), ingest),
                                ShopifyOrders.SOURCE,
                                new ShopifyWebhooks(new ShopifyOrders(store), ingest, privacy),
                                WooOrders.SOURCE,
                                new WooWebhooks(new WooOrders(store), ingest, privacy),
                                YouzanOrders.SOURCE,
                                new YouzanWebhooks(new YouzanOrders(store), ingest, privacy)));
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return endpoint.answer(event);
    }
}
