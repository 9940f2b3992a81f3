package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.EventBus;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Faults;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The sample shop's member day in memory, planned and about to be scanned. */
final class SliceScene {
    static final Campaign CAMPAIGN = SamplePlaybook.memberDay();
    static final Frozen FROZEN = Frozen.of(SamplePlaybook.playbook(), CAMPAIGN);
    static final Holdout HOLDOUT = new Holdout(CAMPAIGN.id(), CAMPAIGN.holdoutPercent());

    /** A Friday and the 8th, at ten in Shanghai. */
    static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");

    final InMemoryRunStore runs = new InMemoryRunStore();
    final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    final InMemoryEventBus bus = new InMemoryEventBus();
    final Faults faults = new Faults();
    final List<Member> members;
    final InMemoryMemberScan scan;

    SliceScene(List<Member> members) {
        this.members = members;
        scan = new InMemoryMemberScan(members);
    }

    Run planned(String date, int slices) {
        Run run = RunPlan.of(CAMPAIGN, LocalDate.parse(date), FROZEN.store().zone()).run(slices);
        runs.plan(run, FROZEN.json());
        return run;
    }

    /** A worker at a moment; each of its calls may be its last. */
    SliceScan worker(Instant now) {
        return new SliceScan(
                faults.on(RunStore.class, runs),
                faults.on(AudienceStore.class, audience),
                faults.on(MemberScan.class, scan),
                faults.on(EventBus.class, bus),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    /** The run's audience: no member stands in it twice. */
    Set<String> addressed(Run run) {
        List<String> ids = new ArrayList<>();
        for (int slice = 0; slice < run.slices(); slice++) {
            for (Batch batch : audience.batches(run.id(), slice)) {
                ids.addAll(batch.members());
                ids.addAll(batch.held());
            }
        }
        Set<String> distinct = new TreeSet<>(ids);
        assertEquals(distinct.size(), ids.size(), "a member stands in two batches");
        return distinct;
    }

    /** Whom the run is for, decided member by member without pages or batches. */
    Set<String> eligible(Run run) {
        Screening screening = new Screening(FROZEN, run.date(), run.at());
        Set<String> ids = new TreeSet<>();
        for (Member member : members) {
            if (!(screening.of(member) instanceof Screening.Verdict.Excluded)) {
                ids.add(member.id());
            }
        }
        return ids;
    }

    /**
     * All pages are there, each follows the one before, and together they saw every member once.
     */
    void assertScannedOnce(Run run, String because) {
        int scanned = 0;
        int counted = 0;
        for (int slice = 0; slice < run.slices(); slice++) {
            List<Page> pages = audience.pages(run.id(), slice);
            for (Page page : pages) {
                assertEquals(pages.indexOf(page), page.number(), because);
                assertEquals(page == pages.getLast(), page.next().isEmpty(), because);
                scanned += page.scanned();
                counted += page.eligible();
                counted += page.excluded().values().stream().mapToInt(count -> count).sum();
            }
            assertTrue(!pages.isEmpty(), because);
        }
        assertEquals(members.size(), scanned, because);
        assertEquals(members.size(), counted, because);
        assertEquals(eligible(run), addressed(run), because);
    }
}
