package io.memberday.local.row;

import io.memberday.local.LocalStack;
import io.memberday.local.Signer;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Posts whatever it is given, and sees what was answered, what was logged and what was stored. */
final class Door implements AutoCloseable {
    private static final List<String> TABLES =
            List.of(
                    "MembersTable",
                    "IdentitiesTable",
                    "OrdersTable",
                    "MemberActivityTable",
                    "CampaignResultsTable");

    /** Kept, since its handlers are forgotten with it. */
    private static final Logger LOGS = Logger.getLogger("");

    private final LocalStack stack;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Set<String> seen = Set.of();
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    logged.add(line.getMessage() + " " + line.getThrown());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    Door(LocalStack stack) {
        this.stack = stack;
        LOGS.addHandler(listener);
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     */
    record Answer(int status, String body) {}

    /** Signs with the live secrets. */
    Signer signer() {
        return stack.signer("WebhookSecrets");
    }

    Answer post(Letter.Posted posted) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stack.api().resolve(posted.path()))
                        .POST(BodyPublishers.ofByteArray(posted.body()));
        posted.headers().forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            stack.settle();
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(posted.path() + " gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it was answered", e);
        }
    }

    /** How the tables differ from what they were when this was asked last, in words. */
    String changes() {
        Set<String> before = seen;
        seen = rows();
        return difference(before, seen);
    }

    /** All rows of all tables, each with its table's name. */
    private Set<String> rows() {
        Set<String> rows = new HashSet<>();
        for (String table : TABLES) {
            stack.dynamoDb()
                    .scanPaginator(scan -> scan.tableName(stack.name(table)))
                    .items()
                    .forEach(item -> rows.add(table + " " + new TreeMap<>(item)));
        }
        return rows;
    }

    private static String difference(Set<String> before, Set<String> after) {
        Map<String, Integer> come = count(after, before);
        Map<String, Integer> gone = count(before, after);
        List<String> words = new ArrayList<>();
        for (String table : TABLES) {
            int more = come.getOrDefault(table, 0);
            int fewer = gone.getOrDefault(table, 0);
            int changed = Math.min(more, fewer);
            say(words, table, "new", more - changed);
            say(words, table, "changed", changed);
            say(words, table, "gone", fewer - changed);
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static void say(List<String> words, String table, String what, int rows) {
        if (rows > 0) {
            words.add("%s %d %s".formatted(table.replace("Table", ""), rows, what));
        }
    }

    private static Map<String, Integer> count(Set<String> some, Set<String> others) {
        Map<String, Integer> counts = new TreeMap<>();
        some.stream()
                .filter(row -> !others.contains(row))
                .forEach(row -> counts.merge(row.substring(0, row.indexOf(' ')), 1, Integer::sum));
        return counts;
    }

    /** Every line that was logged since. */
    List<String> logged() {
        return List.copyOf(logged);
    }

    @Override
    public void close() {
        LOGS.removeHandler(listener);
        http.close();
    }
}
