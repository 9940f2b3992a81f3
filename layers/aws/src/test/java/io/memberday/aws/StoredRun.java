package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.local.engine.Emulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run on emulated tables that batches are added to, one a page. */
final class StoredRun {
    static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    static final String RUN = "member-day@2026-05-08";

    private final String table;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final DynamoDbBatchStore batches;

    StoredRun(Emulator emulator) {
        table = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(emulator.dynamoDb(), table);
        audience = new DynamoDbAudienceStore(emulator.dynamoDb(), table);
        batches = new DynamoDbBatchStore(emulator.dynamoDb(), table, new Sleep());
    }

    /** The table that all of its rows are in. */
    String table() {
        return table;
    }

    void plan(Optional<Long> budgetMicros) {
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        AT,
                        AT.plusSeconds(36_000),
                        1,
                        Run.State.RUNNING,
                        budgetMicros,
                        0,
                        0),
                "{}");
    }

    Run run() {
        return runs.find(RUN).orElseThrow();
    }

    /** A batch of four members, written with a page of its own. */
    Batch batch(int page, Instant dueAt) {
        Batch batch =
                BatchDraft.of(RUN, page, dueAt).members(List.of("m1", "m2", "m3", "m4")).batch();
        audience.write(new Page(RUN, 0, page, Optional.empty(), 0, 0, Map.of()), List.of(batch));
        return batch;
    }

    /** A batch as it is now. */
    Batch find(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }
}
