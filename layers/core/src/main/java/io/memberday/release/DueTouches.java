package io.memberday.release;

import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.playbook.Touchpoint;
import io.memberday.touch.DueStore;
import io.memberday.touch.ServiceTouch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Service touches, as one tick sees them. */
final class DueTouches implements Work<ServiceTouch> {
    /** So many go in one event. */
    private static final int AN_EVENT = 10;

    private final DueStore due;
    private final List<Touchpoint> touchpoints;

    DueTouches(DueStore due, List<Touchpoint> touchpoints) {
        this.due = due;
        this.touchpoints = touchpoints;
    }

    @Override
    public Iterator<ServiceTouch> due(int shard, Instant now) {
        return due.touches(shard, now);
    }

    @Override
    public Instant dueAt(ServiceTouch touch) {
        return touch.dueAt();
    }

    /** The customer of a purchase is told at any hour. */
    @Override
    public Optional<Instant> later(ServiceTouch touch, Instant now) {
        return Optional.empty();
    }

    /** Counted on the channel that the touchpoint prefers; one that is too late only ends. */
    @Override
    public Optional<Load> load(ServiceTouch touch, Instant now) {
        Optional<Channel> channel =
                touchpoints.stream()
                        .filter(touchpoint -> touchpoint.id().equals(touch.touchpoint()))
                        .findFirst()
                        .flatMap(Touchpoint::channel);
        boolean ends = channel.isEmpty() || now.isAfter(touch.validUntil());
        return Optional.of(new Load(channel.orElse(Channel.SMS), ends ? 0 : 1));
    }

    /** A service message is hardly ever held up by anything but its own kind. */
    @Override
    public void passOver(ServiceTouch touch) {}

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
                            touches.subList(from, Math.min(from + AN_EVENT, touches.size()))));
        }
        return events;
    }
}
