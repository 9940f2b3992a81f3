package io.memberday.campaign;

import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan.ScanPage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of members, screened for all runs of a scan at once (R52). Of the marketing campaigns
 * that would address a member the first one wins, held out or not: whoever is in its control group
 * must get nothing else in its place. The others leave the member out for a reason of its own.
 * Service messages neither win nor lose a member. Not for sharing.
 */
final class SharedScan {
    private final List<Entrant> entrants;

    /** A run, and who is in its page so far. */
    private record Entrant(Run run, Screening screening, PageDraft draft) {}

    /**
     * @param runs the first wins a member before the second
     * @param screenings by run id
     */
    SharedScan(List<Run> runs, Function<Run, Screening> screenings) {
        entrants =
                runs.stream()
                        .map(run -> new Entrant(run, screenings.apply(run), new PageDraft()))
                        .toList();
    }

    /** Whom the table need hand over: nobody else is in one of the segments. */
    MemberFilter filter() {
        return MemberFilter.any(
                entrants.stream().map(entrant -> entrant.screening().filter()).toList());
    }

    /** How many members one read may bring, so that a page's batches fit one transaction. */
    int atOnce(int most) {
        long services =
                entrants.stream().filter(entrant -> !entrant.screening().competes()).count();
        return Math.max(1, Math.toIntExact(most / (1 + services)));
    }

    /** Takes what was read. */
    void add(ScanPage read) {
        for (Entrant entrant : entrants) {
            entrant.draft().addOutside(read.filtered());
        }
        read.members().forEach(this::add);
    }

    private void add(Member member) {
        boolean won = false;
        for (Entrant entrant : entrants) {
            Screening screening = entrant.screening();
            if (won && screening.competes()) {
                entrant.draft()
                        .addExcluded(screening.exclusion(member).orElse(Screening.HIGHER_VALUE));
            } else {
                Screening.Verdict verdict = screening.of(member);
                entrant.draft().add(member, verdict);
                won |= screening.competes() && !(verdict instanceof Screening.Verdict.Excluded);
            }
        }
    }

    /** Members read. */
    int scanned() {
        return entrants.getFirst().draft().scanned();
    }

    /** Members in the page's batches, of all runs. */
    int eligible() {
        return entrants.stream().mapToInt(entrant -> entrant.draft().eligible()).sum();
    }

    /** Rows that the pages and their batches take, of all runs. */
    int rows() {
        return entrants.stream().mapToInt(entrant -> entrant.draft().rows()).sum();
    }

    /**
     * Writes the page of each run, if none of them is there.
     *
     * @return one of them; nothing if another worker was first
     */
    Optional<Page> write(
            AudienceStore audience, int slice, int number, Optional<String> next, Instant now) {
        List<Page> pages = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        for (Entrant entrant : entrants) {
            Page page = entrant.draft().page(entrant.run(), slice, number, next);
            pages.add(page);
            batches.addAll(entrant.draft().batches(page, now));
        }
        return audience.write(pages, batches) ? Optional.of(pages.getFirst()) : Optional.empty();
    }
}
