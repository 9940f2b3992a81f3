package io.memberday.local.engine;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

import java.util.Map;

/** The account, region and keys that every engine of this machine accepts. */
public final class LocalCredentials {
    /** The account in every local ARN. */
    public static final String ACCOUNT_ID = "000000000000";

    /** The region of every local client and ARN. */
    public static final String REGION = "us-east-1";

    /** Both halves of the access key. */
    public static final String KEY = "local";

    private LocalCredentials() {}

    /** What the SDK's default way reads from a process's environment. */
    public static Map<String, String> environment() {
        return Map.of("AWS_REGION", REGION, "AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", KEY);
    }

    static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B applyTo(B builder) {
        return builder.region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClient(UrlConnectionHttpClient.create());
    }
}
