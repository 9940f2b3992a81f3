package io.memberday.local.storefront;

import io.memberday.local.Signer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends webhooks as storefronts and carriers do: signed, over HTTP, on a few connections that stay
 * open, one buyer's one after the other.
 */
public final class Storefronts implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 2;

    private final URI base;
    private final Signer signer;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /** A storefront or carrier was refused: the shop's history is not whole. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param base where the HTTP API answers
     * @param signer with the secrets of this run
     * @param clock by which signatures are dated
     */
    public Storefronts(URI base, Signer signer, InstantSource clock) {
        this.base = base;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Sends them all and waits for every answer.
     *
     * @param sent told after each
     * @throws Refused at the first answer that is not 2xx
     */
    public void send(List<Webhook> webhooks, Runnable sent) {
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

    /** The POST that a mail client makes of a one-click link (RFC 8058). */
    public void click(String path) {
        answer(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                        .build());
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
        String body = signer.body(webhook.source(), webhook.body());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(webhook.path()))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        webhook.headers().forEach(request::header);
        signer.headers(webhook.source(), clock.instant(), body).forEach(request::header);
        answer(request.build());
    }

    private void answer(HttpRequest request) {
        // The route alone: a link's token must not stand in a message.
        String route = request.method() + " /" + request.uri().getPath().split("/")[1];
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != OK) {
                throw new Refused(
                        "%s answered %d: %s".formatted(route, answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new Refused("%s got no answer: %s".formatted(route, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a webhook was sent", e);
        }
    }
}
