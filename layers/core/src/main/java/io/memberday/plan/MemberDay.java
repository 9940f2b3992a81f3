package io.memberday.plan;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.calendar.YearPlan;
import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunMessage;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.Split;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.playbook.Variant;
import io.memberday.segment.Segments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plans the run of a campaign on a date: one run, whoever wakes it and how often (P5), and one
 * event per slice of the members.
 */
public final class MemberDay {
    /** About so many members a slice: some minutes' work of one worker. */
    public static final int SLICE = 250_000;

    /**
     * About so many members a slice of an audience over orders: each slice reads all paid days, and
     * holds its own buyers' orders in memory.
     */
    static final int ORDERS_SLICE = 1_000_000;

    /**
     * Of a transaction's rows so many may be pages and last batches of a scan's runs; the others
     * are for batches that are full, and for members on other clocks.
     */
    private static final int MOST_ROWS = 70;

    /** Characters frozen with the runs of a scan, which are one transaction of at most 4 MB. */
    private static final int MOST_FROZEN = 1_000_000;

    private static final String ALREADY_PLANNED = "already planned";

    private final Playbook playbook;
    private final RunStore runs;
    private final AudienceStore audience;
    private final MemberScan members;
    private final Buyers.Source buyers;
    private final EventBus bus;
    private final Clock clock;
    private final int sliceSize;

    /** One without campaigns over orders. */
    public MemberDay(
            Playbook playbook,
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            EventBus bus,
            Clock clock,
            int sliceSize) {
        this(playbook, runs, audience, members, Buyers.Source.NONE, bus, clock, sliceSize);
    }

    /**
     * @param sliceSize about so many members a slice
     */
    public MemberDay(
            Playbook playbook,
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            Buyers.Source buyers,
            EventBus bus,
            Clock clock,
            int sliceSize) {
        this.buyers = buyers;
        this.playbook = playbook;
        this.runs = runs;
        this.audience = audience;
        this.members = members;
        this.bus = bus;
        this.clock = clock;
        this.sliceSize = sliceSize;
    }

    /** The same over another playbook, such as one with a campaign of a request's own. */
    public MemberDay over(Playbook other) {
        return new MemberDay(other, runs, audience, members, buyers, bus, clock, sliceSize);
    }

    /**
     * Plans, or previews.
     *
     * @param timeLeft whether a preview may go on reading
     * @return the answer, as JSON's maps and lists
     * @throws BadInput if there is no such campaign, it is not held on the date, or it cannot be
     *     sent as it is written
     */
    public Map<String, Object> answer(PlanRequest request, BooleanSupplier timeLeft) {
        Campaign campaign = campaign(request.campaign());
        LocalDate date =
                request.date()
                        .orElseGet(() -> LocalDate.ofInstant(clock.instant(), store().zone()));
        RunPlan plan = RunPlan.of(campaign, date, store().zone());
        Frozen frozen = sendable(plan);
        Map<String, Object> answer = described(plan);
        if (request.dryRun()) {
            answer.put("dryRun", true);
            answer.put("status", dryStatus(plan));
            answer.put("clashes", YearPlan.clashes(playbook, plan));
            answer.putAll(preview(plan, frozen, timeLeft));
        } else {
            request.definition().ifPresent(definition -> same(plan, frozen));
            answer.putAll(plan(plan, frozen));
        }
        return answer;
    }

    /**
     * Plans what the calendar names; what is not there yet shares one scan of the members. Where a
     * run is there already, that is all: unless none of its slices has begun, since then whoever
     * planned it may have died before its events were on the bus.
     *
     * @return the answers, as JSON's maps and lists
     * @throws BadInput if one cannot be sent as it is written: after the others have been planned
     */
    public List<Map<String, Object>> due(List<RunPlan> plans) {
        List<Map<String, Object>> answers = new ArrayList<>();
        Set<BusEvent> again = new LinkedHashSet<>();
        List<Draft> drafts = new ArrayList<>();
        for (RunPlan plan : plans) {
            Optional<Run> known = runs.find(plan.id());
            if (known.isEmpty()) {
                drafts.add(draft(plan));
            } else {
                List<BusEvent> events = notBegun(known.get());
                if (events.size() == known.get().slices()) {
                    again.addAll(events);
                }
                Map<String, Object> answer = described(plan);
                answer.put("status", ALREADY_PLANNED);
                answers.add(answer);
            }
        }
        if (!again.isEmpty()) {
            bus.put(List.copyOf(again));
        }
        answers.addAll(together(drafts.stream().filter(Draft::sendable).toList()).values());
        for (Draft draft : drafts) {
            if (draft.flaw().isPresent()) {
                throw draft.flaw().get();
            }
        }
        return answers;
    }

    /** What is due at the same time as a run that is planned now, and not there yet. */
    private List<Draft> besides(RunPlan plan) {
        List<RunPlan> due = new CampaignCalendar(playbook).due(clock.instant());
        if (due.stream().noneMatch(other -> other.id().equals(plan.id()))) {
            return List.of();
        }
        // One that cannot be sent is the calendar's to complain of.
        return due.stream()
                .filter(other -> !other.id().equals(plan.id()) && runs.find(other.id()).isEmpty())
                .map(this::draft)
                .filter(Draft::sendable)
                .toList();
    }

    /**
     * Writes runs so that they share scans, the most valuable first, of equals the earlier in the
     * playbook (R52).
     *
     * @return the answers, by run
     */
    private Map<String, Map<String, Object>> together(List<Draft> drafts) {
        Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
        List<Draft> sorted =
                drafts.stream()
                        .sorted(
                                Comparator.comparingInt((Draft draft) -> -draft.campaign().value())
                                        .thenComparing(
                                                draft ->
                                                        playbook.campaigns()
                                                                .indexOf(draft.campaign())))
                        .toList();
        List<Draft> scan = new ArrayList<>();
        int rows = 0;
        int size = 0;
        for (Draft draft : sorted) {
            if (draft.campaign().over().isPresent()) {
                answers.putAll(oneScan(List.of(draft)));
                continue;
            }
            int length = draft.frozen().json().length();
            boolean full = rows + draft.rows() > MOST_ROWS || size + length > MOST_FROZEN;
            if (full && !scan.isEmpty()) {
                answers.putAll(oneScan(scan));
                scan.clear();
                rows = 0;
                size = 0;
            }
            scan.add(draft);
            rows += draft.rows();
            size += length;
        }
        if (!scan.isEmpty()) {
            answers.putAll(oneScan(scan));
        }
        return answers;
    }

    private Map<String, Map<String, Object>> oneScan(List<Draft> drafts) {
        int slices = slices(drafts.getFirst().campaign());
        List<RunStore.Planned> planned =
                drafts.stream()
                        .map(
                                draft ->
                                        new RunStore.Planned(
                                                begun(draft.plan().run(slices)),
                                                draft.frozen().json()))
                        .toList();
        Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
        if (runs.plan(planned)) {
            bus.put(slicesDue(planned.getFirst().run().id(), IntStream.range(0, slices).boxed()));
            for (Draft draft : drafts) {
                answers.put(
                        draft.plan().id(),
                        answer("planned", begun(draft.plan().run(slices)), draft.frozen()));
            }
            return answers;
        }
        List<Draft> rest = new ArrayList<>();
        Set<BusEvent> again = new LinkedHashSet<>();
        for (Draft draft : drafts) {
            Optional<Run> known = runs.find(draft.plan().id());
            if (known.isEmpty()) {
                rest.add(draft);
            } else {
                // Whoever planned it may have died before its events were on the bus.
                again.addAll(notBegun(known.get()));
                answers.put(
                        draft.plan().id(), answer(ALREADY_PLANNED, known.get(), draft.frozen()));
            }
        }
        if (rest.size() == drafts.size()) {
            throw new IllegalStateException("runs are refused as planned, and none is there");
        }
        if (!again.isEmpty()) {
            bus.put(List.copyOf(again));
        }
        answers.putAll(together(rest));
        return answers;
    }

    /** Two calls with one definition make one run; another definition must not hide behind it. */
    private void same(RunPlan plan, Frozen frozen) {
        boolean another =
                runs.plan(plan.id())
                        .map(RunStore.Plan::frozen)
                        .map(Frozen::read)
                        .filter(known -> !known.sends(frozen))
                        .isPresent();
        if (another) {
            throw new BadInput(
                    "definition.id",
                    plan.campaign().id(),
                    "another definition has the run %s: choose another id".formatted(plan.id()));
        }
    }

    private Map<String, Object> described(RunPlan plan) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("run", plan.id());
        answer.put("at", plan.at().atZone(store().zone()).toOffsetDateTime().toString());
        answer.put("until", plan.until().atZone(store().zone()).toOffsetDateTime().toString());
        plan.offer().ifPresent(offer -> answer.put("offer", offer.id()));
        return answer;
    }

    private Map<String, Object> plan(RunPlan plan, Frozen frozen) {
        if (passed(plan)) {
            return Map.of(
                    "status", "window passed",
                    "note", "nothing was planned and nothing is sent: the window has passed");
        }
        List<Draft> drafts = new ArrayList<>(besides(plan));
        drafts.add(new Draft(plan, frozen, Optional.empty()));
        return together(drafts).get(plan.id());
    }

    /** Where the store wants large runs approved, none sends before its audience is known. */
    private Run begun(Run run) {
        return store().approveAbove().isPresent() ? run.with(Run.State.COUNTING, "") : run;
    }

    private Map<String, Object> answer(String status, Run run, Frozen frozen) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("state", run.state().key());
        answer.put("slices", run.slices());
        if (frozen.campaign().over().isEmpty()) {
            Preview.tooLong(frozen, run, members.about())
                    .ifPresent(note -> answer.put("note", note));
        }
        return answer;
    }

    /** Events for the slices of a run that nobody has begun; of the scan that it shares. */
    private List<BusEvent> notBegun(Run run) {
        if (run.state() == Run.State.CANCELLED) {
            return List.of();
        }
        List<Integer> slices =
                IntStream.range(0, run.slices())
                        .filter(slice -> audience.lastPage(run.id(), slice).isEmpty())
                        .boxed()
                        .toList();
        String scan =
                slices.isEmpty()
                        ? run.id()
                        : runs.plan(run.id()).orElseThrow().together().getFirst();
        return slicesDue(scan, slices.stream());
    }

    private static List<BusEvent> slicesDue(String run, Stream<Integer> slices) {
        return slices.map(slice -> BusEvent.sliceDue(run, slice)).toList();
    }

    private String dryStatus(RunPlan plan) {
        if (runs.find(plan.id()).isPresent()) {
            return ALREADY_PLANNED;
        }
        return passed(plan) ? "window passed" : "not planned yet";
    }

    private boolean passed(RunPlan plan) {
        Instant now = clock.instant();
        return !now.isBefore(plan.until());
    }

    private Map<String, Object> preview(RunPlan plan, Frozen frozen, BooleanSupplier timeLeft) {
        Optional<Buyers> over = buyers.of(frozen, plan.date());
        return new Preview(
                        frozen, plan, member -> over.map(of -> of.orders(member)).orElse(List.of()))
                .of(over.isPresent() ? over.get() : members, slices(plan.campaign()), timeLeft);
    }

    private int slices(Campaign campaign) {
        long size = campaign.over().isPresent() ? Math.max(sliceSize, ORDERS_SLICE) : sliceSize;
        return Math.toIntExact(Math.max(1, Math.ceilDiv(members.about(), size)));
    }

    private Store store() {
        return playbook.store();
    }

    private Campaign campaign(String id) {
        return playbook.campaign(id)
                .orElseThrow(
                        () ->
                                new BadInput(
                                        "campaign",
                                        id,
                                        "is not in the playbook; it has: "
                                                + playbook.campaigns().stream()
                                                        .map(Campaign::key)
                                                        .collect(Collectors.joining(", "))));
    }

    /** A run that may be planned, with what it is to be frozen with, or why it must not. */
    private record Draft(RunPlan plan, Frozen frozen, Optional<BadInput> flaw) {
        boolean sendable() {
            return flaw.isEmpty();
        }

        Campaign campaign() {
            return plan.campaign();
        }

        /** A page, and for each channel, variant and time a batch that is not full. */
        int rows() {
            return 1
                    + campaign().send().size()
                            * Math.max(1, campaign().variants().size())
                            * (1 + campaign().times().others().size());
        }
    }

    private Draft draft(RunPlan plan) {
        Frozen frozen = Frozen.of(playbook, plan.campaign());
        try {
            return new Draft(plan, sendable(plan), Optional.empty());
        } catch (BadInput flaw) {
            return new Draft(plan, frozen, Optional.of(flaw));
        }
    }

    /** What the run is to be frozen with. */
    private Frozen sendable(RunPlan plan) {
        Campaign campaign = plan.campaign();
        Frozen frozen = Frozen.of(playbook, campaign);
        RunMessage message = new RunMessage(frozen, plan.date(), plan.at());
        campaign.send().forEach(send -> sendable(campaign, message, Split.NONE, send));
        for (Variant variant : campaign.variants()) {
            variant.send().forEach(send -> sendable(campaign, message, variant.id(), send));
        }
        if (!Segments.answerable(campaign.segment(), plan.date(), store().horizon())) {
            throw new BadInput(
                    "campaign",
                    campaign.key(),
                    "asks on %s for single purchases longer ago than the store keeps (%d days)"
                            .formatted(plan.date(), store().horizon().toDays()));
        }
        return frozen;
    }

    private void sendable(
            Campaign campaign, RunMessage message, String variant, Campaign.Send send) {
        Optional<?> template = message.template(variant, send.channel(), store().language());
        if (template.isEmpty() || !store().channels().containsKey(send.channel())) {
            throw new BadInput(
                    "campaign",
                    campaign.key(),
                    "cannot be sent by %s: give the store that channel, and template %s in %s"
                            .formatted(send.channel().key(), send.template(), store().language()));
        }
    }
}
