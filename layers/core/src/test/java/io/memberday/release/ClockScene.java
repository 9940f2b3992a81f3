package io.memberday.release;

import io.memberday.MovableClock;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.InMemoryEventBus;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.touch.InMemoryDueStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.ServiceTouch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sample shop's member day while it runs, with batches and service touches in memory. */
final class ClockScene {
    /** 10:00 in Shanghai. */
    static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    static final String RUN = "member-day@2026-05-08";
    static final int SHARDS = 4;

    final MovableClock clock = new MovableClock(TEN);
    final InMemoryRunStore runs = new InMemoryRunStore();
    final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    final InMemoryPaceStore paces = new InMemoryPaceStore();
    final InMemoryEventBus bus = new InMemoryEventBus();
    final InMemoryDueStore due = new InMemoryDueStore(SHARDS, audience, touches);
    private final TouchClock touchClock = touchClock(bus);
    private int pages;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    ClockScene() {
        plan(RUN, "member-day");
    }

    private void plan(String run, String campaign) {
        runs.plan(
                new Run(
                        run,
                        campaign,
                        LocalDate.parse("2026-05-08"),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                "{}");
    }

    /** What the sample shop's clock releases now. */
    TouchClock.Released tick() {
        return touchClock.tick(() -> true);
    }

    /** The sample shop's clock on another bus. */
    TouchClock touchClock(EventBus events) {
        return touchClock(events, SamplePlaybook.playbook());
    }

    /** Another shop's clock. */
    TouchClock touchClock(Playbook playbook) {
        return touchClock(bus, playbook);
    }

    private TouchClock touchClock(EventBus events, Playbook playbook) {
        return new TouchClock(due, paces, runs, audience, events, playbook, SHARDS, clock);
    }

    /** The clock of the members of batches to come. */
    void live(String where) {
        zone = ZoneId.of(where);
    }

    List<Batch> batches(int count, Channel channel, int members, Instant dueAt) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(RUN, pages, channel, members, dueAt));
            write(batches.getLast(), pages++, Optional.empty(), 0);
        }
        return batches;
    }

    /** A page of eligible members in one batch. */
    void page(int eligible, boolean more) {
        Batch batch = batch(RUN, pages, Channel.SMS, eligible, TEN);
        write(batch, pages++, more ? Optional.of("m") : Optional.empty(), eligible);
    }

    /** Another run, with one batch that is due. */
    void otherRun(String id) {
        plan(id, "friday");
        write(batch(id, 0, Channel.SMS, 100, TEN), 0, Optional.empty(), 0);
    }

    private void write(Batch batch, int page, Optional<String> next, int eligible) {
        audience.write(
                new Page(batch.run(), 0, page, next, eligible, eligible, Map.of()), List.of(batch));
    }

    private Batch batch(String run, int page, Channel channel, int members, Instant dueAt) {
        return BatchDraft.of(run, page, dueAt)
                .channel(channel)
                .members(Collections.nCopies(members, "m"))
                .until(TEN.plus(Duration.ofDays(2)))
                .zone(zone)
                .batch();
    }

    /** A reminder that may be sent for half a day. */
    void touch(String order, Instant dueAt) {
        touch("payment-reminder", order, dueAt, dueAt.plus(Duration.ofHours(12)));
    }

    void touch(String touchpoint, String order, Instant dueAt, Instant until) {
        touches.put(
                ServiceTouch.planned(
                        Kind.SERVICE,
                        touchpoint,
                        order,
                        "m1",
                        order,
                        Optional.empty(),
                        dueAt,
                        new Timing.Due(dueAt, until)));
    }

    List<BusEvent> halted() {
        return bus.events().stream().filter(event -> event.type().equals("RunHalted")).toList();
    }

    /** How many batches of a channel were released. */
    long released(Channel channel) {
        Set<String> ids =
                audience.allBatches().stream()
                        .filter(batch -> batch.channel() == channel)
                        .map(Batch::id)
                        .collect(Collectors.toSet());
        return bus.events().stream()
                .filter(event -> ids.contains(event.detail().get("batch")))
                .count();
    }
}
