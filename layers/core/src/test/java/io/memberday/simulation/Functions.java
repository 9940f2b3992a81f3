package io.memberday.simulation;

import io.memberday.benefit.CouponStore;
import io.memberday.benefit.Coupons;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.BatchStore;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.OrderIndex;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.SliceScan;
import io.memberday.care.CaseDesk;
import io.memberday.care.CaseStore;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.feedback.InMemoryFeedbackStore;
import io.memberday.feedback.RefusalStore;
import io.memberday.feedback.Refusals;
import io.memberday.feedback.SmsLogFeed;
import io.memberday.file.InMemoryFileStore;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.ParcelStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.MemberScan;
import io.memberday.message.Messenger;
import io.memberday.parcel.Parcel;
import io.memberday.plan.CalendarWake;
import io.memberday.plan.MemberDay;
import io.memberday.plan.PlanRequest;
import io.memberday.plan.RunControl;
import io.memberday.playbook.Playbook;
import io.memberday.release.TouchClock;
import io.memberday.send.BatchSender;
import io.memberday.send.Dispatch;
import io.memberday.send.Halts;
import io.memberday.send.MarketingClaims;
import io.memberday.send.Refused;
import io.memberday.send.SpendLimit;
import io.memberday.send.TimeLeft;
import io.memberday.send.TouchSender;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.DueStore;
import io.memberday.touch.PaceStore;
import io.memberday.touch.ServiceTouchStore;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The production classes behind their ports, each invocation as its function makes it: records of a
 * queue one by one, a failing one reported, one that can never succeed refused aloud.
 */
final class Functions {
    private static final Duration SLICE_RESERVE = Duration.ofSeconds(45);
    private static final Duration CLOCK_RESERVE = Duration.ofSeconds(10);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int SENDERS = 2;
    private static final int MOST_SLICES = 1_000_000;

    private final Stage stage;
    private final Ports ports;
    private final Playbook playbook;
    private final Fleet<OrderIngest> orders;
    private final Fleet<ParcelIngest> parcels;
    private final Fleet<Refusals> refusals;
    private final Fleet<SmsLogFeed> logs;
    private final Fleet<CaseDesk> desks;
    private final Fleet<MemberDay> planners;
    private final Fleet<RunControl> controls;
    private final Fleet<SliceScan> slices;
    private final Fleet<TouchClock> clocks;
    private final Fleet<Senders> senders;

    /**
     * All ports, through the wire.
     *
     * @param seen stops as senders look at them; where none is ever made they look past the wire
     */
    record Ports(
            IngestStore ingest,
            ParcelStore parcels,
            RefusalStore refusals,
            RunStore runs,
            AudienceStore audience,
            MemberScan scan,
            OrderIndex paid,
            BatchStore batches,
            ClaimStore claims,
            ServiceTouchStore touches,
            DueStore due,
            PaceStore paces,
            ChannelStops stops,
            ChannelStops seen,
            CaseStore cases,
            CouponStore coupons,
            Messenger messenger,
            EventBus bus) {
        /** Members of buyers are weak reads. */
        Buyers.Source buyers() {
            return new Buyers.Source(paid, ids -> List.copyOf(claims.members(ids, false).values()));
        }
    }

    private record Senders(BatchSender batches, TouchSender touches) {}

    /**
     * @param sliceSize members in a slice
     * @param pages how large pages are
     */
    Functions(
            Stage stage,
            Random random,
            Ports ports,
            Playbook playbook,
            Supplier<String> names,
            int sliceSize,
            SliceScan.Size pages,
            int shards) {
        this.stage = stage;
        this.ports = ports;
        this.playbook = playbook;
        Clock clock = stage.clock();
        Consumer<Duration> pause = stage::sleep;
        orders =
                new Fleet<>(
                        () ->
                                new OrderIngest(
                                        ports.ingest(), playbook, clock, names, pause, random));
        parcels =
                new Fleet<>(
                        () -> new ParcelIngest(ports.parcels(), playbook, clock, pause, random));
        refusals = new Fleet<>(() -> new Refusals(ports.refusals(), playbook.ladder()));
        logs = new Fleet<>(this::logs);
        desks = new Fleet<>(() -> new CaseDesk(ports.cases(), clock));
        planners =
                new Fleet<>(
                        () ->
                                new MemberDay(
                                        playbook,
                                        ports.runs(),
                                        ports.audience(),
                                        ports.scan(),
                                        ports.buyers(),
                                        ports.bus(),
                                        clock,
                                        sliceSize));
        controls =
                new Fleet<>(
                        () -> new RunControl(ports.runs(), ports.audience(), ports.stops(), clock));
        slices =
                new Fleet<>(
                        () ->
                                new SliceScan(
                                        ports.runs(),
                                        ports.audience(),
                                        ports.scan(),
                                        ports.buyers(),
                                        ports.bus(),
                                        clock,
                                        pages));
        clocks =
                new Fleet<>(
                        () ->
                                new TouchClock(
                                        ports.due(),
                                        ports.paces(),
                                        ports.runs(),
                                        ports.audience(),
                                        ports.bus(),
                                        playbook,
                                        shards,
                                        clock));
        senders = new Fleet<>(() -> senders(names));
    }

    private SmsLogFeed logs() {
        Clock clock = stage.clock();
        return new SmsLogFeed(
                new Refusals(ports.refusals(), playbook.ladder()),
                new InMemoryFeedbackStore(),
                new SpendLimit(
                        ports.runs(),
                        ports.stops(),
                        new Halts(ports.runs(), ports.bus(), clock),
                        clock));
    }

    private Senders senders(Supplier<String> nonces) {
        Clock clock = stage.clock();
        Dispatch dispatch =
                new Dispatch(
                        Map.of(Channel.SMS, ports.messenger(), Channel.EMAIL, ports.messenger()),
                        ports.seen(),
                        SENDERS,
                        stage::sleep,
                        clock);
        Halts halts = new Halts(ports.runs(), ports.bus(), clock);
        UnsubscribeLinks links =
                new UnsubscribeLinks("https://api.sample.example", () -> List.of("key"));
        Coupons coupons = InMemoryCouponStore.coupons(ports.coupons());
        MarketingClaims claims = new MarketingClaims(ports.claims(), links, coupons, clock);
        return new Senders(
                new BatchSender(
                        ports.runs(),
                        ports.batches(),
                        ports.claims(),
                        claims,
                        dispatch,
                        halts,
                        nonces,
                        playbook.store(),
                        clock),
                new TouchSender(
                        ports.touches(),
                        ports.claims(),
                        dispatch,
                        halts,
                        playbook,
                        links,
                        coupons,
                        nonces,
                        clock));
    }

    void order(OrderEvent event) {
        orders.invoke(ingest -> ingest.take(event));
    }

    void parcel(Parcel told) {
        parcels.invoke(ingest -> ingest.take(told));
    }

    void refuse(Consumer<Refusals> what) {
        refusals.invoke(what);
    }

    /** A line of SNS's log comes again until all of it was taken. */
    void log(Provider.Dropped message) {
        String line =
                Json.write(
                        Map.of(
                                "status",
                                "FAILURE",
                                "notification",
                                Map.of(
                                        "messageId",
                                        message.id(),
                                        "timestamp",
                                        TIME.format(message.taken())),
                                "delivery",
                                Map.of(
                                        "destination",
                                        message.phone(),
                                        "providerResponse",
                                        "No quota left for account")));
        logs.invoke(
                feed ->
                        feed.take(List.of(line)).stream()
                                .findFirst()
                                .ifPresent(
                                        failure -> {
                                            throw failure;
                                        }));
    }

    /** Somebody works on care cases. */
    void desk(Consumer<CaseDesk> work) {
        desks.invoke(work);
    }

    void plan(String campaign) {
        PlanRequest request =
                PlanRequest.read(
                        Json.read(Json.write(Map.of("campaign", campaign))),
                        playbook.store().zone());
        planners.invoke(planner -> planner.answer(request, () -> true));
    }

    /** What the calendar names is planned, if it is not there yet. */
    void calendar() {
        planners.invoke(
                planner ->
                        new CalendarWake(
                                        playbook,
                                        planner,
                                        ports.runs(),
                                        new InMemoryFileStore(),
                                        stage.clock())
                                .answer(Json.read("{\"calendar\":true}")));
    }

    /** What an operator wants; a refusal is for the operator to read. */
    void control(Map<String, Object> wanted) {
        Fields request = Json.read(Json.write(wanted));
        controls.invoke(
                control -> {
                    try {
                        control.answer(request);
                    } catch (BadInput bad) {
                        stage.step("operator reads: " + bad.getMessage());
                    }
                });
    }

    void tick() {
        clocks.invoke(clock -> clock.tick(() -> stage.left().compareTo(CLOCK_RESERVE) > 0));
    }

    Set<Integer> slices(List<String> bodies) {
        return each(bodies, body -> slices.invoke(scan -> slice(scan, body)));
    }

    private void slice(SliceScan scan, String body) {
        try {
            Fields detail = BusEvent.detail(body);
            int slice = Math.toIntExact(detail.whole("slice", 0, MOST_SLICES));
            scan.scan(detail.text("run"), slice, () -> stage.left().compareTo(SLICE_RESERVE) > 0);
        } catch (BadInput bad) {
            refuse("SliceRefused", bad.answer(), body);
        }
    }

    Set<Integer> send(List<String> bodies) {
        TimeLeft time = stage::left;
        return each(bodies, body -> senders.invoke(sender -> send(sender, body, time)));
    }

    private void send(Senders sender, String body, TimeLeft time) {
        try {
            Fields detail = BusEvent.detail(body);
            if (detail.has("touches")) {
                for (Fields touch : detail.objects("touches")) {
                    sender.touches().send(touch.text("touchpoint"), touch.text("subject"), time);
                }
            } else {
                int slice = Math.toIntExact(detail.whole("slice", 0, MOST_SLICES));
                sender.batches().send(detail.text("run"), slice, detail.text("batch"), time);
            }
        } catch (BadInput | Refused e) {
            refuse(
                    body.contains("touches") ? "TouchesRefused" : "BatchRefused",
                    e.getMessage(),
                    body);
        }
    }

    private void refuse(String type, String reason, String body) {
        ports.bus().put(List.of(BusEvent.refused(type, reason, body)));
    }

    private static Set<Integer> each(List<String> bodies, Consumer<String> work) {
        Set<Integer> failures = new HashSet<>();
        for (int number = 0; number < bodies.size(); number++) {
            try {
                work.accept(bodies.get(number));
            } catch (RuntimeException e) {
                failures.add(number);
            }
        }
        return failures;
    }
}
