package io.memberday.campaign;

import io.memberday.member.Channel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A batch to be. Unless it is told otherwise: SMS of one part, for ten hours in Shanghai. */
public final class BatchDraft {
    private static final Duration WINDOW = Duration.ofHours(10);
    private static final long PART_MICROS = 50_000;

    private final String run;
    private final String id;
    private final Instant dueAt;
    private int slice;
    private Channel channel = Channel.SMS;
    private List<String> members = List.of();
    private List<String> held = List.of();
    private Instant until;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");
    private long eachMicros = PART_MICROS;
    private String variant = Split.NONE;
    private String marks = "";
    private List<String> bought = List.of();

    private BatchDraft(String run, String id, Instant dueAt) {
        this.run = run;
        this.id = id;
        this.dueAt = dueAt;
        until = dueAt.plus(WINDOW);
    }

    /** The first batch of a page of a run's first slice. */
    public static BatchDraft of(String run, int page, Instant dueAt) {
        return of(run, "%06d-00".formatted(page), dueAt);
    }

    /** A batch of a run's first slice by its id. */
    public static BatchDraft of(String run, String id, Instant dueAt) {
        return new BatchDraft(run, id, dueAt);
    }

    /** Of another slice than the first. */
    public BatchDraft slice(int number) {
        slice = number;
        return this;
    }

    /** By another channel than SMS. */
    public BatchDraft channel(Channel by) {
        channel = by;
        return this;
    }

    /** To whom. */
    public BatchDraft members(List<String> ids) {
        members = ids;
        return this;
    }

    /** To whom nothing is sent, for comparison. */
    public BatchDraft held(List<String> ids) {
        held = ids;
        return this;
    }

    /** The end of its window. */
    public BatchDraft until(Instant end) {
        until = end;
        return this;
    }

    /** Its members' clock. */
    public BatchDraft zone(ZoneId where) {
        zone = where;
        return this;
    }

    /** The most that a message may cost, in micros. */
    public BatchDraft eachMicros(long micros) {
        eachMicros = micros;
        return this;
    }

    /** Of a variant, whose members stood where these marks say. */
    public BatchDraft variant(String of, String where) {
        variant = of;
        marks = where;
        return this;
    }

    /** What each member's message is about. */
    public BatchDraft bought(List<String> orders) {
        bought = orders;
        return this;
    }

    /** Nobody's yet, and not done. */
    public Batch batch() {
        return new Batch(
                run,
                slice,
                id,
                channel,
                members,
                held,
                dueAt,
                until,
                zone,
                eachMicros,
                Optional.empty(),
                Optional.empty(),
                variant,
                marks,
                bought);
    }
}
