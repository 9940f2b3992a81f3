package io.memberday.aws;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Answers HTTP calls one after another with what was laid ready. */
final class CannedHttp implements SdkHttpClient {
    private final Deque<Canned> answers = new ArrayDeque<>();
    private int calls;

    private record Canned(int status, Map<String, String> headers, byte[] body) {}

    CannedHttp then(int status, Map<String, String> headers, byte[] body) {
        answers.add(new Canned(status, headers, body));
        return this;
    }

    int calls() {
        return calls;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                calls++;
                Canned next = answers.remove();
                SdkHttpResponse.Builder response =
                        SdkHttpResponse.builder().statusCode(next.status());
                next.headers().forEach(response::putHeader);
                return HttpExecuteResponse.builder()
                        .response(response.build())
                        .responseBody(
                                AbortableInputStream.create(new ByteArrayInputStream(next.body())))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}
}
