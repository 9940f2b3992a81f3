package io.memberday.local.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the page at {@code /} and its data below {@code /local/}. It reads; all that it writes is
 * the clock. Other sites that a browser shows cannot use it: it answers to this machine's names
 * alone, and the clock moves only for a request that no other site's page may make.
 */
public final class LocalPage implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPage.class);
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String OWN_HEADER = "X-Memberday-Local";
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    /** What came from a template or a report is shown, but runs nothing and loads nothing. */
    private static final String HARMLESS =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static final int MOST_BODY = 10_000;
    private static final Duration FURTHEST = Duration.ofDays(31);

    private final PageSources sources;
    private final Members members;
    private final Messages messages;
    private final MemberDetail detail;
    private final Runs runs;
    private final Files files;
    private final Overview overview;
    private final Moments moments;

    public LocalPage(PageSources sources) {
        this.sources = sources;
        moments = new Moments(sources.playbook().store().zone());
        members = new Members(sources);
        messages = new Messages(sources, members, moments);
        detail = new MemberDetail(sources, members, messages, moments);
        files = new Files(sources, moments);
        runs = new Runs(sources, files, moments);
        overview = new Overview(sources, members, messages, runs, files, moments);
    }

    /**
     * @param policy the content's security policy
     * @param attachment a file's name, if it is to be saved and not shown
     */
    private record Answer(
            int status, String type, byte[] body, String policy, Optional<String> attachment) {
        static Answer json(int status, Object value) {
            return new Answer(
                    status,
                    JSON,
                    Json.write(value).getBytes(StandardCharsets.UTF_8),
                    POLICY,
                    Optional.empty());
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answer(exchange);
        } catch (Refusal refusal) {
            answer = Answer.json(refusal.status(), Map.of("message", refusal.getMessage()));
        } catch (BadInput bad) {
            answer = Answer.json(400, Map.of("message", bad.answer()));
        } catch (RuntimeException e) {
            LOG.warn("the page could not answer {}", exchange.getRequestURI().getPath(), e);
            answer = Answer.json(500, Map.of("message", "this failed: see the terminal"));
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Content-Security-Policy", answer.policy());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        answer.attachment()
                .ifPresent(
                        name ->
                                headers.set(
                                        "Content-Disposition",
                                        "attachment; filename=\"%s\""
                                                .formatted(name.replaceAll("[^\\w.@-]", "_"))));
        try (exchange) {
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        // A name that somebody else's DNS points at this machine is not ours.
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        if (!host.matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?")) {
            throw new Refusal(403, "the page answers at 127.0.0.1 and localhost only");
        }
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST") && path.equals("/local/clock")) {
            return move(exchange);
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            throw new Refusal(405, "the page is read only");
        }
        return get(path, Query.of(exchange.getRequestURI()));
    }

    private Answer get(String path, Query query) throws IOException {
        return switch (path) {
            case "/" -> resource("index.html", HTML);
            case "/local/page.css" -> resource("page.css", "text/css; charset=utf-8");
            case "/local/page.js" -> resource("page.js", "text/javascript; charset=utf-8");
            case "/local/icon.svg" -> resource("icon.svg", "image/svg+xml");
            case "/local/overview" -> Answer.json(200, overview.shown());
            case "/local/members" -> Answer.json(200, members.list(query));
            case "/local/messages" -> Answer.json(200, messages.list(query));
            case "/local/runs" -> Answer.json(200, runs.list());
            case "/local/exports" -> Answer.json(200, files.exports());
            case "/local/file" -> file(query.text("key"));
            default -> one(path);
        };
    }

    private Answer one(String path) {
        String[] parts = path.split("/");
        if (path.startsWith("/local/members/") && parts.length == 4) {
            return Answer.json(200, detail.of(parts[3]));
        }
        if (path.startsWith("/local/messages/") && path.endsWith("/html") && parts.length == 5) {
            return harmless(messages.html(parts[3]).getBytes(StandardCharsets.UTF_8));
        }
        throw new Refusal(404, "there is nothing at " + path);
    }

    private Answer file(String key) {
        Files.Content content = files.read(key);
        return content.type().startsWith("text/html")
                ? harmless(content.bytes())
                : new Answer(
                        200,
                        content.type(),
                        content.bytes(),
                        HARMLESS,
                        Optional.of(content.name()));
    }

    private static Answer harmless(byte[] html) {
        return new Answer(200, HTML, html, HARMLESS, Optional.empty());
    }

    private Answer move(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestHeaders().containsKey(OWN_HEADER)) {
            throw new Refusal(403, "send the header " + OWN_HEADER);
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY);
        Fields order = Json.read(new String(body, StandardCharsets.UTF_8));
        Instant now = sources.clock().now();
        Instant target =
                order.has("advance")
                        ? advanced(now, order.text("advance"))
                        : overview.nextMemberDay()
                                .filter(day -> order.text("to").equals("member-day"))
                                .orElseThrow(
                                        () ->
                                                new Refusal(
                                                        400,
                                                        "send {\"advance\": \"PT1H\"} or {\"to\":"
                                                                + " \"member-day\"}"));
        if (target.isBefore(now) || target.isAfter(now.plus(FURTHEST))) {
            throw new Refusal(400, "the clock moves forward, by 31 days at most");
        }
        sources.clock().moveTo(target);
        return Answer.json(200, Map.of("now", moments.written(sources.clock().now())));
    }

    private Instant advanced(Instant now, String by) {
        try {
            return by.startsWith("PT")
                    ? now.plus(Duration.parse(by))
                    : now.atZone(moments.zone()).plus(Period.parse(by)).toInstant();
        } catch (DateTimeException e) {
            throw new Refusal(400, "advance must be a duration such as PT1H or P1D");
        }
    }

    private static Answer resource(String name, String type) throws IOException {
        try (InputStream in = LocalPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new Answer(200, type, in.readAllBytes(), POLICY, Optional.empty());
        }
    }
}
