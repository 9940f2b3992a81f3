package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.Signer;
import io.memberday.local.row.Door.Answer;
import io.memberday.local.row.Letter.Posted;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes from outside that must not be taken, from each source: answered, and nothing else. */
final class SourceRows {
    private static final String DAY = "2026-05-08T10:00";
    private static final int OK = 200;
    private static final int UNREAD = 400;
    private static final int UNSIGNED = 401;
    private static final int HUGE = 413;
    private static final int REFUSED = 422;
    private static final int MEGABYTE = 1024 * 1024;

    /** What the committed events say of people. */
    private static final List<String> PERSONS =
            List.of(
                    "13800138",
                    "138 0013",
                    "4915123456789",
                    "example.com\"",
                    "robin@",
                    "xiaoman@",
                    "Müller",
                    "Hauptstra",
                    "林小雨",
                    "小满",
                    "中山路",
                    "文三路");

    private SourceRows() {}

    static List<Row> all() {
        return List.of(new Row("sources", "Bad input from outside, per source", SourceRows::bad));
    }

    private static void bad(Scene scene) {
        try (Door door = scene.outside().door()) {
            scene.at(DAY);
            Sender.all().forEach(sender -> refused(scene, door, sender));
            unknown(scene, door);
            scene.until("2026-05-09T10:00");
            scene.nothingSent("of what was refused");
            door.changes();
            Sender.all().forEach(sender -> taken(scene, door, sender));
            scene.until("2026-05-09T13:00");
            noReminder(scene, "a status that went back reminds nobody of a payment that was made");
            scene.takeAll();
            scene.afresh();
            door.changes();
            Sender.all().forEach(sender -> contradictory(scene, door, sender));
            scene.until("2026-05-09T16:00");
            noReminder(scene, "a contradictory status reminds nobody of a payment");
            scene.takeAll();
            List<String> told = door.logged().stream().filter(SourceRows::isPersonal).toList();
            scene.check(told.isEmpty(), "no line of a log tells of a person", told);
        }
    }

    private static void refused(Scene scene, Door door, Sender sender) {
        Letter good = sender.letter();
        Signer signer = door.signer();
        Instant now = scene.now();
        int unread = sender.swallows() ? OK : UNREAD;
        int wrong = sender.swallows() ? OK : REFUSED;
        Visit visit = new Visit(scene, door, good);
        Posted whole = good.signed(signer, now);
        visit.refuses("forged", good.signed(guessed(good.source()), now), UNSIGNED);
        visit.refuses("not signed", good.unsigned(), UNSIGNED);
        if (good.source().equals("memberday")) {
            visit.refuses("stale", good.signed(signer, now.minus(Duration.ofMinutes(6))), UNSIGNED);
        }
        byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
        visit.refuses("truncated on its way", whole.with(half), UNSIGNED);
        String cut = good.text().substring(0, good.text().length() / 2);
        visit.refuses("truncated and signed", good.saying(cut).signed(signer, now), unread);
        visit.refuses("a list", good.saying("[]").signed(signer, now), unread);
        visit.refuses(
                good.isForm() ? "JSON, no form" : "a form, no JSON",
                good.inTheOtherEnvelope(signer, now),
                good.isForm() ? UNSIGNED : unread);
        visit.refuses(
                "in GBK",
                good.saying(good.text().replaceFirst("\\{", "{\"街道\":\"街道\","))
                        .signed(signer, now, Charset.forName("GBK")),
                UNSIGNED);
        Letter huge = good.saying(good.text() + " ".repeat(MEGABYTE));
        visit.refuses("huge", huge.unsigned(), HUGE);
        visit.refuses("huge and signed", huge.signed(signer, now), sender.swallows() ? OK : HUGE);
        visit.refuses("of another topic", sender.other().apply(good).signed(signer, now), wrong);
        visit.refuses("of the future", sender.later().apply(good).signed(signer, now), wrong);
        visit.refuses("a wrong value", sender.wrong().apply(good).signed(signer, now), wrong);
    }

    private static void unknown(Scene scene, Door door) {
        Answer answer = door.post(new Posted("/webhooks/magento", Map.of(), new byte[0]));
        scene.seen("magento: there is none → %d %s".formatted(answer.status(), answer.body()));
        scene.same(404, answer.status(), "a source that there is not is not found");
    }

    /** An order or parcel that nobody knew, the same again, and its state before. */
    private static void taken(Scene scene, Door door, Sender sender) {
        Letter good = sender.letter();
        Signer signer = door.signer();
        Visit visit = new Visit(scene, door, good);
        visit.takes("good, and unknown before", good.signed(signer, scene.now()), true);
        visit.takes("replayed", good.signed(signer, scene.now()), false);
        sender.earlier()
                .ifPresent(
                        letter ->
                                visit.passes(
                                        "an earlier status", letter.signed(signer, scene.now())));
    }

    private static void contradictory(Scene scene, Door door, Sender sender) {
        Letter good = sender.letter();
        new Visit(scene, door, good)
                .takes(
                        "contradictory",
                        sender.contradictory().apply(good).signed(door.signer(), scene.now()),
                        true);
    }

    private static void noReminder(Scene scene, String claim) {
        List<String> reminders =
                scene.outside().touches().stream()
                        .map(touch -> touch.touchpoint())
                        .filter(touchpoint -> touchpoint.startsWith("payment"))
                        .toList();
        scene.check(reminders.isEmpty(), claim, reminders);
    }

    private static Signer guessed(String source) {
        return new Signer(Json.write(Map.of(source, List.of("guessed:guessed"))));
    }

    private static boolean isPersonal(String text) {
        return PERSONS.stream().anyMatch(text::contains);
    }

    /** What one source posts, one after the other. */
    private record Visit(Scene scene, Door door, Letter good) {

        /** It is answered so, in the source's own words, and nothing is stored. */
        void refuses(String what, Posted posted, int status) {
            Answer answer = door.post(posted);
            String changed = door.changes();
            line(what, answer, changed);
            scene.same(status, answer.status(), "%s, %s".formatted(good.path(), what));
            scene.same("nothing", changed, "%s, %s: the tables".formatted(good.path(), what));
            understood(what, answer, false);
        }

        /** It is answered as taken, and stored unless all of it was known. */
        void takes(String what, Posted posted, boolean changes) {
            String changed = taken(what, posted);
            scene.check(
                    changes != changed.equals("nothing"),
                    "%s, %s: the tables %s"
                            .formatted(good.path(), what, changes ? "change" : "do not change"),
                    changed);
        }

        /** It is answered as taken, and calls for nothing: no points, no message. */
        void passes(String what, Posted posted) {
            String changed = taken(what, posted);
            scene.check(
                    !changed.contains("Activity") && !changed.contains("Results"),
                    "%s, %s: it calls for nothing".formatted(good.path(), what),
                    changed);
        }

        private String taken(String what, Posted posted) {
            Answer answer = door.post(posted);
            String changed = door.changes();
            line(what, answer, changed);
            scene.same(OK, answer.status(), "%s, %s".formatted(good.path(), what));
            understood(what, answer, true);
            return changed;
        }

        private void line(String what, Answer answer, String changed) {
            scene.seen(
                    "%-20s %-24s → %d %s; tables: %s"
                            .formatted(
                                    good.path().substring(1),
                                    what,
                                    answer.status(),
                                    answer.body(),
                                    changed));
        }

        private void understood(String what, Answer answer, boolean taken) {
            String claim =
                    "%s, %s: the answer is as the source wants it".formatted(good.path(), what);
            Fields body = Json.read(answer.body());
            boolean ok = answer.status() == OK;
            Map<String, Object> wanted = new LinkedHashMap<>();
            switch (good.source()) {
                case "youzan" -> {
                    wanted.put("code", ok ? 0 : answer.status());
                    wanted.put("msg", ok ? "success" : "failed");
                }
                case "kuaidi100" -> {
                    wanted.put("result", ok);
                    wanted.put("returnCode", Integer.toString(answer.status()));
                    wanted.put("message", body.text("message"));
                }
                default -> {
                    String word = ok ? "result" : "error";
                    wanted.put(word, body.text(word));
                }
            }
            scene.check(wanted.equals(body.asMap()), claim, answer.body());
            body.optionalText("error")
                    .ifPresent(
                            error ->
                                    scene.check(
                                            error.contains(": "),
                                            "it says what and how to mend it",
                                            error));
            if (ok && !good.source().equals("youzan") && !good.source().equals("kuaidi100")) {
                List<String> words =
                        taken ? List.of("accepted", "known") : List.of("refused", "ignored");
                scene.check(words.contains(body.text("result")), claim, answer.body());
            }
            scene.check(
                    !isPersonal(answer.body()),
                    "%s, %s: the answer tells of no person".formatted(good.path(), what),
                    answer.body());
        }
    }
}
