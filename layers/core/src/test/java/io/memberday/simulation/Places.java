package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.simulation.Broken.Promise;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks on at the places in the caps: only marketing takes them, and nobody is refused one free.
 */
final class Places {
    private final Tables tables;
    private final int perDay;
    private final List<Taken> taken = new ArrayList<>();

    private record Taken(String memberId, Channel channel) {}

    /**
     * @param perDay places that a member has on a channel; a week and a year have no less
     */
    Places(Tables tables, int perDay) {
        this.tables = tables;
        this.perDay = perDay;
    }

    /** A marketing message was claimed, whatever becomes of it. */
    void take(Member member, Channel channel) {
        taken.add(new Taken(member.id(), channel));
    }

    /** Somebody got no message as the caps were full, as a row says. */
    void refused(String memberId, Channel channel) {
        Member member = tables.live(memberId);
        long had =
                taken.stream()
                        .filter(one -> one.channel() == channel)
                        .filter(one -> tables.live(one.memberId()).id().equals(member.id()))
                        .count();
        Promises.require(
                had >= perDay,
                Promise.CAP,
                () -> "%s had %d of %d by %s".formatted(member.id(), had, perDay, channel));
    }
}
