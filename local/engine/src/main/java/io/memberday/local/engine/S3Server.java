package io.memberday.local.engine;

import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * S3Proxy, in memory and gone when closed; on 127.0.0.1 only.
 *
 * <p>What it does otherwise than S3: it has no object tags and no versions, takes the blank out of
 * a content type such as {@code text/html; charset=utf-8}, and knows buckets by path only ({@code
 * http://host/bucket/key}).
 */
public final class S3Server implements AutoCloseable {
    private final EngineProcess process;

    private S3Server(EngineProcess process) {
        this.process = process;
    }

    /** Starts it on a free port; fails as {@link EngineProcess#start} does. */
    public static S3Server start() {
        return new S3Server(EngineProcess.start(S3Server::engineOn));
    }

    /** Starts it on this port; fails as {@link EngineProcess#start} does. */
    public static S3Server start(int port) {
        return new S3Server(EngineProcess.start(engineOn(port), port));
    }

    private static EngineProcess.Engine engineOn(int port) {
        Path home = Repository.root().resolve("local/engine/s3");
        return new EngineProcess.Engine(
                "S3Proxy",
                home,
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                        "-Ds3proxy.endpoint=http://127.0.0.1:" + port),
                "org.gaul.s3proxy.Main",
                List.of("--properties", home.resolve("s3proxy.conf").toString()));
    }

    /** Its address, as in {@code AWS_ENDPOINT_URL_S3}. */
    public URI endpoint() {
        return process.endpoint();
    }

    /** A new client of it; the caller closes it. */
    public S3Client client() {
        return LocalCredentials.applyTo(S3Client.builder())
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .build();
    }

    @Override
    public void close() {
        process.close();
    }
}
