package io.memberday.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import io.memberday.json.Json;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Does what it is told: tells of itself, breaks, ends its process, or never comes to an end. */
public final class ObedientLambda implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        String order =
                Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).text("order");
        switch (order) {
            case "break" -> throw new IllegalStateException("as asked");
            case "halt" -> Runtime.getRuntime().halt(3);
            case "hang" -> hang();
            default -> out.write(tell(context).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String tell(Context context) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("variables", System.getenv());
        told.put("requestId", context.getAwsRequestId());
        told.put("arn", context.getInvokedFunctionArn());
        told.put("remaining", context.getRemainingTimeInMillis());
        told.put("memory", context.getMemoryLimitInMB());
        return Json.write(told);
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
