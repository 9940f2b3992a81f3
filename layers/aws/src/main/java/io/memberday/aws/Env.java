package io.memberday.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * A function's environment: the only place from which names of tables, bus, bucket and secret come.
 * Read once, at construction; a variable that is missing is an error that names it.
 */
public final class Env {
    /** Set by the local stack and by tests only: a file with the clock's ISO 8601 offset. */
    private static final String CLOCK = "MEMBERDAY_CLOCK";

    private final Map<String, String> variables;

    private Env(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The environment of this process, as Lambda sets it. */
    public static Env system() {
        return new Env(System.getenv());
    }

    public static Env of(Map<String, String> variables) {
        return new Env(variables);
    }

    public String membersTable() {
        return required("MEMBERS_TABLE");
    }

    public String identitiesTable() {
        return required("IDENTITIES_TABLE");
    }

    public String ordersTable() {
        return required("ORDERS_TABLE");
    }

    public String memberActivityTable() {
        return required("MEMBER_ACTIVITY_TABLE");
    }

    public String campaignResultsTable() {
        return required("CAMPAIGN_RESULTS_TABLE");
    }

    public String eventBus() {
        return required("EVENT_BUS");
    }

    /** The ARN of the secret with the webhooks' and the unsubscribe links' keys. */
    public String webhookSecrets() {
        return required("WEBHOOK_SECRETS");
    }

    /** The bucket of reports and exports. */
    public String filesBucket() {
        return required("FILES_BUCKET");
    }

    /** The HTTP API's address, without a slash at its end: unsubscribe links start with it. */
    public String publicUrl() {
        return required("PUBLIC_URL");
    }

    /**
     * How many invocations of the sender run at once on one queue: each sends at the channel's rate
     * divided by it.
     */
    public int sendersAtOnce() {
        return Integer.parseInt(required("SENDERS_AT_ONCE"));
    }

    /** System time in UTC, moved by the local stack where there is one. */
    public Clock clock() {
        return Optional.ofNullable(variables.get(CLOCK))
                .<Clock>map(file -> new MovedClock(Path.of(file), ZoneOffset.UTC))
                .orElseGet(Clock::systemUTC);
    }

    private String required(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("environment variable " + name + " is not set");
        }
        return value;
    }

    /** Reads its offset at each look, so that it can be moved while functions run. */
    private static final class MovedClock extends Clock {
        private final Path file;
        private final ZoneId zone;

        MovedClock(Path file, ZoneId zone) {
            this.file = file;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            try {
                return Clock.systemUTC()
                        .instant()
                        .plus(Duration.parse(Files.readString(file).strip()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new MovedClock(file, other);
        }
    }
}
