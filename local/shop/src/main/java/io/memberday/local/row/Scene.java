package io.memberday.local.row;

import io.memberday.campaign.Holdout;
import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Member;
import io.memberday.playbook.Playbook;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a row's story plays: everything comes in as a webhook, a reply, a call of an operator or as
 * time that goes by, is said in a line, and what was sent is compared with what must have been.
 * Every message must be expected by somebody.
 */
final class Scene {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Outside outside;
    private final Playbook playbook;
    private final Report report;
    private final Mail mail;
    private final List<String> extras = new ArrayList<>();
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private int people;

    Scene(Outside outside, Playbook playbook, Consumer<String> out) {
        this.outside = outside;
        this.playbook = playbook;
        report = new Report(out);
        mail = new Mail(outside, report, playbook.store().zone());
    }

    /** Begins a row: nobody is known, nothing was sent, nothing has failed. */
    void begin() {
        report.begin();
        empty();
    }

    /** The same shop before anybody came: for another part of a row's story. */
    void afresh() {
        mail.allAccountedFor(extras);
        empty();
    }

    /** Ends a row; what did not hold. */
    List<String> end() {
        mail.allAccountedFor(extras);
        check(
                outside.deadLetters().isEmpty(),
                "no queue of dead letters holds anything",
                outside.deadLetters());
        return report.failed();
    }

    private void empty() {
        mail.empty();
        extras.clear();
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

    /** Webhooks tell of these people, each of whom is in no control group of the campaigns. */
    void arrive(Role... roles) {
        for (Role role : roles) {
            report.line("posted", role.name() + ": " + role.described());
        }
        List<Role> open = List.of(roles);
        while (!open.isEmpty()) {
            play(open);
            open = open.stream().filter(this::isControlled).toList();
            open.forEach(role -> extras.addAll(role.addresses()));
        }
    }

    /** Somebody arrives who is in one of the control groups. */
    void arriveHeldOut(Role role) {
        report.line("posted", role.name() + ": " + role.described());
        play(List.of(role));
        while (!isControlled(role)) {
            extras.addAll(role.addresses());
            play(List.of(role));
        }
    }

    /** Sends webhooks of a whole crowd, without a line for each. */
    void crowd(String title, List<Role> roles) {
        report.line("posted", title);
        play(roles);
    }

    private void play(List<Role> roles) {
        roles.forEach(role -> role.played(++people));
        outside.post(told(roles));
    }

    private List<Webhook> told(List<Role> roles) {
        return roles.stream()
                .flatMap(role -> role.told(playbook.store().currency()).stream())
                .toList();
    }

    private boolean isControlled(Role role) {
        String id = member(role).id();
        return groups.entrySet().stream()
                .anyMatch(group -> new Holdout(group.getKey(), group.getValue()).holds(id));
    }

    /** Sets the clock; nothing that was due on the way happens. */
    void at(String local) {
        outside.jumpTo(instant(local));
        report.line("clock", "is set to " + TIME.format(LocalDateTime.parse(local)));
    }

    /** Lets time go by, with all that is due on the way. */
    void until(String local) {
        outside.moveTo(instant(local));
        report.line("clock", "goes on to " + TIME.format(LocalDateTime.parse(local)));
    }

    /** What time it is. */
    Instant now() {
        return outside.now();
    }

    /** Has something happen once, at the first stop of the clock's way from a time on. */
    void onTheWay(String local, Runnable what) {
        outside.onTheWay(instant(local), what);
    }

    /** Somebody who is known already does more. */
    void again(Role role, String what) {
        posted(role.name() + ": " + what, told(List.of(role)));
    }

    /** Orders of a crowd, without a line for each. */
    void orders(String words, List<Role> buyers) {
        posted(words, told(buyers));
    }

    /** Webhooks of what happens now. */
    void posted(String what, List<Webhook> told) {
        report.line("posted", what);
        outside.post(told);
    }

    /** A member answers by SMS. */
    void reply(Role role, String text) {
        report.line("posted", "%s replies by SMS: %s".formatted(role.name(), text));
        outside.reply(role.phone(), text);
    }

    /** Follows the one-click link of an email, as a mail client does. */
    void click(Role role, Sent.Email email) {
        report.line("posted", role.name() + " follows the email's one-click link (RFC 8058)");
        outside.click(email);
    }

    /** SES reports what became of an email. */
    void reported(Role role, Sent message, String type, String run) {
        report.line("posted", "SES reports of %s's email: %s".formatted(role.name(), type));
        outside.report(message, role.addresses().getLast(), type, run);
    }

    /** From now on the SMS provider refuses to write to somebody. */
    void barred(Role role) {
        report.line("provider", "takes no SMS to " + role.name());
        outside.bar(role.phone());
    }

    /** The account's money for a month of SMS is spent, or there is more of it. */
    void spent(boolean spent) {
        report.line(
                "provider",
                spent
                        ? "SNS has spent the account's money for the month: it accepts and drops"
                        : "AWS has raised the account's spend limit");
        outside.spent(spent);
    }

    /** An operator's call of member-day, with its answer. */
    Fields ask(String words, Map<String, Object> request) {
        Fields answer = outside.call("MemberDayFunction", request);
        report.line("asked", "member-day, %s".formatted(words));
        return answer;
    }

    /** An operator's campaign of this call alone; all of it stands in the line. */
    void hold(String id, String segment, String text, Object... more) {
        Map<String, Object> definition = Requests.campaign(id, segment, text, more);
        StringBuilder words = new StringBuilder("definition %s, to %s".formatted(id, segment));
        for (int i = 0; i < more.length; i += 2) {
            words.append(", %s: %s".formatted(more[i], more[i + 1]));
        }
        ask(words.toString(), Requests.map("definition", definition));
    }

    /** An operator's call that must be refused, with words of its answer. */
    void refused(String words, Map<String, Object> request, String mend) {
        String said = outside.refusal("MemberDayFunction", request).orElse("it was taken");
        report.line("asked", "member-day, %s".formatted(words));
        report.line("refused", said);
        check(said.contains(mend), "it is refused: " + mend, said);
    }

    /** A run's result. */
    Fields report(String run) {
        Fields result = outside.call("CampaignReportFunction", Map.of("run", run));
        report.line("report", run + ": " + result.text("sum"));
        return result;
    }

    /** Each got the message of a run, once, with these words in it. */
    Sent sent(String run, Role role, String... words) {
        return mail.sent(run, role, () -> Explained.ofRun(outside, run, member(role)), words);
    }

    /** Somebody got the message of a touchpoint about their newest order, with these words. */
    Sent told(String touchpoint, Role role, String... words) {
        return mail.sent(
                touchpoint,
                role,
                () -> Explained.ofTouchpoint(outside, touchpoint, member(role), Optional.empty()),
                words);
    }

    /** A member got no message of a run, and explain says why. */
    void notSent(String run, Role role, String status, String reason) {
        mail.none(run, role, status, reason);
    }

    /** Members were left out of a run at planning, each for this reason. */
    void leftOut(String run, String reason, Role... roles) {
        for (Role role : roles) {
            mail.none(run, role, "excluded", reason);
        }
    }

    /** Nobody at all got anything since. */
    void nothingSent(String why) {
        mail.nothing(why);
    }

    /** The messages of a crowd, which then are expected. */
    int takeAll() {
        return mail.takeAll();
    }

    /** Who of a crowd has a message. */
    boolean got(Role role) {
        return mail.has(role);
    }

    /** The time of a message, in the store's zone. */
    String time(Sent message) {
        return mail.time(message);
    }

    /** Whether a member of a crowd was held out of a campaign. */
    boolean isHeldOut(Role role, String campaign, int percent) {
        return new Holdout(campaign, percent).holds(member(role).id());
    }

    /** Something worth a line that was seen. */
    void seen(String what) {
        report.line("seen", what);
    }

    /** Whether something holds; said if it does not. */
    void check(boolean holds, String claim, Object seen) {
        report.check(holds, claim, seen);
    }

    /** Whether something is as it must be. */
    void same(Object wanted, Object seen, String claim) {
        check(String.valueOf(wanted).equals(String.valueOf(seen)), claim, seen + ", not " + wanted);
    }

    /** The member whom somebody plays. */
    Member member(Role role) {
        return outside.member(role.identity());
    }

    /** All of the world, for rows that need more of it than most. */
    Outside outside() {
        return outside;
    }

    /** The messages, for those who ask for one by something else than a run. */
    Mail mail() {
        return mail;
    }

    /** The lines, for those who tell in their own. */
    Report lines() {
        return report;
    }

    private Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(playbook.store().zone()).toInstant();
    }
}
