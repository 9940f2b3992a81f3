package io.memberday.local.kill;

import io.memberday.local.LocalStack;
import io.memberday.local.OrderBody;
import io.memberday.local.Signer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Buyers who arrive as signed webhooks: by SMS, some by email, and some who refused. */
final class Crowd {
    private static final int LANES = 4;
    private static final int TRIES = 5;
    private static final String AT = "2026-05-07T11:30:00+08:00";

    private final int size;

    Crowd(int size) {
        this.size = size;
    }

    /** Sends everybody's webhook; one that fails is sent again, as storefronts do. */
    void arrive(LocalStack stack) throws InterruptedException, ExecutionException {
        Signer signer = stack.signer("WebhookSecrets");
        try (HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int first = lane;
                sent.add(
                        lanes.submit(
                                () -> {
                                    for (int buyer = first; buyer < size; buyer += LANES) {
                                        send(client, stack, signer, body(buyer));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    /** The phone of a buyer who can be reached by SMS. */
    String phone(int buyer) {
        return "+86139%08d".formatted(buyer);
    }

    private static void send(HttpClient client, LocalStack stack, Signer signer, String body)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(stack.api() + "/webhooks/memberday"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body));
            signer.headers("memberday", stack.clock().instant(), body).forEach(request::header);
            int status =
                    client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            if (status == 200) {
                return;
            }
            if (attempt == TRIES) {
                throw new IOException("a webhook was answered " + status);
            }
        }
    }

    private String body(int buyer) {
        boolean byEmail = buyer % 20 == 1;
        boolean agrees = buyer % 20 != 0;
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("account", "buyer-" + buyer);
        if (byEmail) {
            who.put("email", "buyer%d@example.com".formatted(buyer));
        } else {
            who.put("phone", phone(buyer));
        }
        who.put("language", "zh");
        who.put("country", "CN");
        who.put("consents", OrderBody.consents(byEmail ? "email" : "sms", agrees, AT));
        return OrderBody.paid("crowd-" + buyer, AT, who);
    }
}
