package io.memberday.result;

import io.memberday.campaign.Marks;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.file.FileStore;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.json.Nearest;
import io.memberday.playbook.Frozen;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes results of runs and stores them as page, CSV and JSON. */
public final class CampaignReport {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignReport.class);

    private static final String RECENT = "recent";

    private final RunStore runs;
    private final ResultComputation computation;
    private final ResultStore results;
    private final FileStore files;
    private final Clock clock;

    public CampaignReport(
            RunStore runs,
            ResultComputation computation,
            ResultStore results,
            FileStore files,
            Clock clock) {
        this.runs = runs;
        this.computation = computation;
        this.results = results;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Answers {@code {"run": id}} with the run's result, and {@code {"runs": "recent"}} with those
     * of all runs that have no final one yet. A final result is answered as it was kept, whatever
     * became of the rows since.
     *
     * @throws io.memberday.json.BadInput if it is another request
     */
    public Map<String, Object> answer(Fields request) {
        if (request.has("run")) {
            String id = request.text("run");
            return report(
                    runs.find(id)
                            .orElseThrow(
                                    () ->
                                            request.bad(
                                                    "run",
                                                    "is no run: " + Nearest.mend(id, ids()))),
                    clock.instant());
        }
        if (!RECENT.equals(request.optionalText("runs").orElse(""))) {
            throw request.bad(
                    "run",
                    "give a run's id, such as member-day@2026-05-08, or \"runs\": \"recent\"");
        }
        return recent();
    }

    private List<String> ids() {
        return runs.all().stream().map(Run::id).toList();
    }

    /** One run that cannot be computed does not keep the others from being so. */
    private Map<String, Object> recent() {
        Instant now = clock.instant();
        List<Map<String, Object>> reports = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Run run : runs.all()) {
            try {
                if (run.at().isBefore(now) && settled(run).isEmpty()) {
                    reports.add(report(run, now));
                }
            } catch (RuntimeException e) {
                LOG.error("run {} has no report", run.id(), e);
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    failures.size() + " runs have no report", failures.getFirst());
        }
        return Map.of("reports", reports);
    }

    private Optional<Map<String, Object>> settled(Run run) {
        return results.find(run.id())
                .filter(ResultStore.Kept::settled)
                .map(kept -> Json.read(kept.json()).asMap());
    }

    private Map<String, Object> report(Run run, Instant now) {
        return answer(run, settled(run).orElseGet(() -> computed(run, now)));
    }

    private Map<String, Object> computed(Run run, Instant now) {
        Frozen frozen = frozen(run);
        CampaignResult result = computation.compute(run, terms(run, frozen), now);
        String folder = folder(run);
        Map<String, Object> json = Report.json(result);
        json.put("segment", frozen.campaign().segment().source());
        files.put(folder + "report.csv", "text/csv; charset=utf-8", Report.csv(result));
        files.put(
                folder + "index.html",
                "text/html; charset=utf-8",
                ReportPage.of(result).getBytes(StandardCharsets.UTF_8));
        LOG.info("run {}: {}", run.id(), json.get("sum"));
        boolean kept =
                results.keep(run.id(), new ResultStore.Kept(Json.write(json), result.settled()));
        return kept ? json : settled(run).orElse(json);
    }

    private Map<String, Object> answer(Run run, Map<String, Object> result) {
        String folder = folder(run);
        Map<String, Object> answer = new LinkedHashMap<>(result);
        answer.put("page", files.address(folder + "index.html"));
        answer.put("csv", files.address(folder + "report.csv"));
        return answer;
    }

    private static String folder(Run run) {
        return "reports/" + run.id() + "/";
    }

    private Frozen frozen(Run run) {
        return Frozen.read(
                runs.frozen(run.id())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "nothing is frozen with run " + run.id())));
    }

    private static Terms terms(Run run, Frozen frozen) {
        return new Terms(
                frozen.store().name(),
                frozen.store().zone(),
                frozen.store().currency(),
                frozen.campaign().attribution(),
                frozen.store().measuring().refundPeriod(),
                Marks.of(frozen, run.at()));
    }
}
