package io.memberday.plan;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.calendar.YearPlan;
import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.RunStore;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Plans the run of a campaign on a date: one run, whoever wakes it and how often (P5), and one
 * event per slice of the members.
 */
public final class MemberDay {
    /** About so many members a slice: some minutes' work of one worker. */
    public static final int SLICE = 250_000;

    private final Playbook playbook;
    private final RunStore runs;
    private final AudienceStore audience;
    private final MemberScan members;
    private final Buyers.Source buyers;
    private final EventBus bus;
    private final Clock clock;
    private final int sliceSize;
    private final Scans scans;

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
        this.scans = new Scans(playbook, runs, audience, members, bus, sliceSize);
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
        Campaign campaign = playbook.named(request.campaign());
        LocalDate date =
                request.date()
                        .orElseGet(() -> LocalDate.ofInstant(clock.instant(), store().zone()));
        RunPlan plan = RunPlan.of(campaign, date, store().zone());
        Draft draft = Draft.of(playbook, plan);
        if (draft.flaw().isPresent()) {
            throw draft.flaw().get();
        }
        Map<String, Object> answer = described(plan);
        if (request.dryRun()) {
            answer.put("dryRun", true);
            answer.put("status", dryStatus(plan));
            answer.put("clashes", YearPlan.clashes(playbook, plan));
            answer.putAll(preview(draft, timeLeft));
        } else {
            request.definition().ifPresent(definition -> same(draft));
            answer.putAll(plan(draft));
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
        List<Run> planned = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (RunPlan plan : plans) {
            Optional<Run> known = runs.find(plan.id());
            if (known.isEmpty()) {
                drafts.add(Draft.of(playbook, plan));
            } else {
                planned.add(known.get());
                Map<String, Object> answer = described(plan);
                answer.put("status", Scans.ALREADY_PLANNED);
                answers.add(answer);
            }
        }
        scans.startAgain(planned);
        answers.addAll(scans.write(drafts.stream().filter(Draft::sendable).toList()).values());
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
                .map(other -> Draft.of(playbook, other))
                .filter(Draft::sendable)
                .toList();
    }

    /** Two calls with one definition make one run; another definition must not hide behind it. */
    private void same(Draft draft) {
        RunPlan plan = draft.plan();
        boolean another =
                runs.plan(plan.id())
                        .map(RunStore.Plan::frozen)
                        .map(Frozen::read)
                        .filter(known -> !known.sends(draft.frozen()))
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

    private Map<String, Object> plan(Draft draft) {
        if (passed(draft.plan())) {
            return Map.of(
                    "status", "window passed",
                    "note", "nothing was planned and nothing is sent: the window has passed");
        }
        List<Draft> drafts = new ArrayList<>(besides(draft.plan()));
        drafts.add(draft);
        return scans.write(drafts).get(draft.plan().id());
    }

    private String dryStatus(RunPlan plan) {
        if (runs.find(plan.id()).isPresent()) {
            return Scans.ALREADY_PLANNED;
        }
        return passed(plan) ? "window passed" : "not planned yet";
    }

    private boolean passed(RunPlan plan) {
        Instant now = clock.instant();
        return !now.isBefore(plan.until());
    }

    private Map<String, Object> preview(Draft draft, BooleanSupplier timeLeft) {
        RunPlan plan = draft.plan();
        Optional<Buyers> over = buyers.of(draft.frozen(), plan.date());
        return new Preview(
                        draft.frozen(),
                        plan,
                        member -> over.map(of -> of.orders(member)).orElse(List.of()))
                .of(
                        over.isPresent() ? over.get() : members,
                        scans.slices(plan.campaign()),
                        timeLeft);
    }

    private Store store() {
        return playbook.store();
    }
}
