package io.memberday.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.util.Map;

/**
 * What any function must do that has a secret and a table: gets the one, reads an item of the
 * other, and answers. No signature, no parsing, no writing.
 */
public final class SecretAndItemLambda
        implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final SecretsManagerClient secrets =
            SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    private final DynamoDbClient table =
            DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        String secret =
                secrets.getSecretValue(get -> get.secretId(System.getenv("WEBHOOK_SECRETS")))
                        .secretString();
        Map<String, AttributeValue> item =
                table.getItem(
                                get ->
                                        get.tableName(System.getenv("MEMBERS_TABLE"))
                                                .key(Map.of("memberId", AttributeValue.fromS("m"))))
                        .item();
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(200)
                .withBody("accepted " + secret.length() + " " + item.size())
                .build();
    }
}
