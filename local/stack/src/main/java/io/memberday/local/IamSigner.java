package io.memberday.local;

import io.memberday.local.engine.LocalCredentials;

import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes requests to the HTTP API's routes that want IAM, signed by the SDK with the local
 * credentials as a client of the deployed API would.
 */
public final class IamSigner {
    private IamSigner() {}

    /** A request with a body of JSON, signed now; an empty body is none. */
    public static HttpRequest request(String method, URI uri, String json) {
        return request(method, uri, json, LocalCredentials.KEY);
    }

    static HttpRequest request(String method, URI uri, String json, String secret) {
        SdkHttpRequest plain =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri(uri)
                        .putHeader("Content-Type", "application/json")
                        .build();
        SignedRequest signed =
                AwsV4HttpSigner.create()
                        .sign(
                                sign ->
                                        sign.identity(
                                                        AwsCredentialsIdentity.create(
                                                                LocalCredentials.KEY, secret))
                                                .request(plain)
                                                .payload(ContentStreamProvider.fromUtf8String(json))
                                                .putProperty(
                                                        AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                        "execute-api")
                                                .putProperty(
                                                        AwsV4HttpSigner.REGION_NAME,
                                                        LocalCredentials.REGION));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(
                                                json, StandardCharsets.UTF_8));
        signed.request()
                .headers()
                .forEach(
                        (name, values) -> {
                            // The client sets it by itself, as it was signed.
                            if (!name.toLowerCase(Locale.ROOT).equals("host")) {
                                values.forEach(value -> request.header(name, value));
                            }
                        });
        return request.build();
    }
}
