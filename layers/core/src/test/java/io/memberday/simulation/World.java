package io.memberday.simulation;

import io.memberday.MovableClock;
import io.memberday.benefit.CouponStore;
import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore;
import io.memberday.campaign.OrderIndex;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.SliceScan;
import io.memberday.care.CaseStore;
import io.memberday.fault.Guards;
import io.memberday.feedback.RefusalStore;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.ParcelStore;
import io.memberday.member.Channel;
import io.memberday.member.FilteredMembers;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.playbook.Playbook;
import io.memberday.simulation.Story.Refusal;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.DueStore;
import io.memberday.touch.PaceStore;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One shop's day from a seed: wired as the template wires it, in bad weather, until it is over. */
final class World {
    private static final Duration WEBHOOK_LIFE = Duration.ofSeconds(15);
    private static final Duration CLOCK_LIFE = Duration.ofSeconds(50);
    private static final Duration PLAN_LIFE = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CALENDAR = Duration.ofMinutes(15);
    private static final int MOST_HOURS = 72;
    private static final int CARING = 4;

    private final Random random;
    private final boolean cares;
    private final MovableClock clock = new MovableClock(Story.BEGINS);
    private final Trace trace;
    private final Stage stage;
    private final Wire wire;
    private final Weather weather;
    private final Tables tables;
    private final Story story;
    private final Playbook playbook;
    private final Promises promises;
    private final Provider provider;
    private final Bus bus;
    private final Functions functions;
    private final Operators operators;
    private final Queue slices;
    private final Queue marketing;
    private final Queue service;
    private final List<String> poison = new ArrayList<>();
    private int names;
    private int unanswered;

    /** On every fourth day the shop cares, too: such a day takes half as many calls again. */
    World(long seed, Guards guards, boolean traced) {
        this(new Random(seed), Optional.empty(), seed % CARING == 0, guards, traced);
    }

    /**
     * A world in a weather that does not follow from the seed.
     *
     * @param cares whether there are silent parcels, reviews, coupons and a spend limit, and people
     *     who work on cases
     */
    World(long seed, Weather weather, boolean cares, Guards guards) {
        this(new Random(seed), Optional.of(weather), cares, guards, false);
    }

    private World(
            Random random, Optional<Weather> given, boolean cares, Guards guards, boolean traced) {
        this.random = random;
        this.cares = cares;
        trace = new Trace(traced, clock);
        stage = new Stage(random, clock, trace);
        wire = new Wire(stage, random);
        weather = given.orElseGet(() -> Weather.of(random));
        // Names differ from world to world, as the holdout follows from them.
        String world = Integer.toHexString(random.nextInt(1 << 16));
        int people = 2 + random.nextInt(11);
        playbook = Shop.playbook(random, people, cares);
        story = new Story(random, people, cares);
        tables = new Tables(guards, playbook.store().zone());
        tables.ingest.between(() -> stage.step("IngestStore.load goes on"));
        promises = new Promises(tables, playbook, stage);
        provider = new Provider(wire, stage, promises.halting()::taken, this::dropped);
        bus = new Bus(stage, wire);
        functions =
                new Functions(
                        stage,
                        random,
                        ports(),
                        playbook,
                        () -> "n%05d-%s".formatted(names++, world),
                        Math.max(1, people / (1 + random.nextInt(3))),
                        new SliceScan.Size(1 + random.nextInt(8), 10, 1 + random.nextInt(5)),
                        Tables.SHARDS);
        operators = new Operators(stage, random, functions, provider);
        slices = queue("slice", 1, 4, 300, 1_800, functions::slices);
        marketing = queue("marketing", 1, 2, 120, 720, functions::send);
        service = queue("service", 2, 2, 120, 720, functions::send);
        bus.rule("Slice", slices);
        bus.rule("Batch", marketing);
        bus.rule("MarketingTouches", marketing);
        bus.rule("Touches", service);
    }

    private Queue queue(
            String name, int batch, int atOnce, int life, int visibility, Queue.Function function) {
        return new Queue(
                name,
                stage,
                wire,
                new Queue.Terms(
                        batch, atOnce, Duration.ofSeconds(life), Duration.ofSeconds(visibility)),
                function);
    }

    private Functions.Ports ports() {
        ChannelStops stops = wire.to(ChannelStops.class, tables.paces, promises);
        return new Functions.Ports(
                wire.to(IngestStore.class, tables.ingest, promises),
                wire.to(ParcelStore.class, tables.ingest, promises),
                wire.to(RefusalStore.class, tables.refusals, promises),
                wire.to(RunStore.class, tables.runs, promises),
                wire.to(AudienceStore.class, tables.audience, promises),
                wire.to(MemberScan.class, scan(), promises),
                wire.to(OrderIndex.class, tables.paid, promises),
                wire.to(BatchStore.class, tables.batches, promises),
                wire.to(ClaimStore.class, tables.claims, promises),
                wire.to(ServiceTouchStore.class, tables.touchStore, promises),
                wire.to(DueStore.class, tables.due, promises),
                wire.to(PaceStore.class, tables.paces, promises),
                stops,
                cares ? stops : tables.paces,
                wire.to(CaseStore.class, tables.ingest.cases, promises),
                wire.to(CouponStore.class, tables.coupons, promises),
                provider,
                bus);
    }

    /** A scan is a weak read. */
    private MemberScan scan() {
        return new MemberScan() {
            @Override
            public ScanPage page(
                    int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
                ScanPage page = tables.scan.page(segment, of, after, limit);
                // The table filters what it reads, which may be stale.
                List<Member> passed =
                        page.members().stream()
                                .map(
                                        member ->
                                                wire.happens(weather.stale())
                                                        ? tables.ingest.members.before(member.id())
                                                        : member)
                                .filter(member -> FilteredMembers.passes(filter, member))
                                .toList();
                return new ScanPage(passed, page.next(), page.members().size() - passed.size());
            }

            @Override
            public long about() {
                return tables.scan.about();
            }
        };
    }

    /**
     * Plays the day to its end and looks at what is left.
     *
     * @throws Broken if a promise did not hold
     */
    void play() {
        story.past().forEach(functions::order);
        tables.claims.stale(weather.stale() > 0 && random.nextBoolean());
        wire.weather(weather);
        story.events().forEach(this::webhook);
        story.parcels()
                .forEach(
                        told ->
                                call(
                                        "logistics-status",
                                        told.at(),
                                        () -> functions.parcel(told.parcel()),
                                        () -> promises.touches().accepted(told.parcel())));
        story.refusals().forEach(this::refusal);
        wake(Shop.TEN, () -> functions.plan(Shop.MEMBER_DAY));
        wake(Shop.TEN, () -> functions.plan(Shop.MEMBER_DAY));
        for (int quarter = 0; quarter < 3; quarter++) {
            Instant at = Shop.TEN.plus(CALENDAR.multipliedBy(quarter));
            wake(at, functions::calendar);
            if (wire.happens(weather.twice())) {
                wake(at.plusSeconds(random.nextInt(20)), functions::calendar);
            }
        }
        operators.begin(playbook.store().approveAbove().isPresent(), cares);
        if (cares) {
            new Desk(stage, random, functions, promises.care()).open();
        }
        poison();
        stage.at(Story.BEGINS, this::tick);
        stage.play(Story.BEGINS.plus(Story.LASTS));
        settle();
        new Ending(tables, story, playbook, promises, provider, weather, operators.heldUp())
                .check();
        for (String record : poison) {
            Promises.require(
                    deadLetters().stream()
                            .anyMatch(letter -> plain(letter).contains(plain(record))),
                    Broken.Promise.POISON,
                    () -> record + " is not in the dead letters");
        }
    }

    private void webhook(OrderEvent event) {
        call(
                "order-webhook",
                event.at(),
                () -> functions.order(event),
                () -> promises.touches().accepted(event.order().orElseThrow()));
    }

    private void refusal(Refusal refusal) {
        call(
                "delivery-feedback",
                refusal.at(),
                () ->
                        functions.refuse(
                                refusals ->
                                        refusals.refuse(
                                                refusal.channel(),
                                                refusal.address(),
                                                refusal.kinds(),
                                                refusal.at())),
                () -> promises.refused(refusal));
    }

    /** SNS tells of it in its log, in a while. */
    private void dropped(Provider.Dropped message) {
        call(
                "delivery-feedback",
                stage.now().plusSeconds(5 + random.nextInt(90)),
                () -> functions.log(message),
                () -> promises.halting().reported(message.taken()));
    }

    /** A call from outside, which comes again until it is answered, and sometimes after that. */
    private void call(String name, Instant at, Runnable work, Runnable answered) {
        unanswered++;
        Duration late =
                Duration.ofSeconds(
                        !weather.equals(Weather.CALM) && random.nextInt(8) == 0
                                ? random.nextInt(1_800)
                                : random.nextInt(9));
        stage.at(at.plus(late), () -> again(name, work, answered));
    }

    private void again(String name, Runnable work, Runnable answered) {
        stage.start(
                name,
                WEBHOOK_LIFE,
                work,
                failure -> {
                    if (failure != null) {
                        stage.after(
                                Duration.ofSeconds(5 + random.nextInt(200)),
                                () -> again(name, work, answered));
                        return;
                    }
                    unanswered--;
                    answered.run();
                    if (wire.happens(weather.twice())) {
                        unanswered++;
                        stage.after(
                                Duration.ofSeconds(random.nextInt(1_200)),
                                () -> again(name, work, answered));
                    }
                });
    }

    /** A schedule, or an operator who sees that there is no run. */
    private void wake(Instant at, Runnable plan) {
        stage.at(
                at,
                () ->
                        stage.start(
                                "member-day",
                                PLAN_LIFE,
                                plan,
                                failure -> {
                                    if (failure != null) {
                                        wake(stage.now().plus(MINUTE), plan);
                                    }
                                }));
    }

    private void poison() {
        if (random.nextInt(3) > 0) {
            return;
        }
        String run = Shop.MEMBER_DAY + "@" + Shop.DAY;
        rot(slices, "no json " + names);
        rot(slices, "{\"detail-type\":\"SliceDue\",\"detail\":{\"run\":\"none\",\"slice\":0}}");
        rot(
                marketing,
                "{\"detail-type\":\"BatchDue\",\"detail\":{\"run\":\"" + run + "\",\"slice\":0}}");
        rot(service, "{\"detail-type\":\"TouchesDue\",\"detail\":{\"touches\":[{}]}}");
    }

    private void rot(Queue queue, String record) {
        poison.add(record);
        stage.at(
                Story.BEGINS.plusSeconds(random.nextInt((int) Story.LASTS.toSeconds())),
                () -> queue.put(record));
    }

    /** As text inside text inside text: a dead letter that came back and died again. */
    private static String plain(String record) {
        return record.replace("\\", "");
    }

    private List<String> deadLetters() {
        List<String> all = new ArrayList<>(slices.deadLetters());
        all.addAll(marketing.deadLetters());
        all.addAll(service.deadLetters());
        return all;
    }

    private void tick() {
        Instant now = stage.now();
        boolean due = isAnyDue(now);
        if (due) {
            stage.start("touch-clock", CLOCK_LIFE, functions::tick, failure -> {});
            if (wire.happens(weather.twice())) {
                stage.start("touch-clock", CLOCK_LIFE, functions::tick, failure -> {});
            }
        }
        stage.after(MINUTE, this::tick);
    }

    private boolean isAnyDue(Instant now) {
        for (Batch batch : tables.audience.allBatches()) {
            if (batch.done().isEmpty() && !batch.dueAt().isAfter(now)) {
                return true;
            }
        }
        for (ServiceTouch touch : tables.ingest.touches.values()) {
            if (touch.state() != ServiceTouch.State.ENDED && !touch.dueAt().isAfter(now)) {
                return true;
            }
        }
        return false;
    }

    /** The faults end, what was paused goes on, dead letters come back, and time runs on. */
    private void settle() {
        wire.weather(Weather.CALM);
        tables.claims.stale(false);
        for (Channel channel : Channel.values()) {
            provider.halt(channel, true);
        }
        provider.spent(false);
        tables.paces.lift(Channel.SMS, stage.now());
        promises.halting().lifted(stage.now());
        for (Run run : tables.runs.all()) {
            if (run.state() != Run.State.CANCELLED) {
                tables.runs.change(run.id(), Run.State.RUNNING);
            }
        }
        slices.redrive();
        marketing.redrive();
        service.redrive();
        for (int hour = 0; hour < MOST_HOURS && !isOver(); hour++) {
            stage.play(stage.now().plus(Duration.ofHours(1)));
        }
        Promises.require(isOver(), Broken.Promise.DONE, () -> left());
    }

    private boolean isOver() {
        return unanswered == 0
                && slices.isEmpty()
                && marketing.isEmpty()
                && service.isEmpty()
                && tables.audience.allBatches().stream().allMatch(batch -> batch.done().isPresent())
                && tables.touches.all().stream()
                        .allMatch(touch -> touch.state() == ServiceTouch.State.ENDED);
    }

    private String left() {
        List<String> undone =
                tables.audience.allBatches().stream()
                        .filter(batch -> batch.done().isEmpty())
                        .map(Batch::toString)
                        .toList();
        List<String> waiting =
                tables.touches.all().stream()
                        .filter(touch -> touch.state() != ServiceTouch.State.ENDED)
                        .map(ServiceTouch::toString)
                        .toList();
        return "left undone: %d calls, batches %s, touches %s"
                .formatted(unanswered, undone, waiting);
    }

    /** The calls before the end, if they were kept. */
    String trace() {
        return trace.toString();
    }

    /** How each touch ended, and why. */
    List<String> ends() {
        List<String> ends = new ArrayList<>(Ending.ends(tables));
        ends.addAll(promises.ends());
        ends.addAll(tables.coupons.ends());
        bus.told()
                .forEach(
                        event ->
                                ends.add(
                                        (event.type()
                                                        + " "
                                                        + event.detail().getOrDefault("state", ""))
                                                .strip()));
        return ends;
    }
}
