package io.memberday.result;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.Controls;
import io.memberday.campaign.Marks;
import io.memberday.campaign.OrderIndex;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.Screening;
import io.memberday.campaign.Screening.Verdict;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Frozen;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcomes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one member was sent by one run, or why not (R69), from what was recorded: batch rows,
 * outcomes, claims, and pages. Who was left out at planning stands in no row by name; then the
 * reason that holds for the member as it is now is told as such, beside the run's counts.
 */
public final class Explanation {
    private static final String RUN = "run";
    private static final String MEMBER = "member";

    private final RunStore runs;
    private final SliceReads slices;
    private final Function<Batch, List<Outcome>> outcomes;
    private final MemberLookup members;
    private final Buyers.Source buyers;
    private final LastWord lastWord;

    /**
     * @param slices how the run's rows are read
     * @param outcomes all that was recorded about a batch's touches
     * @param orders of members, for runs over orders
     * @param feedback what providers reported
     */
    public Explanation(
            RunStore runs,
            SliceReads slices,
            Function<Batch, List<Outcome>> outcomes,
            MemberLookup members,
            OrderIndex orders,
            FeedbackStore feedback) {
        this.lastWord = new LastWord(feedback);
        this.buyers = new Buyers.Source(orders, members::find);
        this.runs = runs;
        this.slices = slices;
        this.outcomes = outcomes;
        this.members = members;
    }

    /**
     * Answers {@code {"run": id, "member": id}}: {@code status} and {@code reason} for programs,
     * {@code text} for people. Of a run that is too large to be read in time it says how many of
     * its slices were not: {@code unread}.
     *
     * @throws io.memberday.json.BadInput if there is no such run or member
     */
    public Map<String, Object> answer(Fields request) {
        String id = request.text(RUN);
        Run run =
                runs.find(id)
                        .orElseThrow(
                                () ->
                                        request.bad(
                                                RUN,
                                                "is no run: "
                                                        + Nearest.mend(
                                                                id,
                                                                runs.all().stream()
                                                                        .map(Run::id)
                                                                        .toList())));
        Member member = members.survivor(request, MEMBER);
        Frozen frozen =
                Frozen.read(
                        runs.frozen(id)
                                .orElseThrow(
                                        () -> new IllegalStateException("nothing frozen: " + id)));
        Set<String> names = new LinkedHashSet<>(member.was());
        names.add(member.id());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(RUN, id);
        answer.put(MEMBER, member.id());
        answer.put("state", run.state().name());
        List<String> text = new ArrayList<>();
        boolean found = false;
        boolean scanned = true;
        Map<String, Integer> excluded = new TreeMap<>();
        Instant end = slices.end();
        NavigableMap<Integer, SliceReads.Found> read = slices.read(id, run.slices(), names, end);
        for (SliceReads.Found slice : read.values()) {
            List<Page> pages = slice.pages();
            scanned &= !pages.isEmpty() && pages.getLast().next().isEmpty();
            pages.forEach(
                    page ->
                            page.excluded()
                                    .forEach(
                                            (reason, count) ->
                                                    excluded.merge(reason, count, Integer::sum)));
            for (Batch batch : slice.batches()) {
                for (String name : names) {
                    if (batch.members().contains(name) || batch.held().contains(name)) {
                        found = true;
                        inBatch(answer, text, run, frozen, batch, name);
                    }
                }
            }
        }
        int unread = run.slices() - read.size();
        if (!found && unread > 0) {
            put(answer, "unread", "time");
            answer.put("unread", unread);
            text.add(
                    "In none of the %d slices that could be read in time, and %d were not: ask"
                                    .formatted(read.size(), unread)
                            + " campaign-report, which has more of it.");
        } else if (!found) {
            outside(answer, text, run, frozen, member, names, scanned, end);
            answer.put("excluded", excluded);
        }
        answer.put("text", text);
        return answer;
    }

    private void inBatch(
            Map<String, Object> answer,
            List<String> text,
            Run run,
            Frozen frozen,
            Batch batch,
            String name) {
        int index = batch.members().indexOf(name);
        int place = index >= 0 ? index : batch.members().size() + batch.held().indexOf(name);
        Marks.Standing stood = Marks.of(frozen, run.at()).standing(batch, place);
        if (!stood.tier().isEmpty()) {
            text.add(
                    "When the run was planned %s was in the audience: tier %s, layer %s, stage %s."
                            .formatted(name, stood.tier(), stood.layer(), stood.stage()));
        }
        answer.put("batch", "%d/%s".formatted(batch.slice(), batch.id()));
        answer.put("channel", batch.channel().key());
        if (!batch.variant().isEmpty()) {
            answer.put("variant", batch.variant());
        }
        if (index < 0) {
            put(answer, Controls.HELD_OUT, "");
            text.add("Held out: it is in the campaign's control group, and gets none of its runs.");
            return;
        }
        Optional<Outcome> outcome =
                Optional.ofNullable(Outcomes.byMember(outcomes.apply(batch)).get(name));
        if (outcome.isEmpty()) {
            put(answer, "open", run.state().name());
            text.add(
                    "Not ended yet: the run is %s, its batch is due at %s."
                            .formatted(run.state().name(), batch.dueAt()));
            return;
        }
        Outcome ended = outcome.get();
        put(answer, ended.status().key(), ended.reason());
        answer.put("at", ended.at().toString());
        if (!ended.template().isEmpty()) {
            answer.put("template", ended.template());
        }
        text.add(Reasons.told(ended));
        lastWord.of(ended, new Origin.OfRun(run.id()))
                .ifPresent(
                        word -> {
                            word.put(answer);
                            text.add(word.told());
                        });
    }

    private void outside(
            Map<String, Object> answer,
            List<String> text,
            Run run,
            Frozen frozen,
            Member member,
            Set<String> names,
            boolean scanned,
            Instant end) {
        if (Controls.of(frozen).group(member.id()).filter(Controls.GLOBAL::equals).isPresent()) {
            put(answer, "excluded", Controls.GLOBAL);
            text.add(Reasons.said(Controls.GLOBAL) + ".");
            return;
        }
        if (!scanned) {
            put(answer, "not planned", run.state().name());
            text.add(
                    "In no batch, but not every slice of the members has been looked at; the run is"
                            + " "
                            + run.state().name()
                            + ".");
            return;
        }
        Verdict now =
                new Screening(
                                frozen,
                                run.date(),
                                run.at(),
                                one ->
                                        buyers.of(frozen, run.date())
                                                .map(over -> over.read(one))
                                                .orElse(List.of()))
                        .of(member);
        String reason = now instanceof Verdict.Excluded(String why) ? why : "";
        Optional<String> winner =
                reason.isEmpty() ? winner(run, frozen, names, end) : Optional.empty();
        put(answer, "excluded", winner.isPresent() ? Screening.HIGHER_VALUE : reason);
        text.add("Left out when the run was planned; no row says why by name.");
        if (winner.isPresent()) {
            answer.put("winner", winner.get());
            text.add("In the same scan %s won it, by its value.".formatted(winner.get()));
        } else if (reason.isEmpty()) {
            text.add(
                    "As the member is now it would be in the audience: it was not then, or a"
                            + " campaign of higher value won it.");
        } else {
            text.add("As the member is now: %s.".formatted(Reasons.said(reason)));
        }
        List<String> others =
                member.claims().keySet().stream()
                        .map(other -> other.replaceFirst("/.*", ""))
                        .filter(other -> other.contains("@" + run.date()))
                        .distinct()
                        .sorted()
                        .toList();
        if (!others.isEmpty()) {
            text.add("On that day it was addressed by " + String.join(", ", others) + ".");
        }
    }

    /** The campaign that wins a member before the run's, if the member is in its audience (R52). */
    private Optional<String> winner(Run run, Frozen frozen, Set<String> names, Instant end) {
        if (frozen.campaign().kind() != Kind.MARKETING) {
            return Optional.empty();
        }
        return runs.plan(run.id()).orElseThrow().together().stream()
                .takeWhile(other -> !other.equals(run.id()))
                .filter(other -> kind(other) == Kind.MARKETING)
                .filter(
                        other ->
                                slices.read(other, run.slices(), names, end).values().stream()
                                        .anyMatch(slice -> !slice.batches().isEmpty()))
                .findFirst();
    }

    private Kind kind(String run) {
        return Frozen.read(runs.frozen(run).orElseThrow()).campaign().kind();
    }

    private static void put(Map<String, Object> answer, String status, String reason) {
        answer.put("status", status);
        answer.put("reason", reason);
    }
}
