package io.memberday.benchmark;

import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.SliceScan;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Planning the store's campaigns as the slices do it, batches and all; what is written is counted.
 */
final class PlannedSlices {
    private static final LocalDate DATE = LocalDate.parse("2026-05-08");
    private static final String MEMBER_DAY = "member-day";

    /** As many pages as a worker does before its definitions' reading counts no more. */
    private static final int PAGES = 20;

    private PlannedSlices() {}

    /**
     * Member day alone, or with so many others of the playbook's year that are worth more or less.
     */
    static Line.Work of(MemberScan members, int campaigns) {
        RunStore runs = new InMemoryRunStore();
        List<RunStore.Planned> planned = planned(campaigns);
        runs.plan(planned);
        return () -> {
            GeneratedSlice.Counted audience = new GeneratedSlice.Counted();
            int[] left = {PAGES};
            new SliceScan(
                            runs,
                            audience,
                            members,
                            events -> {},
                            Clock.fixed(Shoppers.TEN, ZoneOffset.UTC))
                    .scan(planned.getFirst().run().id(), 0, () -> left[0]-- > 0);
            if (audience.addressed() == 0) {
                throw new IllegalStateException("nobody is addressed");
            }
            return audience.scanned();
        };
    }

    private static List<RunStore.Planned> planned(int campaigns) {
        Playbook playbook = Playbooks.load();
        List<Campaign> all = new ArrayList<>();
        all.add(playbook.campaign(MEMBER_DAY).orElseThrow());
        playbook.campaigns().stream()
                .filter(campaign -> !campaign.id().equals(MEMBER_DAY))
                .limit(campaigns - 1L)
                .forEach(all::add);
        List<Campaign> distinct = List.copyOf(all);
        for (int more = 0; all.size() < campaigns; more++) {
            all.add(distinct.get(more));
        }
        List<RunStore.Planned> planned = new ArrayList<>();
        for (Campaign campaign : all) {
            planned.add(
                    new RunStore.Planned(
                            run(campaign, planned.size()), Frozen.of(playbook, campaign).json()));
        }
        return planned;
    }

    private static Run run(Campaign campaign, int number) {
        return new Run(
                campaign.id() + number + "@" + DATE,
                campaign.id(),
                DATE,
                Shoppers.TEN,
                Shoppers.TEN.plus(Duration.ofHours(10)),
                1,
                Run.State.RUNNING,
                Optional.empty(),
                0,
                0);
    }
}
