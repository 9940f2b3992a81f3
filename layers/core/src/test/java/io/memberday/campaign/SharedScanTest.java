package io.memberday.campaign;

import static io.memberday.campaign.SliceScene.AT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Screening.Verdict;
import io.memberday.campaign.SliceScan.End;
import io.memberday.event.BusEvent;
import io.memberday.fault.Faults.Killed;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.segment.SegmentCompiler;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Campaigns that are due together are planned in one pass, and one of them wins a member (R52). */
final class SharedScanTest {
    private static final LocalDate DATE = LocalDate.parse("2026-05-08");
    private static final BooleanSupplier ALL_THE_TIME = () -> true;
    private static final Campaign GALA = campaign("gala", Kind.MARKETING, 20, "keptPurchases >= 2");
    private static final Campaign WEEKEND =
            campaign("weekend", Kind.MARKETING, 10, "keptPurchases >= 1");
    private static final Campaign DELAY =
            campaign("delay", Kind.SERVICE, 0, "keptPurchases >= 1 && keptPurchases <= 2");
    private static final Campaign ALL = campaign("all", Kind.MARKETING, 0, "true");
    private static final List<Campaign> TOGETHER = List.of(GALA, WEEKEND, DELAY, ALL);
    private static final List<RunStore.Planned> PLANNED =
            TOGETHER.stream()
                    .map(each -> new RunStore.Planned(run(each), frozen(each).json()))
                    .toList();

    @Test
    void shouldGiveAMemberToTheFirstCampaignOnly() {
        // Given
        SliceScene scene = scene(3_000, 1);

        // When
        scan(scene);

        // Then
        Set<String> won = new HashSet<>();
        for (Campaign campaign : List.of(GALA, WEEKEND, ALL)) {
            Set<String> audience = alone(campaign, scene.members);
            int lost = audience.size();
            audience.removeAll(won);
            lost -= audience.size();
            assertEquals(audience, scene.addressed(run(campaign)), campaign.id());
            assertEquals(lost, excluded(scene, campaign, Screening.HIGHER_VALUE), campaign.id());
            assertTrue(audience.size() > 100, audience.size() + " for " + campaign.id());
            won.addAll(audience);
        }
        assertEquals(
                alone(DELAY, scene.members),
                scene.addressed(run(DELAY)),
                "a service message is no campaign's rival");
    }

    @Test
    void shouldNotLetAnotherCampaignHaveTheControlGroup() {
        // Given
        SliceScene scene = scene(3_000, 2);
        Holdout holdout = new Holdout(GALA.id(), GALA.holdoutPercent());

        // When
        scan(scene);

        // Then
        Set<String> others = scene.addressed(run(WEEKEND));
        others.addAll(scene.addressed(run(ALL)));
        Set<String> held = alone(GALA, scene.members);
        held.removeIf(id -> !holdout.holds(id));
        assertTrue(held.size() > 100, held.size() + " held out");
        held.forEach(id -> assertTrue(!others.contains(id), id));
    }

    @Test
    void shouldAccountForEveryMemberInEachRun() {
        // Given
        SliceScene scene = scene(5_000, 3);

        // When
        scan(scene);

        // Then
        for (Campaign campaign : TOGETHER) {
            int scanned = 0;
            int counted = 0;
            for (Page page : scene.audience.pages(run(campaign).id(), 0)) {
                scanned += page.scanned();
                counted += page.eligible();
                counted += page.excluded().values().stream().mapToInt(count -> count).sum();
            }
            assertEquals(5_000, scanned, campaign.id());
            assertEquals(5_000, counted, campaign.id());
            // Whoever is outside the segment is so whatever other campaigns do.
            assertEquals(
                    scene.members.stream()
                            .filter(member -> verdict(campaign, member).equals("segment"))
                            .count(),
                    excluded(scene, campaign, Screening.SEGMENT),
                    campaign.id());
        }
    }

    @Test
    void shouldMakeTheSameAudiencesWhateverCallIsTheWorkersLast() {
        // Given
        SliceScene calm = scene(1_100, 4);
        calm.faults.none();
        scan(calm);
        int calls = calm.faults.calls();

        for (int call = 0; call < calls; call++) {
            for (boolean afterEffect : List.of(false, true)) {
                // When
                SliceScene scene = scene(1_100, 4);
                scene.faults.killAt(call, afterEffect);
                SliceScan killed = scene.worker(AT);
                assertThrows(Killed.class, () -> killed.scan(run(GALA).id(), 0, ALL_THE_TIME));
                scene.faults.none();
                // Any of the runs will do to go on.
                scene.worker(AT).scan(run(WEEKEND).id(), 0, ALL_THE_TIME);

                // Then
                assertEquals(calm.audience.allBatches(), scene.audience.allBatches());
            }
        }
    }

    @Test
    void shouldGoOnForTheOthersWhenARunIsCancelled() {
        // Given
        SliceScene scene = scene(5_000, 5);
        List<Boolean> once = new ArrayList<>(List.of(true));
        End first =
                scene.worker(AT)
                        .scan(run(GALA).id(), 0, () -> !once.isEmpty() && once.removeFirst());
        assertEquals(End.CONTINUED, first);
        assertEquals(List.of(BusEvent.sliceDue(run(GALA).id(), 0)), scene.bus.take());
        Set<String> before = scene.addressed(run(GALA));

        // When
        scene.runs.change(run(GALA).id(), Run.State.CANCELLED);
        End second = scene.worker(AT).scan(run(GALA).id(), 0, ALL_THE_TIME);

        // Then: who is the cancelled run's already stays there, the others are the next one's
        assertEquals(End.SCANNED, second);
        assertEquals(before, scene.addressed(run(GALA)));
        Set<String> rest = alone(WEEKEND, scene.members);
        rest.removeAll(before);
        assertEquals(rest, scene.addressed(run(WEEKEND)));
        assertEquals(End.SCANNED, scene.worker(AT).scan(run(ALL).id(), 0, ALL_THE_TIME));
    }

    @Test
    void shouldCloseWhenAllRunsAreClosed() {
        // Given
        SliceScene scene = scene(100, 6);
        TOGETHER.forEach(each -> scene.runs.change(run(each).id(), Run.State.CANCELLED));

        // Then
        assertEquals(End.CLOSED, scene.worker(AT).scan(run(ALL).id(), 0, ALL_THE_TIME));
        assertEquals(List.of(), scene.audience.allBatches());
    }

    private static SliceScene scene(int members, long seed) {
        SliceScene scene = new SliceScene(SampleMembers.of(members, seed));
        scene.runs.plan(PLANNED);
        return scene;
    }

    private static void scan(SliceScene scene) {
        assertEquals(End.SCANNED, scene.worker(AT).scan(run(GALA).id(), 0, ALL_THE_TIME));
    }

    private static Set<String> alone(Campaign campaign, List<Member> members) {
        Set<String> ids = new TreeSet<>();
        members.stream()
                .filter(member -> verdict(campaign, member).isEmpty())
                .forEach(member -> ids.add(member.id()));
        return ids;
    }

    /** Why the campaign alone would not address the member. */
    private static String verdict(Campaign campaign, Member member) {
        Verdict verdict = new Screening(frozen(campaign), DATE, AT).of(member);
        return verdict instanceof Verdict.Excluded(String reason) ? reason : "";
    }

    private static int excluded(SliceScene scene, Campaign campaign, String reason) {
        return scene.audience.pages(run(campaign).id(), 0).stream()
                .mapToInt(page -> page.excluded().getOrDefault(reason, 0))
                .sum();
    }

    private static Frozen frozen(Campaign campaign) {
        return Frozen.of(SamplePlaybook.playbook(), campaign);
    }

    private static Run run(Campaign campaign) {
        return RunPlan.of(campaign, DATE, SamplePlaybook.store().zone()).run(1);
    }

    private static Campaign campaign(String id, Kind kind, int holdout, String segment) {
        Campaign like = SamplePlaybook.memberDay();
        return new Campaign(
                id,
                Optional.empty(),
                kind,
                50,
                like.schedules(),
                like.times(),
                new SegmentCompiler(
                                "CNY", SamplePlaybook.store().horizon(), SamplePlaybook.ladder())
                        .compile(segment, Optional.empty()),
                like.send(),
                holdout,
                like.attribution(),
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
