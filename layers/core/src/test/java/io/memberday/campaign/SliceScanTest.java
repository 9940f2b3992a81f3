package io.memberday.campaign;

import static io.memberday.campaign.SliceScene.AT;
import static io.memberday.campaign.SliceScene.HOLDOUT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.SliceScan.End;
import io.memberday.event.BusEvent;
import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchases;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class SliceScanTest {
    private static final String DATE = "2026-05-08";
    private static final String NEXT_FRIDAY = "2026-05-15";
    private static final BooleanSupplier ALL_THE_TIME = () -> true;

    @Test
    void shouldPutEveryEligibleMemberIntoOneBatchAndCountAllOthersByReason() {
        // Given
        SliceScene scene = new SliceScene(SampleMembers.of(5_000, 1));
        Run run = scene.planned(DATE, 3);

        // When
        for (int slice = 0; slice < 3; slice++) {
            assertEquals(End.SCANNED, scene.worker(AT).scan(run.id(), slice, ALL_THE_TIME));
        }

        // Then
        scene.assertScannedOnce(run, "seed 1");
        Map<String, Integer> excluded = new TreeMap<>();
        for (int slice = 0; slice < 3; slice++) {
            for (Page page : scene.audience.pages(run.id(), slice)) {
                page.excluded()
                        .forEach((reason, count) -> excluded.merge(reason, count, Integer::sum));
            }
        }
        assertEquals(
                List.of("cap", "consent", "merged", "segment", "unreachable"),
                List.copyOf(excluded.keySet()));
        // Tombstones and the like come about once in 20 members; three in ten bought nothing.
        assertEquals(250, excluded.get("merged"), 80);
        assertEquals(1_425, excluded.get("segment"), 200);
    }

    @Test
    void shouldHoldOutTheControlGroupAndMarkItInTheBatches() {
        // Given
        SliceScene scene = new SliceScene(SampleMembers.of(5_000, 2));
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        int held = 0;
        for (Batch batch : scene.audience.allBatches()) {
            assertTrue(batch.held().stream().allMatch(HOLDOUT::holds));
            assertTrue(batch.members().stream().noneMatch(HOLDOUT::holds));
            assertTrue(batch.members().size() + batch.held().size() <= 100);
            held += batch.held().size();
        }
        assertEquals(0.1 * scene.addressed(run).size(), held, 85, "seed 2");
    }

    @Test
    void shouldScanAShopWhoseMembersLiveOnMoreClocksThanATransactionHasRows() {
        // Given: by SMS or email, in one of ninety zones
        List<String> zones =
                ZoneId.getAvailableZoneIds().stream()
                        .filter(id -> id.startsWith("America/"))
                        .sorted()
                        .limit(90)
                        .toList();
        List<Member> members =
                SampleMembers.of(4_000, 4).stream().map(member -> living(member, zones)).toList();
        SliceScene scene = new SliceScene(members);
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        scene.assertScannedOnce(run, "seed 4");
        assertEquals(
                Set.copyOf(zones),
                scene.audience.allBatches().stream()
                        .map(batch -> batch.zone().getId())
                        .collect(Collectors.toSet()));
    }

    private static Member living(Member member, List<String> zones) {
        String zone = zones.get(Math.floorMod(member.id().hashCode(), zones.size()));
        return member.change().profile(member.profile().with(Field.TIMEZONE, zone, AT)).done();
    }

    @Test
    void shouldSendEachMemberOnTheFirstChannelThatReaches() {
        // Given: half of them may be reached by email only
        SliceScene scene = new SliceScene(SampleMembers.of(1_000, 3));
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        Map<String, Member> byId = new TreeMap<>();
        scene.members.forEach(member -> byId.put(member.id(), member));
        for (Batch batch : scene.audience.allBatches()) {
            for (String id : batch.members()) {
                boolean phone = byId.get(id).reachableAt(Channel.SMS).isPresent();
                assertEquals(phone ? Channel.SMS : Channel.EMAIL, batch.channel());
            }
        }
        assertEquals(
                List.of(Channel.SMS, Channel.EMAIL),
                scene.audience.allBatches().stream().map(Batch::channel).distinct().toList());
    }

    @Test
    void shouldCloseABatchThatHoldsOnlyHeldOutMembers() {
        // Given
        String id =
                IntStream.range(0, 1_000)
                        .mapToObj(number -> "m" + number)
                        .filter(HOLDOUT::holds)
                        .findFirst()
                        .orElseThrow();
        SliceScene scene = new SliceScene(List.of(SampleMembers.addressed(id)));
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        Batch batch = scene.audience.allBatches().getFirst();
        assertEquals(List.of(id), batch.held());
        assertEquals(List.of(), batch.members());
        assertEquals(Optional.of(AT), batch.done());
    }

    @Test
    void shouldFillBatchesAlthoughTheSegmentIsThin() {
        // Given: one in twenty has bought
        List<Member> members = new ArrayList<>();
        for (int number = 0; number < 20_000; number++) {
            Member member = SampleMembers.addressed("m" + number);
            members.add(
                    number % 20 == 0 ? member : member.change().purchases(Purchases.NONE).done());
        }
        SliceScene scene = new SliceScene(members);
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then: 1,000 members in two pages
        assertEquals(1_000, scene.addressed(run).size());
        assertTrue(
                scene.audience.allBatches().size() <= 12,
                scene.audience.allBatches().size() + " batches");
    }

    @Test
    void shouldKeepAPageWithinOneTransaction() {
        // Given: everybody is eligible
        List<Member> members =
                IntStream.range(0, 10_000)
                        .mapToObj(number -> SampleMembers.addressed("m" + number))
                        .toList();
        SliceScene scene = new SliceScene(members);
        Run run = scene.planned(DATE, 1);

        // When
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        for (Page page : scene.audience.pages(run.id(), 0)) {
            String start = "%06d-".formatted(page.number());
            long batches =
                    scene.audience.allBatches().stream()
                            .filter(batch -> batch.id().startsWith(start))
                            .count();
            assertTrue(batches <= 25, batches + " batches in one transaction");
        }
    }

    @Test
    void shouldStateTheMostThatAMessageOfTheBatchCosts() {
        // Given: one name is so long that its SMS has two parts
        Member plain = SampleMembers.addressed(notHeld(1).getFirst());
        Member wordy = SampleMembers.addressed(notHeld(2).getLast());
        wordy = wordy.change().profile(wordy.profile().with(Field.NAME, "长".repeat(60), AT)).done();

        // Then: 0.05 CNY a part
        assertEquals(50_000, eachMicros(List.of(plain)));
        assertEquals(100_000, eachMicros(List.of(plain, wordy)));
    }

    @Test
    void shouldBeDueAtTheRunsTimeOrAtOnceWhenThatHasPassed() {
        // Given
        SliceScene scene = new SliceScene(List.of(SampleMembers.addressed("m1")));
        Run today = scene.planned(DATE, 1);
        Run later = scene.planned(NEXT_FRIDAY, 1);

        // When
        scene.worker(AT.plusSeconds(90)).scan(today.id(), 0, ALL_THE_TIME);
        scene.worker(AT).scan(later.id(), 0, ALL_THE_TIME);

        // Then
        assertEquals(AT.plusSeconds(90), scene.audience.batches(today.id(), 0).getFirst().dueAt());
        assertEquals(later.at(), scene.audience.batches(later.id(), 0).getFirst().dueAt());
    }

    @Test
    void shouldPutAnEventForTheRestWhenTimeIsShort() {
        // Given: time for one page
        SliceScene scene = new SliceScene(SampleMembers.of(4_000, 4));
        Run run = scene.planned(DATE, 1);
        Iterator<Boolean> time = List.of(true, false).iterator();

        // When
        End end = scene.worker(AT).scan(run.id(), 0, time::next);

        // Then
        assertEquals(End.CONTINUED, end);
        assertEquals(1, scene.audience.pages(run.id(), 0).size());
        assertEquals(List.of(BusEvent.sliceDue(run.id(), 0)), scene.bus.take());
        assertEquals(End.SCANNED, scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME));
        assertEquals(List.of(), scene.bus.events());
        scene.assertScannedOnce(run, "seed 4");
    }

    @Test
    void shouldWriteNoMorePagesOnceTheRunIsCancelled() {
        // Given: cancelled while the first page is evaluated
        SliceScene scene = new SliceScene(SampleMembers.of(4_000, 5));
        Run run = scene.planned(DATE, 1);
        BooleanSupplier cancel =
                () -> {
                    scene.runs.change(run.id(), Run.State.CANCELLED);
                    return true;
                };

        // When
        End end = scene.worker(AT).scan(run.id(), 0, cancel);

        // Then
        assertEquals(End.CLOSED, end);
        assertEquals(1, scene.audience.pages(run.id(), 0).size());
        assertEquals(List.of(), scene.bus.events());
    }

    @Test
    void shouldWriteNoPageOnceTheWindowHasPassed() {
        // Given
        SliceScene scene = new SliceScene(SampleMembers.of(100, 6));
        Run run = scene.planned(DATE, 1);

        // When
        End end = scene.worker(run.until()).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        assertEquals(End.CLOSED, end);
        assertEquals(List.of(), scene.audience.pages(run.id(), 0));
    }

    @Test
    void shouldRefuseASliceThatIsNone() {
        SliceScene scene = new SliceScene(List.of());
        Run run = scene.planned(DATE, 1);
        SliceScan worker = scene.worker(AT);
        assertThrows(BadInput.class, () -> worker.scan("member-day@2020-01-01", 0, ALL_THE_TIME));
        assertThrows(BadInput.class, () -> worker.scan(run.id(), 1, ALL_THE_TIME));
        assertThrows(BadInput.class, () -> worker.scan(run.id(), -1, ALL_THE_TIME));
    }

    @Test
    void shouldChangeNothingWhenASliceIsReplayed() {
        // Given
        SliceScene scene = new SliceScene(SampleMembers.of(2_000, 7));
        Run run = scene.planned(DATE, 1);
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);
        List<Batch> before = scene.audience.allBatches();

        // When: by then another member has come
        scene.scan.put(SampleMembers.addressed("m1"));
        scene.worker(AT.plus(Duration.ofHours(1))).scan(run.id(), 0, ALL_THE_TIME);

        // Then
        assertEquals(before, scene.audience.allBatches());
        assertFalse(scene.addressed(run).contains("m1"));
    }

    private static long eachMicros(List<Member> members) {
        SliceScene scene = new SliceScene(members);
        Run run = scene.planned(DATE, 1);
        scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);
        return Collections.max(
                        scene.audience.batches(run.id(), 0).stream()
                                .map(Batch::eachMicros)
                                .toList())
                .longValue();
    }

    private static List<String> notHeld(int count) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "m" + number)
                .filter(id -> !HOLDOUT.holds(id))
                .limit(count)
                .toList();
    }
}
