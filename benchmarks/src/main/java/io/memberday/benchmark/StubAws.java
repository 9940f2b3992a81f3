package io.memberday.benchmark;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * AWS behind an HTTP client that answers from memory, at once or after a wait: what is measured is
 * the client's own work, signature included, and no server's. Calls do not wait for each other, as
 * a lock between them would be measured as the client's.
 */
public final class StubAws {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Function<byte[], byte[]>> answers = new HashMap<>();
    private final Map<byte[], String> checksums = new ConcurrentHashMap<>();
    private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();
    private volatile Duration wait = Duration.ZERO;

    /** What one operation was asked and answered, counted by whoever calls. */
    private static final class Traffic {
        private final LongAdder requests = new LongAdder();
        private final LongAdder sent = new LongAdder();
        private final LongAdder received = new LongAdder();
    }

    /** Answers an operation, such as {@code DynamoDB_20120810.Scan}, from its request's body. */
    public StubAws answer(String operation, Function<byte[], byte[]> from) {
        answers.put(operation, from);
        return this;
    }

    /** Has every answer come after a wait from now on, as over a network. */
    void answerAfter(Duration time) {
        wait = time;
    }

    /** Requests, bytes sent and bytes received by operation. */
    Map<String, List<Long>> traffic() {
        Map<String, List<Long>> counts = new TreeMap<>();
        traffic.forEach(
                (operation, counted) ->
                        counts.put(
                                operation,
                                List.of(
                                        counted.requests.sum(),
                                        counted.sent.sum(),
                                        counted.received.sum())));
        return counts;
    }

    void forgetTraffic() {
        traffic.clear();
    }

    /** A client of DynamoDB as the product makes it, but for the HTTP under it. */
    public DynamoDbClient dynamoDb() {
        return stubbed(DynamoDbClient.builder()).build();
    }

    /** The same, watched. */
    public DynamoDbClient dynamoDb(ExecutionInterceptor spy) {
        return stubbed(DynamoDbClient.builder())
                .overrideConfiguration(config -> config.addExecutionInterceptor(spy))
                .build();
    }

    /** A client of EventBridge. */
    public EventBridgeClient eventBridge() {
        return stubbed(EventBridgeClient.builder()).build();
    }

    /** A client of SNS that does not retry, as the product's. */
    public SnsClient sns() {
        return stubbed(SnsClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    /** A client of Secrets Manager. */
    public SecretsManagerClient secretsManager() {
        return stubbed(SecretsManagerClient.builder()).build();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B stubbed(B builder) {
        return builder.httpClient(new Http())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
    }

    private final class Http implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    return StubAws.this.call(request);
                }

                @Override
                public void abort() {
                    // Nothing is on its way.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private HttpExecuteResponse call(HttpExecuteRequest request) throws IOException {
        byte[] body = body(request);
        String operation =
                request.httpRequest()
                        .firstMatchingHeader("X-Amz-Target")
                        .orElseGet(() -> request.httpRequest().host());
        byte[] answer = answered(operation, body);
        pause();
        SdkHttpFullResponse.Builder response = SdkHttpResponse.builder().statusCode(200);
        response.putHeader("Content-Type", "application/x-amz-json-1.0");
        response.putHeader(
                "x-amzn-RequestId", "7FRG05QPGK6QCEJ1OQ3S1IVAVFVV4KQNSO5AEMVJF66Q9ASUAAJG");
        if (operation.startsWith("DynamoDB")) {
            response.putHeader("x-amz-crc32", checksums.computeIfAbsent(answer, StubAws::crc32));
        }
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
                .build();
    }

    /** What is answered to an operation; it counts as traffic. */
    byte[] answered(String operation, byte[] body) {
        byte[] answer = answers.getOrDefault(operation, sent -> NOTHING).apply(body);
        Traffic counted = traffic.computeIfAbsent(operation, name -> new Traffic());
        counted.requests.increment();
        counted.sent.add(body.length);
        counted.received.add(answer.length);
        return answer;
    }

    private void pause() throws IOException {
        Duration time = wait;
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
    }

    private static byte[] body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return NOTHING;
        }
        ContentStreamProvider content = request.contentStreamProvider().get();
        try (InputStream in = content.newStream()) {
            return in.readAllBytes();
        }
    }

    private static String crc32(byte[] answer) {
        CRC32 crc = new CRC32();
        crc.update(answer);
        return Long.toString(crc.getValue());
    }
}
