package io.memberday.benchmark;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.SliceScan;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** One slice of any length; its batches are counted and not kept. */
final class GeneratedSlice {
    private static final String RUN = "member-day@2026-05-08";

    private GeneratedSlice() {}

    /**
     * Scans it.
     *
     * @param arguments how many members
     */
    public static void main(String[] arguments) throws Exception {
        long members = Long.parseLong(arguments[0]);
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            Counted audience = scan(members);
            out.printf("%,d in %,d batches%n", audience.addressed, audience.batches);
            Peak.print(out, members);
        }
    }

    static Counted scan(long members) {
        Playbook playbook = Playbooks.load();
        Frozen frozen = Frozen.of(playbook, playbook.campaign("member-day").orElseThrow());
        InMemoryRunStore runs = new InMemoryRunStore();
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        Shoppers.TEN,
                        Shoppers.TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                frozen.json());
        Counted audience = new Counted();
        SliceScan.End end =
                new SliceScan(
                                runs,
                                audience,
                                new GeneratedScan(members),
                                events -> {},
                                Clock.fixed(Shoppers.TEN, ZoneOffset.UTC))
                        .scan(RUN, 0, () -> true);
        if (end != SliceScan.End.SCANNED || audience.scanned != members) {
            throw new IllegalStateException(end + " after " + audience.scanned);
        }
        return audience;
    }

    /** Counts what a table would keep, and keeps the last page only. */
    static final class Counted implements AudienceStore {
        private Optional<Page> last = Optional.empty();
        private long scanned;
        private long addressed;
        private long batches;

        @Override
        public boolean write(List<Page> pages, List<Batch> more) {
            Page page = pages.getFirst();
            last = Optional.of(page);
            scanned += page.scanned();
            batches += more.size();
            addressed += more.stream().mapToLong(batch -> batch.members().size()).sum();
            return true;
        }

        @Override
        public Optional<Page> lastPage(String run, int slice) {
            return last;
        }

        @Override
        public List<Page> pages(String run, int slice) {
            return last.stream().toList();
        }

        @Override
        public Iterable<Batch> batches(String run, int slice) {
            return List.of();
        }

        long addressed() {
            return addressed;
        }

        long scanned() {
            return scanned;
        }
    }
}
