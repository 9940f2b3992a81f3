package io.memberday.campaign;

import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.SendTimes;
import io.memberday.segment.Vantage;
import io.memberday.touch.QuietHours;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The {@link Slot} of each member of a run (R36). Not for sharing between threads. */
final class Slots {
    private static final int THE_RUNS_OWN = -1;

    private final Campaign campaign;
    private final LocalDate date;
    private final LocalTime time;
    private final ZoneId storeZone;
    private final Vantage vantage;
    private final QuietHours quietHours;
    private final Map<Key, Slot> known = new HashMap<>();

    private record Key(int other, ZoneId zone) {}

    /**
     * @param date of the run
     * @param at of the run
     * @param quietHours the store's, on its clock
     * @param vantage from which segments look
     */
    Slots(Campaign campaign, LocalDate date, Instant at, QuietHours quietHours, Vantage vantage) {
        ZoneId storeZone = quietHours.zone();
        this.quietHours = quietHours;
        this.campaign = campaign;
        this.date = date;
        this.time = at.atZone(storeZone).toLocalTime();
        this.storeZone = storeZone;
        this.vantage = vantage;
    }

    Slot of(Member member) {
        List<SendTimes.Other> others = campaign.times().others();
        int other =
                IntStream.range(0, others.size())
                        .filter(i -> others.get(i).segment().matches(member, vantage))
                        .findFirst()
                        .orElse(THE_RUNS_OWN);
        return known.computeIfAbsent(
                new Key(other, member.profile().zone().orElse(storeZone)), this::slot);
    }

    /** Whether the member's message falls into quiet hours, and the campaign drops what does. */
    boolean drops(Member member) {
        Slot slot = of(member);
        return campaign.times().drops() && quietHours.in(slot.zone()).at(slot.dueAt());
    }

    private Slot slot(Key key) {
        ZoneId clock = campaign.times().local() ? key.zone() : storeZone;
        if (key.other() == THE_RUNS_OWN) {
            return slot(date, time, campaign.times().window(), clock, key.zone());
        }
        SendTimes.Other other = campaign.times().others().get(key.other());
        return slot(
                date.minusDays(other.daysBefore()), other.at(), other.window(), clock, key.zone());
    }

    private Slot slot(LocalDate day, LocalTime at, Duration window, ZoneId clock, ZoneId zone) {
        Instant due = RunPlan.moment(day, at, clock);
        Instant closes = due.plus(window);
        // Nothing is left to wait in a batch when the quiet hours begin.
        Instant until =
                quietHours
                        .in(zone)
                        .next(due)
                        .filter(quiet -> campaign.times().drops() && quiet.isBefore(closes))
                        .orElse(closes);
        return new Slot(due, until, zone);
    }
}
