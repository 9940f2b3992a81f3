package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

class WebhookSecretsTest {
    private final Kept kept = new Kept();
    private final Moved clock = new Moved();
    private final WebhookSecrets secrets = new WebhookSecrets(kept, "arn", clock);

    @Test
    void shouldKnowEveryLiveSecretOfASource() {
        kept.text = "{\"shopify\": [\"old\", \"new\"], \"memberday\": [\"ours\"]}";

        assertTrue(secrets.hold("shopify", live -> live.equals(List.of("old", "new"))));
    }

    @Test
    void shouldTakeAGeneratedKeyForTheOnlyOne() {
        kept.text = "{\"memberday\": [], \"unsubscribe\": \"generated\"}";

        assertTrue(secrets.hold("unsubscribe", live -> live.equals(List.of("generated"))));
    }

    @Test
    void shouldLetNobodyInWhereThereIsNoSecret() {
        kept.text = "{\"memberday\": []}";

        assertFalse(secrets.hold("memberday", live -> !live.isEmpty()));
        assertFalse(secrets.hold("shopify", live -> !live.isEmpty()));
    }

    @Test
    void shouldNotTakeAnEmptySecretWhichEverybodyKnows() {
        kept.text = "{\"memberday\": [\"\", \" \"], \"youzan\": [\"\", \"app:one\"]}";
        assertFalse(secrets.hold("memberday", live -> !live.isEmpty()));
        assertTrue(secrets.hold("youzan", live -> live.equals(List.of("app:one"))));
    }

    @Test
    void shouldFindANewSecretThoughTheOldOnesAreStillKept() {
        kept.text = "{\"memberday\": [\"old\"]}";
        assertTrue(secrets.hold("memberday", live -> live.contains("old")));

        kept.text = "{\"memberday\": [\"old\", \"new\"]}";
        clock.now = clock.now.plus(Duration.ofMinutes(1));

        assertTrue(secrets.hold("memberday", live -> live.contains("new")));
    }

    @Test
    void shouldNotReadAnewForEachForgedSignature() {
        kept.text = "{\"memberday\": [\"ours\"]}";

        for (int i = 0; i < 100; i++) {
            assertFalse(secrets.hold("memberday", live -> live.contains("forged")));
        }

        assertEquals(1, kept.reads);
    }

    private static final class Kept implements SecretsManagerClient {
        private String text = "{}";
        private int reads;

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            reads++;
            return GetSecretValueResponse.builder().secretString(text).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static final class Moved extends Clock {
        private Instant now = Instant.parse("2026-05-08T02:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
