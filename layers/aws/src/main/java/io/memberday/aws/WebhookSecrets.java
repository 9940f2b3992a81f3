package io.memberday.aws;

import io.memberday.json.Fields;
import io.memberday.json.Json;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The live secrets of each source: two while one is replaced by the next. Kept for a few minutes; a
 * signature by none of them reads them anew, though not often, so that a new secret works at once
 * and forged signatures cost nothing.
 */
public final class WebhookSecrets {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration APART = Duration.ofSeconds(30);

    private final SecretsManagerClient client;
    private final String arn;
    private final Clock clock;
    private Optional<Read> last = Optional.empty();

    private record Read(Fields secrets, Instant at) {}

    public WebhookSecrets(SecretsManagerClient client, String arn, Clock clock) {
        this.client = client;
        this.arn = arn;
        this.clock = clock;
    }

    /** Whether a check holds with the live secrets of a source; none of a source never hold. */
    public synchronized boolean hold(String source, Predicate<List<String>> check) {
        Instant now = clock.instant();
        Read read = last.filter(known -> young(known, now, KEPT)).orElseGet(() -> read(now));
        if (check.test(live(read, source))) {
            return true;
        }
        if (young(read, now, APART)) {
            return false;
        }
        return check.test(live(read(now), source));
    }

    /** The live secrets of a source, the newest first: for signing. */
    public synchronized List<String> live(String source) {
        Instant now = clock.instant();
        return live(
                last.filter(known -> young(known, now, KEPT)).orElseGet(() -> read(now)), source);
    }

    /**
     * A single secret, as Secrets Manager generates one, stands without a list. An empty one would
     * be known to everybody.
     */
    private static List<String> live(Read read, String source) {
        List<String> secrets =
                read.secrets().raw(source).orElse(List.of()) instanceof String only
                        ? List.of(only)
                        : read.secrets().texts(source);
        return secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    private static boolean young(Read read, Instant now, Duration age) {
        return Duration.between(read.at(), now).abs().compareTo(age) < 0;
    }

    private Read read(Instant now) {
        Fields secrets = Json.read(client.getSecretValue(get -> get.secretId(arn)).secretString());
        Read read = new Read(secrets, now);
        last = Optional.of(read);
        return read;
    }
}
