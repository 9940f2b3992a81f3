package io.memberday.plan;

import io.memberday.campaign.Run;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.result.Arm;
import io.memberday.result.ResultStore;
import io.memberday.result.Uplift.Interval;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which share of those addressed will likely buy (R35), and how that is known: what the caller
 * says; what runs to the same segment brought; what runs brought in each recency stage, weighted by
 * the stages of this segment; or what the store assumes. The first that there is counts.
 *
 * @param conversion 0 to 1
 * @param interval 95 % of the same segment's buyers; nothing where it is assumed
 * @param basis in words
 */
record Expectation(double conversion, Optional<Interval> interval, String basis) {
    /** Fewer say nothing. */
    private static final long LEAST = 100;

    private static final int MOST_RUNS = 100;
    private static final double TEN_THOUSAND = 10_000;

    /** As the caller says. */
    static Expectation said(double conversion) {
        return new Expectation(conversion, Optional.empty(), "as given with the request");
    }

    /**
     * From earlier runs, or as the store assumes.
     *
     * @param source the segment's expression
     * @param stages members of the segment by recency stage
     * @param assumed buyers of ten thousand
     */
    static Expectation of(
            List<Run> runs,
            ResultStore results,
            String source,
            Map<String, Long> stages,
            int assumed) {
        Pool same = new Pool();
        Map<String, Pool> byStage = new TreeMap<>();
        runs.stream()
                .sorted(Comparator.comparing(Run::at).reversed())
                .limit(MOST_RUNS)
                .flatMap(run -> results.find(run.id()).stream())
                .map(kept -> Json.read(kept.json()))
                .forEach(
                        result -> {
                            if (source.equals(result.optionalText("segment").orElse(""))) {
                                same.add(result);
                            }
                            result.objects("groups").stream()
                                    .filter(group -> group.text("by").equals("stage"))
                                    .forEach(
                                            group ->
                                                    byStage.computeIfAbsent(
                                                                    group.text("name"),
                                                                    name -> new Pool())
                                                            .add(group));
                        });
        if (same.sent >= LEAST) {
            Arm arm = new Arm(same.sent, same.buyers, 0, 0, 0);
            return new Expectation(
                    arm.conversion(),
                    Optional.of(arm.conversionInterval()),
                    "%d earlier runs to the same segment: %d of %d bought"
                            .formatted(same.runs, same.buyers, same.sent));
        }
        return byStage(byStage, stages)
                .map(
                        conversion ->
                                new Expectation(
                                        conversion,
                                        Optional.empty(),
                                        "earlier runs to members of the same recency stages"))
                .orElseGet(
                        () ->
                                new Expectation(
                                        assumed / TEN_THOUSAND,
                                        Optional.empty(),
                                        "assumed: expectedConversion of store.yaml, as no earlier"
                                                + " run tells"));
    }

    /** Nothing if earlier runs say too little of one of the stages. */
    private static Optional<Double> byStage(Map<String, Pool> pools, Map<String, Long> stages) {
        double buyers = 0;
        long members = 0;
        for (Map.Entry<String, Long> stage : stages.entrySet()) {
            Pool pool = pools.get(stage.getKey());
            if (pool == null || pool.sent < LEAST) {
                return Optional.empty();
            }
            buyers += stage.getValue() * (double) pool.buyers / pool.sent;
            members += stage.getValue();
        }
        return members == 0 ? Optional.empty() : Optional.of(buyers / members);
    }

    private static final class Pool {
        private int runs;
        private long sent;
        private long buyers;

        private void add(Fields figures) {
            runs++;
            sent += figures.whole("sent", 0, Long.MAX_VALUE);
            buyers += figures.whole("buyers", 0, Long.MAX_VALUE);
        }
    }
}
