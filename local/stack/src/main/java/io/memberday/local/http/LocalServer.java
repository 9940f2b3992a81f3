package io.memberday.local.http;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** HTTP servers that nobody but this machine can reach. */
public final class LocalServer {
    private static final int QUEUE = 256;

    static {
        // Without it each answer waits some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private LocalServer() {}

    /**
     * A server on 127.0.0.1, not yet started, one virtual thread per request.
     *
     * @param name for people
     * @param port 0 for any that is free
     * @throws IllegalStateException if the port is in use
     */
    public static HttpServer bind(String name, int port) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), QUEUE);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "%s cannot listen on port %d: another program does, perhaps another ./local/run. End that one, or choose another port: --port N."
                            .formatted(name, port),
                    e);
        }
    }

    /** Where a server answers. */
    public static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
