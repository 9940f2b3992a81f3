package io.memberday.release;

import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Timing.Due;
import io.memberday.playbook.Touchpoint;
import io.memberday.touch.DueStore;
import io.memberday.touch.QuietHours;
import io.memberday.touch.ServiceTouch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Touches of touchpoints, of one kind, as one tick sees them. */
final class DueTouches implements Work<ServiceTouch> {
    /** So many go in one event. */
    private static final int AN_EVENT = 10;

    /** More than a tick has time for: of a burst as much as can be must go at once. */
    private static final int MOST_READ = 100_000;

    private final DueStore due;
    private final Map<String, Touchpoint> touchpoints;
    private final Set<String> waiting = new HashSet<>();
    private final QuietHours quietHours;
    private final Kind kind;

    DueTouches(DueStore due, Playbook playbook, Kind kind) {
        this.due = due;
        this.quietHours = QuietHours.of(playbook.store());
        this.kind = kind;
        this.touchpoints =
                playbook.touchpoints().stream()
                        .collect(Collectors.toMap(Touchpoint::id, each -> each));
    }

    @Override
    public int mostRead() {
        return MOST_READ;
    }

    @Override
    public Iterator<ServiceTouch> due(int shard, Instant now) {
        return due.touches(kind, shard, now, () -> waiting);
    }

    @Override
    public Instant dueAt(ServiceTouch touch) {
        return touch.dueAt();
    }

    /**
     * The customer of a purchase is told at any hour; marketing waits for the end of the quiet
     * hours on its member's clock, once that is known, unless it is too late then.
     */
    @Override
    public Optional<Instant> later(ServiceTouch touch, Instant now) {
        return touch.zone()
                .filter(_ -> kind == Kind.MARKETING)
                .map(zone -> quietHours.in(zone).over(now))
                .filter(over -> over.isAfter(now) && !over.isAfter(touch.validUntil()))
                .map(over -> new Due(over, touch.validUntil()).spread(touch.id()).at());
    }

    /** Counted on the channel that the touchpoint prefers; one that is too late only ends. */
    @Override
    public Optional<Load> load(ServiceTouch touch, Instant now) {
        Optional<Channel> channel =
                Optional.ofNullable(touchpoints.get(touch.touchpoint()))
                        .flatMap(Touchpoint::channel);
        boolean ends = channel.isEmpty() || now.isAfter(touch.validUntil());
        return Optional.of(new Load(channel.orElse(Channel.SMS), ends ? 0 : 1));
    }

    /**
     * The touches of a channel that is full must not stand in the way of another's: there may be
     * more of them than a tick can read.
     */
    @Override
    public void passOver(ServiceTouch touch) {
        waiting.add(touch.touchpoint());
    }

    @Override
    public boolean push(ServiceTouch touch, Instant dueAt) {
        return due.push(touch, dueAt);
    }

    @Override
    public List<BusEvent> events(List<ServiceTouch> touches) {
        List<BusEvent> events = new ArrayList<>();
        for (int from = 0; from < touches.size(); from += AN_EVENT) {
            events.add(
                    BusEvent.touchesDue(
                            kind,
                            touches.subList(from, Math.min(from + AN_EVENT, touches.size()))));
        }
        return events;
    }
}
