package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.segment.Vantage;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Member day in two variants, in a store that holds a fifth of its members out of all marketing.
 */
class VariantScanTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final Campaign CAMPAIGN = SamplePlaybook.memberDayInVariants();
    private static final Frozen FROZEN = Frozen.of(SamplePlaybook.measured(20), CAMPAIGN);
    private static final List<Member> MEMBERS = members();

    @Test
    void shouldPutMembersOfOneVariantIntoABatchAndTheGlobalGroupIntoNone() {
        // When
        List<Batch> batches = scanned(SliceScan.Size.USUAL);

        // Then
        Split split = new Split(CAMPAIGN.id(), CAMPAIGN.variants());
        Holdout everywhere = new Holdout(Holdout.EVERY, 20);
        int a = 0;
        int all = 0;
        for (Batch batch : batches) {
            for (String id : everyone(batch)) {
                assertEquals(batch.variant(), split.of(id));
                assertTrue(!everywhere.holds(id), "is to get no marketing: " + id);
                all++;
                a += batch.variant().equals("a") ? 1 : 0;
            }
        }
        assertTrue(all > 1_500, all + " members");
        assertEquals(0.4 * all, a, 5 * Math.sqrt(all * 0.4 * 0.6), "seed 6");
    }

    @Test
    void shouldGiveEachMemberTheSameVariantHoweverThePagesAreCut() {
        Map<String, String> once = variants(scanned(SliceScan.Size.USUAL));
        Map<String, String> again = variants(scanned(new SliceScan.Size(7, 50, 20)));
        assertEquals(once, again);
    }

    @Test
    void shouldMarkWhereEachMemberStoodHeldOutOnesToo() {
        // When
        List<Batch> batches = scanned(SliceScan.Size.USUAL);

        // Then
        Marks marks = Marks.of(FROZEN, AT);
        Vantage vantage = FROZEN.vantage(AT);
        Map<String, Member> byId = new HashMap<>();
        MEMBERS.forEach(member -> byId.put(member.id(), member));
        Set<String> seen = new TreeSet<>();
        for (Batch batch : batches) {
            List<String> everyone = everyone(batch);
            for (int i = 0; i < everyone.size(); i++) {
                Member member = byId.get(everyone.get(i));
                Marks.Standing standing = marks.standing(batch, i);
                assertEquals(vantage.ladder().of(member.purchases(), AT).id(), standing.tier());
                assertEquals(
                        Layer.of(member.purchases(), vantage.ladder(), AT).key(), standing.layer());
                assertEquals(vantage.stages().of(member.purchases().last(), AT), standing.stage());
                assertEquals(List.of("bought"), standing.segments());
                seen.add(standing.tier());
            }
            assertEquals(3 * everyone.size(), batch.marks().length());
        }
        assertEquals(Set.of("gold", "member"), seen);
    }

    @Test
    void shouldKnowNothingOfABatchWithoutMarks() {
        Batch batch = scanned(SliceScan.Size.USUAL).getFirst();
        Batch old =
                BatchDraft.of(batch.run(), batch.id(), AT)
                        .members(batch.members())
                        .held(batch.held())
                        .batch();
        assertEquals(
                new Marks.Standing("", "", "", List.of()), Marks.of(FROZEN, AT).standing(old, 3));
    }

    /** Five of them have bought enough to be gold. */
    private static List<Member> members() {
        List<Member> members = new ArrayList<>(SampleMembers.of(5_000, 6));
        for (String id : List.of("m1", "m2", "m3", "m4", "m5")) {
            Instant before = AT.minus(Duration.ofDays(100));
            members.add(
                    SampleMembers.addressed(id)
                            .change()
                            .purchases(
                                    Purchases.of(
                                            List.of(
                                                    new Purchase("a:b:" + id, before, 90_000),
                                                    new Purchase("a:c:" + id, before, 90_000)),
                                            Duration.ofDays(400)))
                            .done());
        }
        return members;
    }

    private static List<Batch> scanned(SliceScan.Size size) {
        SliceScene scene = new SliceScene(MEMBERS);
        Run run = RunPlan.of(CAMPAIGN, LocalDate.parse("2026-05-08"), FROZEN.store().zone()).run(1);
        scene.runs.plan(run, FROZEN.json());
        new SliceScan(
                        scene.runs,
                        scene.audience,
                        scene.scan,
                        scene.bus,
                        Clock.fixed(AT, ZoneOffset.UTC),
                        size)
                .scan(run.id(), 0, () -> true);
        return scene.audience.allBatches();
    }

    private static Map<String, String> variants(List<Batch> batches) {
        Map<String, String> variants = new HashMap<>();
        batches.forEach(batch -> everyone(batch).forEach(id -> variants.put(id, batch.variant())));
        return variants;
    }

    private static List<String> everyone(Batch batch) {
        List<String> everyone = new ArrayList<>(batch.members());
        everyone.addAll(batch.held());
        return everyone;
    }
}
