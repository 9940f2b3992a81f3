package io.memberday.aws;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.ingest.Unsettled;
import io.memberday.json.BadInput;
import io.memberday.json.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The door of the webhooks: lets in what is signed, and answers what each refusal means (P8). A
 * forged, stale or oversized webhook costs one comparison; nothing of it is parsed.
 */
public final class WebhookEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

    /** What the log says of a signed request that cannot be taken: an alarm listens to it. */
    public static final String NOT_TAKEN = "webhook not taken";

    private static final int MOST_BYTES = 1024 * 1024;
    private static final String HUGE = "body: must be 1 MB at most";

    private final WebhookSecrets secrets;
    private final Clock clock;
    private final Map<String, Source> sources;

    /** One platform's webhooks. */
    public interface Source {
        /** The header or field that carries the signature, for people. */
        String signature();

        /** Whether one of the secrets signed the request. */
        boolean signed(WebhookRequest request, List<String> secrets, Instant now);

        /**
         * Takes the request; when this returns, it is durable.
         *
         * @throws BadInput if it cannot be taken as it is
         * @throws Unsettled if it shall be sent again
         */
        Taken take(WebhookRequest request, Instant now);

        /** The body of the answer to a request that was taken, as JSON: what the platform wants. */
        default String answer(Taken taken) {
            return Json.write(Map.of("result", taken.name().toLowerCase(Locale.ROOT)));
        }

        /** The body of the answer to a request that was refused, as JSON. */
        default String refusal(int status, String error) {
            return Json.write(Map.of("error", error));
        }

        /**
         * Whether a signed request that can never be taken is answered as if it had been: a
         * platform that counts refusals would switch the webhook off, or slow all of them down, for
         * one that it cannot mend.
         */
        default boolean swallows() {
            return false;
        }
    }

    /** What became of a request that is not sent again. */
    public enum Taken {
        /** It changed something. */
        ACCEPTED,
        /** All of it was known. */
        KNOWN,
        /** It is not for us, such as a platform's test. */
        IGNORED,
        /** It cannot be taken, and its platform would only send it again as it is. */
        REFUSED;

        public static Taken of(boolean changed) {
            return changed ? ACCEPTED : KNOWN;
        }
    }

    /**
     * @param sources by the last part of the path
     */
    public WebhookEndpoint(WebhookSecrets secrets, Clock clock, Map<String, Source> sources) {
        this.secrets = secrets;
        this.clock = clock;
        this.sources = Map.copyOf(sources);
    }

    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
        WebhookRequest request;
        try {
            request = WebhookRequest.of(event);
        } catch (IllegalArgumentException _) {
            return refused(400, "body: is not the Base64 that it claims to be");
        }
        Source source = sources.get(request.source());
        if (source == null) {
            return refused(
                    404,
                    "no such source; there are " + sources.keySet().stream().sorted().toList());
        }
        Instant now = clock.instant();
        boolean huge = request.body().length > MOST_BYTES;
        // Whose refusals nobody counts need not sign what is not looked at.
        boolean signed =
                (!huge || source.swallows())
                        && secrets.hold(
                                request.source(), live -> source.signed(request, live, now));
        if (huge) {
            return signed ? swallowed(request, source, HUGE) : refused(source, 413, HUGE);
        }
        if (!signed) {
            LOG.warn("{} webhook refused: signature", request.source());
            return refused(
                    source,
                    401,
                    "signature: %s is missing, stale or not by a live secret"
                            .formatted(source.signature()));
        }
        try {
            Taken taken = source.take(request, now);
            return response(200, source.answer(taken));
        } catch (BadInput e) {
            // The message names field and mend; the value goes to its sender alone.
            if (source.swallows()) {
                return swallowed(request, source, e.getMessage());
            }
            LOG.warn("{} {}: {}", request.source(), NOT_TAKEN, e.getMessage());
            return refused(source, e.field().equals("body") ? 400 : 422, e.answer());
        } catch (Unsettled e) {
            LOG.warn("{} webhook put off: {}", request.source(), e.getMessage());
            return refused(source, 503, "busy: send it again");
        }
    }

    private static APIGatewayV2HTTPResponse swallowed(
            WebhookRequest request, Source source, String why) {
        LOG.warn("{} {}: {}", request.source(), NOT_TAKEN, why);
        return response(200, source.answer(Taken.REFUSED));
    }

    private static APIGatewayV2HTTPResponse refused(int status, String error) {
        return response(status, Json.write(Map.of("error", error)));
    }

    private static APIGatewayV2HTTPResponse refused(Source source, int status, String error) {
        return response(status, source.refusal(status, error));
    }

    private static APIGatewayV2HTTPResponse response(int status, String body) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(Map.of("content-type", "application/json; charset=utf-8"))
                .withBody(body)
                .build();
    }
}
