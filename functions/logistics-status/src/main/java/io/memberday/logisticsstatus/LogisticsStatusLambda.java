package io.memberday.logisticsstatus;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbParcelStore;
import io.memberday.aws.Env;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookEndpoint;
import io.memberday.aws.WebhookSecrets;
import io.memberday.ingest.AfterShipParcels;
import io.memberday.ingest.CanonicalParcels;
import io.memberday.ingest.EasyPostParcels;
import io.memberday.ingest.Kuaidi100Parcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Takes what carriers tell of parcels. */
public final class LogisticsStatusLambda
        implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final WebhookEndpoint endpoint;

    /** As Lambda makes it. */
    public LogisticsStatusLambda() {
        this(Env.system());
    }

    /** With the template's variables. */
    public LogisticsStatusLambda(Env env) {
        this(env, Playbooks.load());
    }

    private LogisticsStatusLambda(Env env, Playbook playbook) {
        this(
                new WebhookSecrets(Clients.secretsManager(), env.webhookSecrets(), env.clock()),
                env.clock(),
                new ParcelIngest(
                        new DynamoDbParcelStore(Clients.dynamoDb(), env),
                        playbook,
                        env.clock(),
                        new Sleep(),
                        new SecureRandom()),
                playbook.store());
    }

    LogisticsStatusLambda(WebhookSecrets secrets, Clock clock, ParcelIngest ingest, Store store) {
        this.endpoint =
                new WebhookEndpoint(
                        secrets,
                        clock,
                        Map.of(
                                CanonicalParcels.SOURCE,
                                new CanonicalWebhooks(ingest),
                                Kuaidi100Parcels.SOURCE,
                                new Kuaidi100Webhooks(new Kuaidi100Parcels(store), ingest),
                                AfterShipParcels.SOURCE,
                                new AfterShipWebhooks(new AfterShipParcels(store), ingest),
                                EasyPostParcels.SOURCE,
                                new EasyPostWebhooks(new EasyPostParcels(store), ingest)));
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return endpoint.answer(event);
    }
}
