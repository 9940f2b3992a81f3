package io.memberday.local.row;

import io.memberday.campaign.Holdout;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Member;
import io.memberday.playbook.Playbook;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where a row's story plays: everything comes in as a webhook, a reply, a call of an operator or as
 * time that goes by, is said in a line, and what was sent is compared with what must have been.
 * Every message must be expected by somebody.
 */
final class Scene {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int LONGEST_TEXT = 60;

    private final Outside outside;
    private final Playbook playbook;
    private final Consumer<String> out;
    private final List<String> failed = new ArrayList<>();
    private final Set<String> expected = new HashSet<>();
    private final List<String> extras = new ArrayList<>();
    private List<Role> present = List.of();
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private int people;

    Scene(Outside outside, Playbook playbook, Consumer<String> out) {
        this.outside = outside;
        this.playbook = playbook;
        this.out = out;
    }

    /** Begins a row: nobody is known, nothing was sent, nothing has failed. */
    void begin() {
        failed.clear();
        empty();
    }

    /** The same shop before anybody came: for another part of a row's story. */
    void afresh() {
        allAccountedFor();
        empty();
    }

    /** Ends a row. */
    List<String> end() {
        allAccountedFor();
        check(
                outside.deadLetters().isEmpty(),
                "no queue of dead letters holds anything",
                outside.deadLetters());
        return List.copyOf(failed);
    }

    private void empty() {
        expected.clear();
        extras.clear();
        present = List.of();
        groups.clear();
        outside.empty();
    }

    /** Campaigns whose control groups nobody of the cast may be in: else others play the part. */
    Scene of(String... ids) {
        for (String id : ids) {
            playbook.campaigns().stream()
                    .filter(known -> known.id().equals(id))
                    .forEach(known -> groups.put(id, known.holdoutPercent()));
        }
        return this;
    }

    /** A campaign of a call alone, likewise. */
    Scene of(String id, int holdoutPercent) {
        groups.put(id, holdoutPercent);
        return this;
    }

    /** Somebody arrives who is in one of the control groups. */
    void arriveHeldOut(Role role) {
        line("posted", role.name() + ": " + role.described());
        play(role);
        while (!isControlled(role)) {
            extras.addAll(role.addresses());
            play(role);
        }
    }

    private void play(Role role) {
        role.played(++people);
        outside.post(role.told(currency()));
    }

    /** Sets the clock; nothing that was due on the way happens. */
    void at(String local) {
        outside.jumpTo(instant(local));
        line("clock", "is set to " + TIME.format(LocalDateTime.parse(local)));
    }

    /** Lets time go by, with all that is due on the way. */
    void until(String local) {
        outside.moveTo(instant(local));
        line("clock", "goes on to " + TIME.format(LocalDateTime.parse(local)));
    }

    /** Has something happen once, at the first stop of the clock's way from a time on. */
    void onTheWay(String local, Runnable what) {
        outside.onTheWay(instant(local), what);
    }

    /** Webhooks tell of these people, each of whom is in no control group of the campaigns. */
    void arrive(Role... roles) {
        List<Role> playing = new ArrayList<>(present);
        for (Role role : roles) {
            line("posted", role.name() + ": " + role.described());
            playing.add(role);
        }
        List<Role> open = List.of(roles);
        while (!open.isEmpty()) {
            open.forEach(role -> role.played(++people));
            outside.post(open.stream().flatMap(role -> role.told(currency()).stream()).toList());
            List<Role> again = open.stream().filter(this::isControlled).toList();
            again.forEach(role -> extras.addAll(role.addresses()));
            open = again;
        }
        present = List.copyOf(playing);
    }

    /** Somebody who is known already does more. */
    void again(Role role, String what) {
        line("posted", role.name() + ": " + what);
        outside.post(role.told(currency()));
    }

    /** Webhooks of what happens now. */
    void posted(String what, List<Webhook> told) {
        line("posted", what);
        outside.post(told);
    }

    /** What time it is. */
    Instant now() {
        return outside.now();
    }

    /** What explain answers. */
    Fields explain(Map<String, Object> asked) {
        return outside.call("CampaignReportFunction", Map.of("explain", asked));
    }

    /** Says of a message that was not sent. */
    void unsent(String what) {
        line("not sent", what);
    }

    /** The items of a member's activity that begin so. */
    List<String> activity(Role role, String start) {
        return outside.activity(member(role), start);
    }

    /** The coupons that a member holds. */
    List<CouponIssued> coupons(Role role) {
        return outside.coupons(member(role));
    }

    /** Sends webhooks of a whole crowd, without a line for each. */
    void crowd(String title, List<Role> roles) {
        line("posted", title);
        roles.forEach(role -> role.played(++people));
        outside.post(roles.stream().flatMap(role -> role.told(currency()).stream()).toList());
    }

    /** A member answers by SMS. */
    void reply(Role role, String text) {
        line("posted", "%s replies by SMS: %s".formatted(role.name(), text));
        outside.reply(role.phone(), text);
    }

    /** Follows the one-click link of an email, as a mail client does. */
    void click(Role role, Sent.Email email) {
        line("posted", role.name() + " follows the email's one-click link (RFC 8058)");
        outside.click(email);
    }

    /** An operator's call of member-day, with its answer. */
    Fields ask(String words, Map<String, Object> request) {
        Fields answer = outside.call("MemberDayFunction", request);
        line("asked", "member-day, %s".formatted(words));
        return answer;
    }

    /** An operator's call that must be refused, with words of its answer. */
    void refused(String words, Map<String, Object> request, String mend) {
        String said = outside.refusal("MemberDayFunction", request).orElse("it was taken");
        line("asked", "member-day, %s".formatted(words));
        line("refused", said);
        check(said.contains(mend), "it is refused: " + mend, said);
    }

    /** From now on the SMS provider refuses to write to somebody. */
    void barred(Role role) {
        line("provider", "takes no SMS to " + role.name());
        outside.bar(role.phone());
    }

    /** The account's money for a month of SMS is spent, or there is more of it. */
    void spent(boolean spent) {
        line(
                "provider",
                spent
                        ? "SNS has spent the account's money for the month: it accepts and drops"
                        : "AWS has raised the account's spend limit");
        outside.spent(spent);
    }

    /** SES reports what became of an email. */
    void reported(Role role, Sent message, String type, String run) {
        line("posted", "SES reports of %s's email: %s".formatted(role.name(), type));
        outside.report(message, role.addresses().getLast(), type, run);
    }

    /** A run's result. */
    Fields report(String run) {
        Fields report = outside.call("CampaignReportFunction", Map.of("run", run));
        line("report", run + ": " + report.text("sum"));
        return report;
    }

    /** Something worth a line that was seen. */
    void seen(String what) {
        line("seen", what);
    }

    /** Each got the message of a run, once, with these words in it. */
    Sent sent(String run, Role role, String... words) {
        List<Sent> got = unexpected(role);
        check(got.size() == 1, role.name() + " gets one message of " + run, got.size());
        if (got.isEmpty()) {
            throw new IllegalStateException(
                    "%s got nothing: %s".formatted(role.name(), explained(run, role).text()));
        }
        Sent message = got.getFirst();
        expected.add(message.id());
        String text = Messages.text(message);
        line("sent", "%s ← %s 「%s」".formatted(role.name(), how(message), shortened(text)));
        for (String word : words) {
            check(text.contains(word), role.name() + " reads " + word, text);
        }
        if (!run.isEmpty()) {
            check(
                    explained(run, role).status().equals("sent"),
                    "explain says that it was sent",
                    explained(run, role));
        }
        return message;
    }

    /**
     * What explain says of a run and a member.
     *
     * @param counts of the run's members left out at planning, by reason
     */
    record Explained(String status, String reason, String text, Map<String, Object> counts) {}

    /** Asks what became of a member in a run. */
    Explained explained(String run, Role role) {
        Fields answer =
                outside.call(
                        "CampaignReportFunction",
                        Map.of("explain", Map.of("run", run, "member", member(role).id())));
        return new Explained(
                answer.text("status"),
                answer.optionalText("reason").orElse(""),
                String.join(" ", answer.texts("text")),
                answer.optionalObject("excluded").map(Fields::asMap).orElse(Map.of()));
    }

    /**
     * A member got no message, and explain says why. Who was left out at planning stands in no row
     * by name: there the run's counts by reason may say it too.
     */
    void notSent(String run, Role role, String status, String reason) {
        List<Sent> got = unexpected(role);
        check(got.isEmpty(), role.name() + " gets nothing of " + run, got.size());
        Explained why = explained(run, role);
        line(
                "not sent",
                "%s, by %s: %s — %s"
                        .formatted(
                                role.name(),
                                run,
                                why.status + (why.reason.isEmpty() ? "" : ", " + why.reason),
                                why.counts.isEmpty() ? why.text : "in all " + said(why.counts)));
        check(
                why.status.equals(status)
                        && (why.reason.equals(reason) || why.counts.containsKey(reason)),
                "explain says %s, %s".formatted(status, reason),
                why);
    }

    /** What explain says of a touchpoint and a member's newest order. */
    void explained(String touchpoint, Role role, String status, String reason) {
        Fields about =
                outside.call(
                                "CampaignReportFunction",
                                Map.of(
                                        "explain",
                                        Map.of(
                                                "touchpoint",
                                                touchpoint,
                                                "member",
                                                member(role).id())))
                        .objects("touches")
                        .getFirst();
        line(
                status.equals("sent") ? "seen" : "not sent",
                "%s, by %s: %s — %s"
                        .formatted(
                                role.name(), touchpoint, about.text("status"), about.text("text")));
        same(status, about.text("status"), "explain tells the status");
        same(reason, about.raw("reason").orElse(""), "explain tells the reason");
    }

    private static String said(Map<String, Object> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Nobody at all got anything since. */
    void nothingSent(String why) {
        List<Sent> more =
                outside.messages().stream()
                        .filter(message -> !expected.contains(message.id()))
                        .toList();
        line("not sent", "nothing to anybody: " + why);
        check(more.isEmpty(), why, more.size() + " messages");
    }

    /** Whether something holds; said if it does not. */
    void check(boolean holds, String claim, Object seen) {
        if (!holds) {
            failed.add("%s (seen: %s)".formatted(claim, seen));
            line("✗", failed.getLast());
        }
    }

    /** Whether something is as it must be. */
    void same(Object wanted, Object seen, String claim) {
        check(String.valueOf(wanted).equals(String.valueOf(seen)), claim, seen + ", not " + wanted);
    }

    /** The messages of a crowd, which then are expected. */
    int takeAll() {
        List<Sent> more =
                outside.messages().stream()
                        .filter(message -> !expected.contains(message.id()))
                        .toList();
        more.forEach(message -> expected.add(message.id()));
        return more.size();
    }

    /** Who of a crowd has a message. */
    boolean got(Role role) {
        return outside.messages().stream()
                .anyMatch(message -> Messages.isTo(message, role.addresses()));
    }

    /** Whether a member of a crowd was held out of a campaign. */
    boolean isHeldOut(Role role, String campaign, int percent) {
        return new Holdout(campaign, percent).holds(member(role).id());
    }

    /** Orders of a crowd, without a line for each. */
    void orders(String words, List<Role> buyers) {
        line("posted", words);
        outside.post(buyers.stream().flatMap(role -> role.told(currency()).stream()).toList());
    }

    /** The time of a message, in the store's zone. */
    String time(Sent message) {
        return DateTimeFormatter.ofPattern("HH:mm").format(message.at().atZone(zone()));
    }

    /** The member whom somebody plays. */
    Member member(Role role) {
        return outside.member(role.identity());
    }

    /** All of the world, for rows that need more of it than most. */
    Outside outside() {
        return outside;
    }

    /** A file's text, such as a page for people. */
    String file(String key) {
        return outside.file(key);
    }

    private boolean isControlled(Role role) {
        String id = member(role).id();
        return groups.entrySet().stream()
                .anyMatch(group -> new Holdout(group.getKey(), group.getValue()).holds(id));
    }

    private List<Sent> unexpected(Role role) {
        return outside.messages().stream()
                .filter(message -> !expected.contains(message.id()))
                .filter(message -> Messages.isTo(message, role.addresses()))
                .sorted(Comparator.comparing(Sent::at))
                .toList();
    }

    /** Those who play no part any more may get what they like. */
    private void allAccountedFor() {
        List<Sent> more =
                outside.messages().stream()
                        .filter(message -> !expected.contains(message.id()))
                        .filter(message -> !Messages.isTo(message, extras))
                        .toList();
        check(
                more.isEmpty(),
                "nobody gets what nobody expects",
                more.stream().map(Messages::text).toList());
    }

    private String how(Sent message) {
        return "%s at %s".formatted(message instanceof Sent.Sms ? "SMS" : "email", time(message));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }

    private void line(String what, String words) {
        out.accept("    %-8s %s".formatted(what, words));
    }

    private String currency() {
        return playbook.store().currency();
    }

    private ZoneId zone() {
        return playbook.store().zone();
    }

    private Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(zone()).toInstant();
    }
}
