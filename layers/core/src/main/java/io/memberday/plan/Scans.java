package io.memberday.plan;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the runs that are due at the same time, so that they share scans of the members, and puts
 * one event per slice on the bus. Written again they stay what they are; events that got lost with
 * whoever wrote them are put again (P5).
 */
final class Scans {
    static final String ALREADY_PLANNED = "already planned";

    /**
     * About so many members a slice of an audience over orders: each slice reads all paid days, and
     * holds its own buyers' orders in memory.
     */
    private static final int ORDERS_SLICE = 1_000_000;

    /**
     * Of a transaction's rows so many may be pages and last batches of a scan's runs; the others
     * are for batches that are full, and for members on other clocks.
     */
    private static final int MOST_ROWS = 70;

    /** Characters frozen with the runs of a scan, which are one transaction of at most 4 MB. */
    private static final int MOST_FROZEN = 1_000_000;

    private final Playbook playbook;
    private final RunStore runs;
    private final AudienceStore audience;
    private final MemberScan members;
    private final EventBus bus;
    private final int sliceSize;

    /**
     * @param sliceSize about so many members a slice
     */
    Scans(
            Playbook playbook,
            RunStore runs,
            AudienceStore audience,
            MemberScan members,
            EventBus bus,
            int sliceSize) {
        this.playbook = playbook;
        this.runs = runs;
        this.audience = audience;
        this.members = members;
        this.bus = bus;
        this.sliceSize = sliceSize;
    }

    /** Into how many slices the members are cut for a campaign. */
    int slices(Campaign campaign) {
        long size = campaign.over().isPresent() ? Math.max(sliceSize, ORDERS_SLICE) : sliceSize;
        return Math.toIntExact(Math.max(1, Math.ceilDiv(members.about(), size)));
    }

    /**
     * Writes the runs, the most valuable first, of equals the earlier in the playbook (R52).
     *
     * @return the answers, by run
     */
    Map<String, Map<String, Object>> write(List<Draft> drafts) {
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

    /**
     * Puts the events of runs again of which no slice has begun: whoever planned one may have died
     * before its events were on the bus.
     */
    void startAgain(List<Run> planned) {
        Set<BusEvent> again = new LinkedHashSet<>();
        for (Run run : planned) {
            List<BusEvent> events = notBegun(run);
            if (events.size() == run.slices()) {
                again.addAll(events);
            }
        }
        put(again);
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
            for (int i = 0; i < drafts.size(); i++) {
                Draft draft = drafts.get(i);
                answers.put(draft.plan().id(), answer("planned", planned.get(i).run(), draft));
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
                again.addAll(notBegun(known.get()));
                answers.put(draft.plan().id(), answer(ALREADY_PLANNED, known.get(), draft));
            }
        }
        if (rest.size() == drafts.size()) {
            throw new IllegalStateException("runs are refused as planned, and none is there");
        }
        put(again);
        answers.putAll(write(rest));
        return answers;
    }

    /** Where the store wants large runs approved, none sends before its audience is known. */
    private Run begun(Run run) {
        return playbook.store().approveAbove().isPresent() ? run.with(Run.State.COUNTING, "") : run;
    }

    private Map<String, Object> answer(String status, Run run, Draft draft) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("state", run.state().key());
        answer.put("slices", run.slices());
        if (draft.campaign().over().isEmpty()) {
            Preview.tooLong(draft.frozen(), run, members.about())
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

    private void put(Set<BusEvent> events) {
        if (!events.isEmpty()) {
            bus.put(List.copyOf(events));
        }
    }

    private static List<BusEvent> slicesDue(String run, Stream<Integer> slices) {
        return slices.map(slice -> BusEvent.sliceDue(run, slice)).toList();
    }
}
