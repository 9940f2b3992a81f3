package io.memberday.local.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends webhooks as storefronts and carriers do: signed, over HTTP, on a few connections that stay
 * open, one buyer's one after the other.
 */
final class Storefronts implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 2;

    private final URI base;
    private final UnaryOperator<String> secrets;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /** A storefront or carrier was refused: the shop's history is not whole. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param base where the HTTP API answers
     * @param secrets by source, the one that signs
     * @param clock by which signatures are dated
     */
    Storefronts(URI base, UnaryOperator<String> secrets, InstantSource clock) {
        this.base = base;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Sends them all and waits for every answer.
     *
     * @param sent told after each
     * @throws Refused at the first answer that is not 2xx
     */
    void send(List<Webhook> webhooks, Runnable sent) {
        List<List<Webhook>> lanes = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            lanes.add(new ArrayList<>());
        }
        webhooks.forEach(webhook -> lanes.get(webhook.lane() % CONNECTIONS).add(webhook));
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> running =
                    lanes.stream()
                            .<Future<?>>map(
                                    lane ->
                                            threads.submit(
                                                    () -> {
                                                        for (Webhook webhook : lane) {
                                                            post(webhook);
                                                            sent.run();
                                                        }
                                                    }))
                            .toList();
            for (Future<?> lane : running) {
                await(lane, threads);
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static void await(Future<?> lane, ExecutorService threads) {
        try {
            lane.get();
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while webhooks were sent", e);
        }
    }

    private void post(Webhook webhook) {
        byte[] body = webhook.body().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(webhook.path()))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
        webhook.headers().forEach(request::header);
        sign(webhook, body, request);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != OK) {
                throw new Refused(
                        "POST %s answered %d: %s"
                                .formatted(webhook.path(), answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new Refused("POST %s got no answer: %s".formatted(webhook.path(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a webhook was sent", e);
        }
    }

    /** Shopify signs the body alone; our own scheme signs the time with it. */
    private void sign(Webhook webhook, byte[] body, HttpRequest.Builder request) {
        String secret = secrets.apply(webhook.source());
        if (webhook.source().equals("shopify")) {
            request.header(
                    "X-Shopify-Hmac-Sha256",
                    Base64.getEncoder().encodeToString(hmac(secret, body)));
            return;
        }
        long time = clock.instant().getEpochSecond();
        byte[] stamped =
                (time + "." + new String(body, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
        request.header(
                "X-Memberday-Signature",
                "t=%d,v1=%s".formatted(time, HexFormat.of().formatHex(hmac(secret, stamped))));
    }

    private static byte[] hmac(String secret, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
