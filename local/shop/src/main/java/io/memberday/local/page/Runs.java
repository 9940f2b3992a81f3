package io.memberday.local.page;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbOutcomeRows;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.money.Price;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Outcomes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The runs with what became of them so far. */
final class Runs {
    private final PageSources sources;
    private final Files files;
    private final Moments moments;

    Runs(PageSources sources, Files files, Moments moments) {
        this.sources = sources;
        this.files = files;
        this.moments = moments;
    }

    /** All runs, the latest first. */
    Map<String, Object> list() {
        return Map.of(
                "runs",
                all().stream()
                        .sorted((one, other) -> other.at().compareTo(one.at()))
                        .map(this::shown)
                        .toList());
    }

    List<Run> all() {
        return new DynamoDbRunStore(sources.dynamoDb(), results()).all();
    }

    private Map<String, Object> shown(Run run) {
        DynamoDbAudienceStore audience = new DynamoDbAudienceStore(sources.dynamoDb(), results());
        DynamoDbOutcomeRows rows = new DynamoDbOutcomeRows(sources.dynamoDb(), results());
        Tally tally = new Tally();
        for (int slice = 0; slice < run.slices(); slice++) {
            List<Page> pages = audience.pages(run.id(), slice);
            pages.forEach(tally::page);
            tally.scanned += !pages.isEmpty() && pages.getLast().next().isEmpty() ? 1 : 0;
            audience.batches(run.id(), slice).forEach(tally::batch);
            Map<String, List<Outcome>> byBatch = new HashMap<>();
            rows.each(
                    run.id(),
                    slice,
                    (batch, outcomes) ->
                            byBatch.computeIfAbsent(batch, id -> new ArrayList<>())
                                    .addAll(outcomes));
            byBatch.values()
                    .forEach(each -> Outcomes.byMember(each).values().forEach(tally::outcome));
        }
        return shown(run, tally);
    }

    private Map<String, Object> shown(Run run, Tally tally) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", run.id());
        row.put("state", run.state().name());
        row.put("why", run.why());
        row.put("finished", tally.scanned == run.slices() && tally.done == tally.batches);
        sources.playbook()
                .campaign(run.campaign())
                .flatMap(campaign -> campaign.offer(run.date()))
                .ifPresent(offer -> row.put("offer", offer.id()));
        row.put("at", moments.written(run.at()));
        row.put("until", moments.written(run.until()));
        row.put("slices", run.slices());
        row.put("batches", tally.batches);
        row.put("done", tally.done);
        row.put("sum", tally.sum());
        row.put("figures", figures(run, tally));
        row.put("outcomes", tally.outcomes);
        row.put("suppressed", tally.suppressed);
        row.put("excluded", tally.excluded);
        row.put("reports", files.reports(run.id()));
        return row;
    }

    private Map<String, Object> figures(Run run, Tally tally) {
        String currency = sources.playbook().store().currency();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("in the audience", tally.members);
        figures.put("sent", tally.outcomes.getOrDefault(Status.SENT.key(), 0L));
        figures.put("parts", tally.parts);
        figures.put("held out", tally.held);
        figures.put("spent", Price.rounded(run.spentMicros(), currency).toString());
        figures.put(
                "budget",
                run.budgetMicros()
                        .map(micros -> Price.rounded(micros, currency).toString())
                        .orElse("–"));
        return figures;
    }

    private String results() {
        return sources.table("CampaignResultsTable");
    }

    /** Counts a run's rows; sums are the rows', never the page's own. */
    private static final class Tally {
        private final Map<String, Long> outcomes = new TreeMap<>();
        private final Map<String, Long> suppressed = new TreeMap<>();
        private final Map<String, Long> excluded = new TreeMap<>();
        private int scanned;
        private long batches;
        private long done;
        private long members;
        private long held;
        private long parts;

        void page(Page page) {
            page.excluded().forEach((why, count) -> excluded.merge(why, (long) count, Long::sum));
        }

        void batch(Batch batch) {
            batches++;
            done += batch.done().isPresent() ? 1 : 0;
            members += batch.members().size() + batch.held().size();
            held += batch.held().size();
        }

        void outcome(Outcome outcome) {
            outcomes.merge(outcome.status().key(), 1L, Long::sum);
            if (outcome.status() == Status.SUPPRESSED) {
                suppressed.merge(outcome.reason(), 1L, Long::sum);
            } else {
                parts += outcome.parts();
            }
        }

        String sum() {
            StringBuilder sum = new StringBuilder();
            long ended = held;
            for (Status status : Status.values()) {
                long count = outcomes.getOrDefault(status.key(), 0L);
                sum.append("%,d %s + ".formatted(count, status.key()));
                ended += count;
            }
            sum.append("%,d held out".formatted(held));
            if (ended != members) {
                sum.append(" + %,d still open".formatted(members - ended));
            }
            return sum + " = %,d members".formatted(members);
        }
    }
}
