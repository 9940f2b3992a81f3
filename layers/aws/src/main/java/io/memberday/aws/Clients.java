package io.memberday.aws;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sns.SnsClient;

import java.time.Duration;

/**
 * AWS clients, each made the SDK's default way: region, credentials and endpoint come from the
 * environment, so that the same code runs on AWS, on an emulator and locally.
 */
public final class Clients {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

    /** What a provider has not answered by then has an unknown outcome. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private Clients() {}

    public static DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    public static EventBridgeClient eventBridge() {
        return EventBridgeClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    public static S3Client s3() {
        return S3Client.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    public static SecretsManagerClient secretsManager() {
        return SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    /** Without retries: a call that timed out may have sent, and a retry would send twice (P2). */
    public static SnsClient sns() {
        return sns(ANSWERS_WITHIN);
    }

    static SnsClient sns(Duration answersWithin) {
        return SnsClient.builder()
                .httpClient(sending(answersWithin))
                .overrideConfiguration(
                        config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** Without retries: a call that timed out may have sent, and a retry would send twice (P2). */
    public static SesClient ses() {
        return ses(ANSWERS_WITHIN);
    }

    static SesClient ses(Duration answersWithin) {
        return SesClient.builder()
                .httpClient(sending(answersWithin))
                .overrideConfiguration(
                        config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    private static SdkHttpClient sending(Duration answersWithin) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTS_WITHIN)
                .socketTimeout(answersWithin)
                .build();
    }
}
