package io.memberday.local.row;

import io.memberday.campaign.RunPlan;
import io.memberday.local.outbox.Sent;
import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.result.Reasons;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a purchase brings day by day: what happened, what was sent of it, which work it made for a
 * person, and what was not sent and why. A day has one line, in the sequence of its hours.
 */
final class Diary {
    private static final int LONGEST_TEXT = 24;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Outside outside;
    private final List<Campaign> campaigns;
    private final ZoneId zone;
    private final Role buyer;
    private final LocalDate first;
    private final int days;
    private final Set<String> messages = new HashSet<>();
    private final Set<String> cases = new HashSet<>();
    private final Set<String> over = new HashSet<>();
    private final List<Item> items = new ArrayList<>();
    private Map<String, ServiceTouch> touches = Map.of();
    private int unsent;

    private record Item(Instant at, String mark, String words) {}

    /**
     * @param campaigns that may address the buyer
     * @param first the day of the order
     * @param days after it
     */
    Diary(
            Outside outside,
            List<Campaign> campaigns,
            ZoneId zone,
            Role buyer,
            LocalDate first,
            int days) {
        this.outside = outside;
        this.campaigns = List.copyOf(campaigns);
        this.zone = zone;
        this.buyer = buyer;
        this.first = first;
        this.days = days;
    }

    /** Something has happened to the purchase. */
    void happened(Instant at, String what) {
        items.add(new Item(at, "•", what));
        look();
    }

    /** Looks at what has come of it since. */
    void look() {
        Member member = outside.member(buyer.identity());
        Map<String, ServiceTouch> now = new TreeMap<>();
        outside.touches().forEach(touch -> now.put(touch.id(), touch));
        outside.messages().stream()
                .filter(message -> Messages.isTo(message, buyer.addresses()))
                .filter(message -> messages.add(message.id()))
                .forEach(message -> items.add(told(message, now, member)));
        outside.activity(member, "case#").stream()
                .filter(cases::add)
                .forEach(one -> items.add(new Item(outside.now(), "☎", work(member, one))));
        now.values().stream()
                .filter(touch -> ended(touch).isPresent())
                .filter(touch -> over.add(touch.id()))
                .forEach(touch -> notTold(touch, ended(touch).orElseThrow()));
        touches.values().stream()
                .filter(touch -> !touch.dueAt().isAfter(outside.now()))
                .filter(touch -> isPlanned(now, touch.id()))
                .filter(touch -> now.get(touch.id()).dueAt().isAfter(touch.dueAt()))
                .forEach(
                        touch ->
                                notTold(
                                        touch.dueAt(),
                                        touch.touchpoint(),
                                        "put off until "
                                                + MOMENT.format(
                                                        now.get(touch.id()).dueAt().atZone(zone))));
        String gone =
                touches.values().stream()
                        .filter(touch -> !now.containsKey(touch.id()))
                        .map(ServiceTouch::touchpoint)
                        .collect(Collectors.joining(", "));
        if (!gone.isEmpty()) {
            notTold(outside.now(), gone, "not called for any more");
        }
        touches = now;
    }

    /** Ends a day and gives its line. */
    String line(int day) {
        LocalDate date = first.plusDays(day);
        Member member = outside.member(buyer.identity());
        for (RunPlan plan : runs(date)) {
            Explained why = Explained.ofRun(outside, plan.id(), member);
            if (!why.status().equals(Explained.SENT)) {
                notTold(plan.at(), plan.campaign().key(), words(why));
            }
        }
        if (items.stream().allMatch(item -> item.mark.equals("•"))) {
            items.add(new Item(Instant.MAX, "·", "nothing is due; " + next(date)));
        }
        String line =
                "  day %2d  %s  %s"
                        .formatted(
                                day,
                                DAY.format(date),
                                items.stream()
                                        .sorted(Comparator.comparing(Item::at))
                                        .map(this::said)
                                        .collect(Collectors.joining("  ")));
        items.clear();
        return line;
    }

    /** How much there was of what. */
    String sum() {
        return "messages %d, care cases %d, not sent %d"
                .formatted(messages.size(), cases.size(), unsent);
    }

    private String said(Item item) {
        return item.at.equals(Instant.MAX)
                ? item.mark + " " + item.words
                : "%s %s %s".formatted(item.mark, TIME.format(item.at.atZone(zone)), item.words);
    }

    private Item told(Sent message, Map<String, ServiceTouch> now, Member member) {
        String from =
                now.values().stream()
                        .filter(
                                touch ->
                                        touch.outcome()
                                                .filter(how -> how.messageId().equals(message.id()))
                                                .isPresent())
                        .map(ServiceTouch::touchpoint)
                        .findFirst()
                        .orElseGet(() -> run(message, member));
        return new Item(
                message.at(),
                "→",
                "%s %s 「%s」"
                        .formatted(
                                message instanceof Sent.Sms ? "SMS" : "email",
                                from,
                                Messages.shortened(Messages.text(message), LONGEST_TEXT)));
    }

    /** The run that sent a message, as explain says. */
    private String run(Sent message, Member member) {
        return runs(message.at().atZone(zone).toLocalDate()).stream()
                // Those of later that day are not planned yet.
                .filter(plan -> !plan.at().isAfter(message.at()))
                .filter(
                        plan ->
                                Explained.ofRun(outside, plan.id(), member)
                                        .text()
                                        .contains(message.id()))
                .map(plan -> plan.campaign().key())
                .findFirst()
                .orElse("unknown");
    }

    private String work(Member member, String name) {
        return "a person sees to %s: %s"
                .formatted(
                        name.substring(name.indexOf('#') + 1),
                        new Agents(outside)
                                .ask("/cases/find", Map.of("member", member.id(), "case", name))
                                .body()
                                .text("reason"));
    }

    private void notTold(ServiceTouch touch, Outcome how) {
        notTold(how.at(), touch.touchpoint(), Reasons.said(how.reason()));
    }

    private void notTold(Instant at, String what, String why) {
        unsent += what.split(", ").length;
        items.add(new Item(at, "✗", "%s: %s".formatted(what, why)));
    }

    private static String words(Explained why) {
        if (why.reason().equals("segment")) {
            return "not in its segment";
        }
        return why.reason().isEmpty() ? why.text() : Reasons.said(why.reason());
    }

    private static boolean isPlanned(Map<String, ServiceTouch> now, String touch) {
        return now.containsKey(touch) && now.get(touch).state() == State.PLANNED;
    }

    private static Optional<Outcome> ended(ServiceTouch touch) {
        return touch.outcome().filter(how -> how.status() != Status.SENT);
    }

    private List<RunPlan> runs(LocalDate date) {
        return campaigns.stream()
                .filter(campaign -> RunPlan.held(campaign, date))
                .map(campaign -> RunPlan.of(campaign, date, zone))
                .toList();
    }

    private String next(LocalDate today) {
        Stream<Map.Entry<LocalDate, String>> planned =
                touches.values().stream()
                        .filter(touch -> touch.state() == State.PLANNED)
                        .map(
                                touch ->
                                        Map.entry(
                                                touch.dueAt().atZone(zone).toLocalDate(),
                                                touch.touchpoint()));
        Stream<Map.Entry<LocalDate, String>> held =
                today.plusDays(1)
                        .datesUntil(first.plusDays(days + 1L))
                        .flatMap(date -> runs(date).stream())
                        .map(plan -> Map.entry(plan.date(), plan.campaign().key()));
        return Stream.concat(planned, held)
                .min(Map.Entry.comparingByKey())
                .map(
                        next ->
                                "next is %s on day %d"
                                        .formatted(
                                                next.getValue(),
                                                ChronoUnit.DAYS.between(first, next.getKey())))
                .orElse("nothing is planned");
    }
}
