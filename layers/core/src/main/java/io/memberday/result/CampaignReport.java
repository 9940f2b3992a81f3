package io.memberday.result;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.file.FileStore;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.playbook.Frozen;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes results of runs and stores them as page, CSV and JSON. */
public final class CampaignReport {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignReport.class);

    /** A run's figures still move after its window: orders are sent back, mails bounce late. */
    private static final Duration REFUNDS = Duration.ofDays(15);

    private static final String RECENT = "recent";

    private final RunStore runs;
    private final ResultComputation computation;
    private final FileStore files;
    private final Clock clock;

    public CampaignReport(
            RunStore runs, ResultComputation computation, FileStore files, Clock clock) {
        this.runs = runs;
        this.computation = computation;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Answers {@code {"run": id}} with the run's result, and {@code {"runs": "recent"}} with those
     * of all runs whose figures still move.
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
                if (moves(run, now)) {
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

    private boolean moves(Run run, Instant now) {
        Instant end = run.until().plus(terms(run).attribution()).plus(REFUNDS);
        return run.at().isBefore(now) && now.isBefore(end);
    }

    private Map<String, Object> report(Run run, Instant now) {
        CampaignResult result = computation.compute(run, terms(run), now);
        String folder = "reports/" + run.id() + "/";
        Map<String, Object> json = Report.json(result);
        files.put(folder + "report.csv", "text/csv; charset=utf-8", Report.csv(result));
        files.put(
                folder + "index.html",
                "text/html; charset=utf-8",
                ReportPage.of(result).getBytes(StandardCharsets.UTF_8));
        LOG.info("run {}: {}", run.id(), json.get("sum"));
        Map<String, Object> answer = new LinkedHashMap<>(json);
        answer.put("page", files.address(folder + "index.html"));
        answer.put("csv", files.address(folder + "report.csv"));
        return answer;
    }

    private Terms terms(Run run) {
        Frozen frozen =
                Frozen.read(
                        runs.frozen(run.id())
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "nothing is frozen with run " + run.id())));
        return new Terms(
                frozen.store().name(),
                frozen.store().zone(),
                frozen.store().currency(),
                frozen.campaign().attribution());
    }
}
