package io.memberday.local.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbOutcomeRows;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.local.LocalStack;
import io.memberday.local.outbox.Sent;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Outcomes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run left behind, read from its rows and from what providers took.
 *
 * @param audience every member in a batch row, held out ones included
 * @param held members held out
 * @param outcomes one per member sent to
 * @param unknownBatches the batches that have a touch of unknown outcome
 * @param messaged the members whom a provider took a message for, once per message
 */
record Aftermath(
        Run run,
        Set<String> audience,
        Set<String> held,
        Map<String, Outcome> outcomes,
        Set<String> unknownBatches,
        List<String> messaged,
        boolean done) {

    /**
     * Reads it.
     *
     * @param memberAt whose an address is
     */
    static Aftermath read(LocalStack stack, String runId, Map<String, String> memberAt) {
        String table = stack.name("CampaignResultsTable");
        Run run = new DynamoDbRunStore(stack.dynamoDb(), table).find(runId).orElseThrow();
        DynamoDbAudienceStore audiences = new DynamoDbAudienceStore(stack.dynamoDb(), table);
        DynamoDbOutcomeRows rows = new DynamoDbOutcomeRows(stack.dynamoDb(), table);
        List<String> members = new ArrayList<>();
        Set<String> held = new HashSet<>();
        Map<String, List<Outcome>> recorded = new HashMap<>();
        boolean done = true;
        for (int slice = 0; slice < run.slices(); slice++) {
            for (Batch batch : audiences.batches(runId, slice)) {
                members.addAll(batch.members());
                members.addAll(batch.held());
                held.addAll(batch.held());
                done &= batch.done().isPresent();
            }
            int of = slice;
            rows.each(
                    runId,
                    slice,
                    (batch, outcomes) ->
                            recorded.computeIfAbsent(of + "/" + batch, id -> new ArrayList<>())
                                    .addAll(outcomes));
        }
        assertEquals(members.size(), new HashSet<>(members).size(), "nobody is in two batches");
        Map<String, Outcome> outcomes = new HashMap<>();
        Set<String> unknownBatches = new HashSet<>();
        recorded.forEach(
                (batch, all) ->
                        Outcomes.byMember(all)
                                .forEach(
                                        (member, outcome) -> {
                                            outcomes.put(member, outcome);
                                            if (outcome.status() == Status.UNKNOWN) {
                                                unknownBatches.add(batch);
                                            }
                                        }));
        List<String> messaged =
                stack.outbox().all().stream()
                        .map(Aftermath::address)
                        .map(address -> memberAt.getOrDefault(address, "nobody at " + address))
                        .toList();
        return new Aftermath(
                run, new HashSet<>(members), held, outcomes, unknownBatches, messaged, done);
    }

    long count(Status status) {
        return outcomes.values().stream().filter(each -> each.status() == status).count();
    }

    /** What must hold of every run, however it was disturbed (P2, P3, P5). */
    void assertPromises() {
        Set<String> once = new HashSet<>(messaged);
        assertEquals(once.size(), messaged.size(), "nobody gets the message twice");
        assertTrue(done, "every batch is done");
        assertEquals(
                audience.size(),
                count(Status.SENT)
                        + count(Status.FAILED)
                        + count(Status.UNKNOWN)
                        + count(Status.SUPPRESSED)
                        + held.size(),
                "sent + failed + unknown + suppressed + held out = members in batch rows");
        assertTrue(unknownBatches.size() <= 1, "unknown in " + unknownBatches);
        outcomes.forEach(
                (member, outcome) -> {
                    boolean got = once.contains(member);
                    switch (outcome.status()) {
                        case SENT -> assertTrue(got, member + " is sent, and nothing was taken");
                        case UNKNOWN -> assertTrue(audience.contains(member));
                        default -> assertTrue(!got, member + " got it and is " + outcome.status());
                    }
                });
        assertTrue(outcomes.keySet().containsAll(once), "whoever got it has an outcome");
        assertTrue(held.stream().noneMatch(once::contains), "nobody held out gets it");
        long cost = outcomes.values().stream().mapToLong(Outcome::costMicros).sum();
        assertEquals(cost, run.spentMicros(), "what sending cost is what the run spent");
        assertEquals(run.spentMicros(), run.committedMicros(), "no lease is left over");
    }

    private static String address(Sent message) {
        return switch (message) {
            case Sent.Sms sms -> sms.phone();
            case Sent.Email email -> email.to().getFirst();
        };
    }
}
