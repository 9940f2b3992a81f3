package io.memberday.local.row;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.campaign.Holdout;
import io.memberday.local.LocalStack;
import io.memberday.local.outbox.Sent;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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
import java.util.function.Consumer;

/**
 * Replays a purchase on the local stack, day by day, from signed webhooks alone, and says in a line
 * for each day what happened, what was sent, or why nothing was.
 */
public final class PurchaseReplay {
    /** To the next festival's push. */
    public static final int DAYS = 75;

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 11);
    private static final LocalTime MORNING = LocalTime.of(8, 30);
    private static final LocalTime NIGHT = LocalTime.of(23, 30);
    private static final int LONGEST_TEXT = 30;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final LocalStack stack;
    private final Playbook playbook;
    private final Consumer<String> out;
    private final Set<String> heard = new HashSet<>();
    private Map<String, ServiceTouch> known = new TreeMap<>();
    private Set<String> cases = new HashSet<>();

    /**
     * @param out takes each line
     */
    public PurchaseReplay(LocalStack stack, Playbook playbook, Consumer<String> out) {
        this.stack = stack;
        this.playbook = playbook;
        this.out = out;
        stack.stopFor(new CampaignCalendar(playbook)::next);
    }

    /** The purchases that can be replayed, such as {@code kept}. */
    public static List<String> kinds() {
        return Purchases.kinds();
    }

    /**
     * Replays a purchase.
     *
     * @param kind of {@link #kinds}
     * @param days of it; {@link #DAYS} are all
     * @return whether no queue of dead letters holds anything
     */
    public boolean tell(String kind, int days) {
        Purchases purchase = Purchases.of(kind, FIRST, zone());
        try (Outside outside = new Outside(stack)) {
            outside.empty();
            heard.clear();
            known = new TreeMap<>();
            cases = new HashSet<>();
            outside.jumpTo(FIRST.atTime(MORNING).atZone(zone()).toInstant());
            arrive(outside, purchase.buyer(), days);
            out.accept("");
            out.accept("  A purchase: " + kind);
            List<Purchases.Event> events = new ArrayList<>(purchase.events());
            for (int day = 0; day <= days; day++) {
                Instant night = FIRST.plusDays(day).atTime(NIGHT).atZone(zone()).toInstant();
                List<String> said = new ArrayList<>();
                while (!events.isEmpty() && events.getFirst().at().isBefore(night)) {
                    Purchases.Event event = events.removeFirst();
                    outside.moveTo(event.at());
                    outside.post(List.of(event.told().apply(event.at())));
                    said.add(event.what());
                }
                outside.moveTo(night);
                out.accept(line(day, said, outside, purchase.buyer()));
            }
            List<String> dead = outside.deadLetters();
            dead.forEach(queue -> out.accept("  ✗ " + queue + " holds what could not be done"));
            return dead.isEmpty();
        }
    }

    /** Somebody who is in no control group of the days' campaigns, so that each replay is alike. */
    private void arrive(Outside outside, Role buyer, int days) {
        List<Campaign> held =
                playbook.campaigns().stream()
                        .filter(campaign -> campaign.kind() == Kind.MARKETING)
                        .filter(
                                campaign ->
                                        FIRST.datesUntil(FIRST.plusDays(days + 1))
                                                .anyMatch(
                                                        date ->
                                                                campaign.schedule(date)
                                                                        .isPresent()))
                        .toList();
        int person = 0;
        boolean controlled = true;
        while (controlled) {
            buyer.played(++person);
            outside.post(buyer.told(playbook.store().currency()));
            String id = outside.member(buyer.identity()).id();
            controlled =
                    held.stream()
                            .anyMatch(one -> new Holdout(one.id(), one.holdoutPercent()).holds(id));
        }
    }

    private String line(int day, List<String> events, Outside outside, Role buyer) {
        Member member = outside.member(buyer.identity());
        Map<String, ServiceTouch> touches = new TreeMap<>();
        outside.touches().forEach(touch -> touches.put(touch.id(), touch));
        List<String> said = new ArrayList<>();
        events.forEach(event -> said.add("• " + event));
        outside.messages().stream()
                .filter(message -> Messages.isTo(message, buyer.addresses()))
                .filter(message -> heard.add(message.id()))
                .sorted(Comparator.comparing(Sent::at))
                .forEach(message -> said.add(told(message, touches, member)));
        List<String> opened = new ArrayList<>(outside.activity(member, "case#"));
        opened.removeAll(cases);
        opened.forEach(one -> said.add("☎ " + one));
        cases.addAll(opened);
        touches.values().stream()
                .filter(touch -> ended(touch).isPresent())
                .filter(
                        touch ->
                                known.get(touch.id()) == null
                                        || ended(known.get(touch.id())).isEmpty())
                .forEach(touch -> said.add("✗ " + why(touch)));
        known.keySet().stream()
                .filter(id -> !touches.containsKey(id))
                .forEach(id -> said.add("✗ " + id.substring(0, id.indexOf('#')) + ": taken back"));
        boolean quiet = said.stream().noneMatch(one -> one.startsWith("→"));
        if (quiet && said.stream().noneMatch(one -> one.startsWith("✗"))) {
            said.add(next(touches));
        }
        known = touches;
        return "  day %2d  %s  %s"
                .formatted(day, DAY.format(FIRST.plusDays(day)), String.join("  ", said));
    }

    private String told(Sent message, Map<String, ServiceTouch> touches, Member member) {
        String from =
                touches.values().stream()
                        .filter(
                                touch ->
                                        touch.outcome()
                                                .filter(how -> how.messageId().equals(message.id()))
                                                .isPresent())
                        .map(ServiceTouch::touchpoint)
                        .findFirst()
                        .orElseGet(() -> run(message, member));
        String text = Messages.text(message).replaceAll("\\s+", " ");
        return "→ %s %s %s 「%s」"
                .formatted(
                        TIME.format(message.at().atZone(zone())),
                        message instanceof Sent.Sms ? "SMS" : "email",
                        from,
                        text.length() <= LONGEST_TEXT
                                ? text
                                : text.substring(0, LONGEST_TEXT) + "…");
    }

    /** The run whose claim is the nearest before the message. */
    private static String run(Sent message, Member member) {
        return member.claims().entrySet().stream()
                .filter(claim -> !claim.getValue().at().isAfter(message.at()))
                .max(Map.Entry.comparingByValue(Comparator.comparing(Claim::at)))
                .map(Map.Entry::getKey)
                .orElse("a campaign");
    }

    private static Optional<Outcome> ended(ServiceTouch touch) {
        return touch.outcome().filter(how -> how.status() != Status.SENT);
    }

    private static String why(ServiceTouch touch) {
        Outcome how = touch.outcome().orElseThrow();
        return "%s: %s, %s".formatted(touch.touchpoint(), how.status().key(), how.reason());
    }

    private String next(Map<String, ServiceTouch> touches) {
        return touches.values().stream()
                .filter(touch -> touch.state() == State.PLANNED)
                .min(Comparator.comparing(ServiceTouch::dueAt))
                .map(
                        touch -> {
                            LocalDate due = touch.dueAt().atZone(zone()).toLocalDate();
                            return "· nothing is due before %s on day %d"
                                    .formatted(
                                            touch.touchpoint(),
                                            ChronoUnit.DAYS.between(FIRST, due));
                        })
                .orElse("· nothing is planned");
    }

    private ZoneId zone() {
        return playbook.store().zone();
    }
}
