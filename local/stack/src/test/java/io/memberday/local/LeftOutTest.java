package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** What the template does not say does not happen: nothing is wired behind its back. */
class LeftOutTest {
    private static final String TAKE = "{\"phone\": \"+8613800138000\", \"text\": \"hi\"}";

    @Test
    void shouldTakeNothingOnceTheRouteIsLeftOut() throws Exception {
        Path template =
                Sample.without(
                        Sample.template(), "Resources", "TakeFunction", "Properties", "Events");
        try (LocalStack stack = Sample.start(template)) {
            assertEquals(404, take(stack));
            stack.settle();
            assertTrue(stack.outbox().all().isEmpty());
        }
    }

    @Test
    void shouldSendNothingOnceTheRuleIsLeftOut() throws Exception {
        Path template = Sample.without(Sample.template(), "Resources", "SendRule");
        try (LocalStack stack = Sample.start(template)) {
            assertEquals(202, take(stack));
            stack.settle();
            assertTrue(stack.outbox().all().isEmpty());
        }
    }

    @Test
    void shouldNotStartOnceTheQueueIsLeftOut() {
        Path template = Sample.without(Sample.template(), "Resources", "SendQueue");

        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Sample.start(template));

        assertTrue(refusal.getMessage().contains("SendQueue"), refusal.getMessage());
    }

    @Test
    void shouldNotStartOnceTheAuthorizerThatARouteNamesIsLeftOut() {
        Path template = Sample.without(Sample.template(), "Resources", "Api", "Properties");

        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Sample.start(template));

        assertTrue(refusal.getMessage().contains("EnableIamAuthorizer"), refusal.getMessage());
    }

    private static int take(LocalStack stack) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(stack.api() + "/take/x"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(TAKE))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
