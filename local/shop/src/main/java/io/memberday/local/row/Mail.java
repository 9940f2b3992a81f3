package io.memberday.local.row;

import io.memberday.local.outbox.Sent;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The messages of a row's story: each must be expected by somebody, and explain must say of each
 * what happened.
 */
final class Mail {
    private static final int LONGEST_TEXT = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Outside outside;
    private final Report report;
    private final ZoneId zone;
    private final Set<String> expected = new HashSet<>();

    /**
     * @param zone of the times that are told
     */
    Mail(Outside outside, Report report, ZoneId zone) {
        this.outside = outside;
        this.report = report;
        this.zone = zone;
    }

    /** Nobody has got or expected anything yet. */
    void empty() {
        expected.clear();
    }

    /**
     * Somebody got one message with these words in it, and explain says so.
     *
     * @param from the run or touchpoint
     */
    Sent sent(String from, Role role, Supplier<Explained> explained, String... words) {
        List<Sent> got = of(role);
        report.check(
                got.size() == 1,
                "%s gets one message of %s".formatted(role.name(), from),
                texts(got));
        Explained why = explained.get();
        if (got.isEmpty()) {
            throw new IllegalStateException(
                    "%s got nothing of %s: %s".formatted(role.name(), from, why));
        }
        report.check(
                why.status().equals(Explained.SENT),
                "explain says that %s was sent".formatted(from),
                why);
        Sent message = got.getFirst();
        expected.add(message.id());
        String text = Messages.text(message);
        report.line(
                "sent",
                "%s ← %s at %s 「%s」"
                        .formatted(
                                role.name(),
                                message instanceof Sent.Sms ? "SMS" : "email",
                                time(message),
                                Messages.shortened(text, LONGEST_TEXT)));
        for (String word : words) {
            report.check(text.contains(word), role.name() + " reads " + word, text);
        }
        return message;
    }

    /**
     * A member got no message of a run, and explain says why. Who was left out at planning stands
     * in no row by name: there the run's counts by reason may say it too.
     */
    void none(String run, Role role, String status, String reason) {
        List<Sent> got = of(role);
        report.check(
                got.isEmpty(), "%s gets nothing of %s".formatted(role.name(), run), texts(got));
        Explained why = Explained.ofRun(outside, run, outside.member(role.identity()));
        report.line(
                "not sent",
                "%s, by %s: %s — %s"
                        .formatted(
                                role.name(),
                                run,
                                why.brief(),
                                why.counts().isEmpty()
                                        ? why.text()
                                        : "in all " + said(why.counts())));
        report.check(
                why.status().equals(status)
                        && (why.reason().equals(reason) || why.counts().containsKey(reason)),
                "explain says %s, %s".formatted(status, reason),
                why);
    }

    /** Nobody at all got anything since. */
    void nothing(String why) {
        report.line("not sent", "nothing to anybody: " + why);
        report.check(unexpected().isEmpty(), why, texts(unexpected()));
    }

    /** The messages of a crowd, which then are expected. */
    int takeAll() {
        List<Sent> more = unexpected();
        more.forEach(message -> expected.add(message.id()));
        return more.size();
    }

    /**
     * Nobody got what nobody expected.
     *
     * @param extras where whoever plays no part any more may get what they like
     */
    void allAccountedFor(List<String> extras) {
        List<Sent> more =
                unexpected().stream().filter(message -> !Messages.isTo(message, extras)).toList();
        report.check(more.isEmpty(), "nobody gets what nobody expects", texts(more));
    }

    /** Whether somebody has any message, expected or not. */
    boolean has(Role role) {
        return outside.messages().stream()
                .anyMatch(message -> Messages.isTo(message, role.addresses()));
    }

    /** The time of a message, in the store's zone. */
    String time(Sent message) {
        return TIME.format(message.at().atZone(zone));
    }

    private List<Sent> of(Role role) {
        return unexpected().stream()
                .filter(message -> Messages.isTo(message, role.addresses()))
                .sorted(Comparator.comparing(Sent::at))
                .toList();
    }

    private List<Sent> unexpected() {
        return outside.messages().stream()
                .filter(message -> !expected.contains(message.id()))
                .toList();
    }

    private static List<String> texts(List<Sent> messages) {
        return messages.stream().map(Messages::text).toList();
    }

    private static String said(Map<String, Object> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
