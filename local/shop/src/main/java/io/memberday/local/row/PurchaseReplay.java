package io.memberday.local.row;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.campaign.Holdout;
import io.memberday.local.LocalStack;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replays a purchase on the local stack, day by day, from signed webhooks alone, and says in a line
 * for each day what happened, what was sent, or why nothing was. The clock stands still only where
 * something is due for the buyer: it passes over reports, and over birthdays, as none is known.
 */
public final class PurchaseReplay {
    /** To the next festival's push. */
    public static final int DAYS = 75;

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 11);
    private static final LocalTime MORNING = LocalTime.of(8, 30);
    private static final LocalTime NIGHT = LocalTime.of(23, 30);

    private final LocalStack stack;
    private final List<Campaign> campaigns;
    private final ZoneId zone;
    private final String currency;
    private final Consumer<String> out;

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** Up to when all that was due has been seen to. */
    private Instant seen = Instant.MIN;

    /**
     * @param out takes each line
     */
    public PurchaseReplay(LocalStack stack, Playbook playbook, Consumer<String> out) {
        this.stack = stack;
        this.campaigns =
                playbook.campaigns().stream()
                        .filter(
                                campaign ->
                                        campaign.schedules().stream()
                                                .noneMatch(Schedule.Birthday.class::isInstance))
                        .toList();
        this.zone = playbook.store().zone();
        this.currency = playbook.store().currency();
        this.out = out;
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
        Purchases purchase = Purchases.of(kind, FIRST, zone);
        stack.stopFor(new CampaignCalendar(campaigns, zone)::next);
        try (Outside outside = new Outside(stack)) {
            outside.empty();
            seen = FIRST.atTime(MORNING).atZone(zone).toInstant();
            outside.jumpTo(seen);
            arrive(outside, purchase.buyer(), days);
            Diary diary = new Diary(outside, campaigns, zone, purchase.buyer(), FIRST, days);
            out.accept("");
            out.accept("  A purchase: " + kind);
            for (int day = 0; day <= days; day++) {
                LocalDate date = FIRST.plusDays(day);
                for (Purchases.Event event : purchase.events(date)) {
                    pass(event.at(), outside, diary);
                    outside.post(List.of(event.told().apply(event.at())));
                    diary.happened(event.at(), event.what());
                }
                pass(date.atTime(NIGHT).atZone(zone).toInstant(), outside, diary);
                out.accept(diary.line(day));
            }
            out.accept("  %d days: %s".formatted(days + 1, diary.sum()));
            List<String> dead = outside.deadLetters();
            dead.forEach(queue -> out.accept("  ✗ " + queue + " holds what could not be done"));
            return dead.isEmpty();
        }
    }

    /** Somebody who is in no control group of the campaigns, so that each replay is alike. */
    private void arrive(Outside outside, Role buyer, int days) {
        List<Campaign> held =
                campaigns.stream()
                        .filter(
                                campaign ->
                                        FIRST.datesUntil(FIRST.plusDays(days + 1L))
                                                .anyMatch(
                                                        date ->
                                                                campaign.schedule(date)
                                                                        .isPresent()))
                        .toList();
        int person = 0;
        boolean controlled = true;
        while (controlled) {
            buyer.played(++person);
            outside.post(buyer.told(currency));
            String id = outside.member(buyer.identity()).id();
            controlled =
                    held.stream()
                            .anyMatch(one -> new Holdout(one.id(), one.holdoutPercent()).holds(id));
        }
    }

    /** Lets time go by, with what is due for the buyer on the way. */
    private void pass(Instant target, Outside outside, Diary diary) {
        for (Optional<Instant> due = due(target); due.isPresent(); due = due(target)) {
            seen = due.get();
            forward(outside, seen.minusSeconds(1));
            // To the look that finds it, and no further.
            outside.moveTo(
                    outside.now().plusSeconds(1).truncatedTo(ChronoUnit.MINUTES).plus(A_MINUTE));
            diary.look();
        }
        forward(outside, target);
    }

    private Optional<Instant> due(Instant target) {
        return stack.nextDue(seen).filter(target::isAfter);
    }

    /** Real time goes on while functions run: the clock may have passed it by itself. */
    private static void forward(Outside outside, Instant to) {
        if (to.isAfter(outside.now())) {
            outside.jumpTo(to);
        }
    }
}
