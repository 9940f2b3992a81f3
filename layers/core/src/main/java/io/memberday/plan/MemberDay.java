package io.memberday.plan;

import io.memberday.campaign.AudienceStore;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plans the run of a campaign on a date: one run, whoever wakes it and how often (P5), and one
 * event per slice of the members.
 */
public final class MemberDay {
    /** About so many members a slice: some minutes' work of one worker. */
    public static final int SLICE = 250_000;

    private static final String ALREADY_PLANNED = "already planned";

    private final Playbook playbook;
    private final RunStore runs;
    private final AudienceStore audience;
    private final MemberScan members;
    private final EventBus bus;
    private final Clock clock;
    private final int sliceSize;

    /**
     * @param sliceSize about so many members a slice
     */
    public MemberDay(
            Playbook playbook,
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            EventBus bus,
            Clock clock,
            int sliceSize) {
        this.playbook = playbook;
        this.runs = runs;
        this.audience = audience;
        this.members = members;
        this.bus = bus;
        this.clock = clock;
        this.sliceSize = sliceSize;
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
            answer.putAll(new Preview(frozen, plan).of(members, slices(), timeLeft));
        } else {
            answer.putAll(plan(plan, frozen));
        }
        return answer;
    }

    /**
     * Plans a run that the calendar names. Where the run is there already, that is all: unless none
     * of its slices has begun, since then whoever planned it may have died before its events were
     * on the bus.
     *
     * @return the answer, as JSON's maps and lists
     * @throws BadInput if it cannot be sent as it is written
     */
    public Map<String, Object> due(RunPlan plan) {
        Map<String, Object> answer = described(plan);
        Optional<Run> known = runs.find(plan.id());
        if (known.isEmpty()) {
            answer.putAll(plan(plan, sendable(plan)));
            return answer;
        }
        Run run = known.get();
        List<Integer> notBegun = run.state() == Run.State.RUNNING ? notBegun(run) : List.of();
        if (notBegun.size() == run.slices()) {
            bus.put(slicesDue(run, notBegun));
        }
        answer.put("status", ALREADY_PLANNED);
        return answer;
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
        Run planned = plan.run(slices());
        if (runs.plan(planned, frozen.json())) {
            bus.put(slicesDue(planned, IntStream.range(0, planned.slices()).boxed().toList()));
            return answer("planned", planned, frozen);
        }
        Run known = runs.find(planned.id()).orElseThrow();
        if (known.state() == Run.State.RUNNING) {
            // Whoever planned it may have died before its events were on the bus.
            bus.put(slicesDue(known, notBegun(known)));
        }
        return answer(ALREADY_PLANNED, known, frozen);
    }

    private Map<String, Object> answer(String status, Run run, Frozen frozen) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("slices", run.slices());
        Preview.tooLong(frozen, run, members.about()).ifPresent(note -> answer.put("note", note));
        return answer;
    }

    private List<Integer> notBegun(Run run) {
        List<Integer> slices = new ArrayList<>();
        for (int slice = 0; slice < run.slices(); slice++) {
            if (audience.lastPage(run.id(), slice).isEmpty()) {
                slices.add(slice);
            }
        }
        return slices;
    }

    private static List<BusEvent> slicesDue(Run run, List<Integer> slices) {
        return slices.stream().map(slice -> BusEvent.sliceDue(run.id(), slice)).toList();
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

    private int slices() {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(members.about(), (long) sliceSize)));
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
