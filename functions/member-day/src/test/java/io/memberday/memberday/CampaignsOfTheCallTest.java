package io.memberday.memberday;

import static io.memberday.memberday.MemberDayScene.FRIDAY_THE_EIGHTH;
import static io.memberday.memberday.MemberDayScene.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.MemberFormat;
import io.memberday.campaign.InMemoryOrderIndex;
import io.memberday.campaign.Run;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.BusEvent;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Member;
import io.memberday.playbook.Frozen;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Campaigns that are in no playbook, as they come with the call. */
@ExtendWith(EmulatorExtension.class)
class CampaignsOfTheCallTest {
    private final MemberDayScene scene;

    CampaignsOfTheCallTest(Emulator emulator) {
        scene = new MemberDayScene(emulator);
    }

    @BeforeEach
    void fill() {
        scene.fill();
    }

    @Test
    void shouldRunACampaignThatComesWithTheCallOnce() throws IOException {
        // When it comes twice, a minute apart, and then another one under its id
        Fields answer = scene.answer(event("inline"), FRIDAY_THE_EIGHTH);
        Fields again = scene.answer(event("inline"), FRIDAY_THE_EIGHTH.plusSeconds(61));
        RefusedRequest other =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                scene.answer(
                                        event("inline").replace("最后3小时", "最后2小时"),
                                        FRIDAY_THE_EIGHTH.plusSeconds(62)));

        // Then
        assertEquals("planned", answer.text("status"));
        assertEquals("sprint@2026-05-08", answer.text("run"));
        assertEquals("already planned", again.text("status"));
        assertEquals(
                "definition.id: another definition has the run sprint@2026-05-08: choose another"
                        + " id (got: sprint)",
                other.getMessage());
        Run run = scene.runs.find("sprint@2026-05-08").orElseThrow();
        assertEquals(FRIDAY_THE_EIGHTH, run.at());
        assertEquals(FRIDAY_THE_EIGHTH.plusSeconds(3 * 3_600), run.until());
        assertEquals(Optional.of(300_000_000L), run.budgetMicros());
        Frozen frozen = Frozen.read(scene.runs.plan(run.id()).orElseThrow().frozen());
        assertEquals(
                "keptPurchases >= 1 && !bought(\"2026-05-08\", \"2026-05-08\")",
                frozen.campaign().segment().source());
        assertEquals(1, frozen.templates().all().size());
        // It shares the scan of member day, which is due now, too, and more valuable.
        assertTrue(scene.bus.events().contains(BusEvent.sliceDue("member-day@2026-05-08", 2)));
    }

    @Test
    void shouldPreviewACampaignThatComesWithTheCall() throws IOException {
        Fields answer =
                scene.answer(
                        event("inline").strip().replaceFirst("}$", ", \"dryRun\": true}"),
                        FRIDAY_THE_EIGHTH);

        assertEquals("not planned yet", answer.text("status"));
        assertEquals(60, answer.whole("scanned", 0, 100));
        assertEquals(List.of(), scene.runs.all());
    }

    @Test
    void shouldPreviewACampaignOverOrdersFromTheIndexOfPaidDays() throws IOException {
        // Given: two of one buyer, one of another that is small, one on its way, one a day too late
        Instant fifth = Instant.parse("2026-05-05T04:00:00Z");
        Member buyer = SampleMembers.addressed("ma");
        Member other = SampleMembers.addressed("mb");
        for (Member member : List.of(buyer, other)) {
            scene.put("MembersTable", MemberFormat.item(member));
        }
        scene.ordered("ma", InMemoryOrderIndex.order("1", fifth, 5_000));
        scene.ordered("ma", InMemoryOrderIndex.order("2", fifth.plusSeconds(90_000), 7_000));
        scene.ordered("mb", InMemoryOrderIndex.order("3", fifth, 4_999));
        scene.ordered(
                "mb",
                InMemoryOrderIndex.shipped(
                        InMemoryOrderIndex.order("4", fifth, 9_000), fifth.plusSeconds(60)));
        scene.ordered("mb", InMemoryOrderIndex.order("5", fifth.plusSeconds(2 * 86_400), 9_000));

        // When
        Fields answer = scene.answer(event("mass-delay"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals(2, answer.whole("scanned", 0, 100));
        assertEquals(1, answer.object("excluded").whole("segment", 0, 100));
        assertEquals(1, answer.whole("messages", 0, 100));
        assertEquals(
                "会员%d，订单2晚到3到5天，共120.00元【样店】".formatted(Math.floorMod("ma".hashCode(), 1_000)),
                answer.objects("samples").getFirst().text("text"));
        assertEquals(List.of(), scene.runs.all());

        // When: in earnest
        Fields planned =
                scene.answer(event("mass-delay").replace("true,", "false,"), FRIDAY_THE_EIGHTH);

        // Then: it has a scan of its own
        assertEquals("planned", planned.text("status"));
        assertEquals(1, planned.whole("slices", 0, 100));
        assertEquals(
                List.of("late-parcels@2026-05-08"),
                scene.runs.plan("late-parcels@2026-05-08").orElseThrow().together());
    }

    @Test
    void shouldRefuseADefinitionWithFieldValueAndMend() {
        RefusedRequest refused =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                scene.answer(
                                        event("inline").replace("keptPurchases", "keptPurchase"),
                                        FRIDAY_THE_EIGHTH));

        assertTrue(
                refused.getMessage().startsWith("definition.sprint.segment: ")
                        && refused.getMessage().contains("did you mean keptPurchases?"),
                refused.getMessage());
    }
}
