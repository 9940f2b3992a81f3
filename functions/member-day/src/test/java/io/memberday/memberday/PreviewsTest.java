package io.memberday.memberday;

import static io.memberday.memberday.MemberDayScene.FRIDAY_THE_EIGHTH;
import static io.memberday.memberday.MemberDayScene.RUN;
import static io.memberday.memberday.MemberDayScene.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.IdentityFormat;
import io.memberday.aws.MemberFormat;
import io.memberday.campaign.SampleMembers;
import io.memberday.ingest.IdentityRow;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.send.BatchScene;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is shown before a campaign runs: no run is written, and the bus is told nothing. */
@ExtendWith(EmulatorExtension.class)
class PreviewsTest {
    private final MemberDayScene scene;

    PreviewsTest(Emulator emulator) {
        scene = new MemberDayScene(emulator);
    }

    @BeforeEach
    void fill() {
        scene.fill();
    }

    @Test
    void shouldShowASegmentBeforeThereIsACampaign() throws IOException {
        // Given 60 members, of whom some are tombstones and some never bought
        long buyers =
                SampleMembers.of(60, 1).stream()
                        .filter(member -> member.mergedInto().isEmpty())
                        .filter(member -> member.purchases().count() > 0)
                        .count();

        // When
        Fields answer = scene.answer(event("segment-plan"), FRIDAY_THE_EIGHTH);
        Fields expression = scene.answer(event("segment-plan-expression"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals(buyers, answer.whole("size", 0, 60));
        assertEquals(60, answer.whole("scanned", 0, 60));
        assertEquals("99.00 CNY", answer.text("averageOrder"));
        assertEquals("memory://reports/segment-bought/index.html", answer.text("page"));
        assertTrue(expression.whole("size", 0, 60) < buyers);
        assertEquals("2.50 %", expression.text("conversion"));
        assertEquals(List.of(), scene.runs.all());
        assertEquals(List.of(), scene.bus.events());
    }

    @Test
    void shouldTryTierThresholdsAndWriteNothing() throws IOException {
        // When
        Fields answer = scene.answer(event("tier-plan"), FRIDAY_THE_EIGHTH);

        // Then
        Fields then = answer.object("then");
        assertEquals(
                answer.whole("members", 0, 60),
                then.whole("member", 0, 60)
                        + then.whole("silver", 0, 60)
                        + then.whole("gold", 0, 60));
        assertTrue(then.whole("silver", 0, 60) > 0, answer.toString());
        assertEquals(List.of(), scene.runs.all());
        assertEquals(List.of(), scene.bus.events());
    }

    @Test
    void shouldShowAYear() throws IOException {
        // When
        Fields answer = scene.answer(event("calendar-2026"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("memory://reports/calendar-2026/index.html", answer.text("page"));
        assertTrue(
                answer.texts("text")
                        .contains(
                                "2026-05-08 Fri  10:00–20:00  member-day  the-eighth  bought  – "
                                        + " –"),
                answer.toString());
        assertEquals(List.of(), scene.runs.all());
    }

    @Test
    void shouldReadEveryMemberInADryRunAndWriteNothing() throws IOException {
        // When
        Fields answer = scene.answer(event("dry-run"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("not planned yet", answer.text("status"));
        assertEquals(60, answer.whole("scanned", 0, 100));
        assertFalse(answer.objects("samples").isEmpty());
        assertEquals(Optional.empty(), scene.runs.find(RUN));
        assertEquals(List.of(), scene.bus.events());
    }

    @Test
    void shouldSendATestToAMemberByIdentity() throws IOException {
        // Given
        Member member = BatchScene.member("m001");
        scene.put("MembersTable", MemberFormat.item(member));
        Identity phone = Identity.phone("+8613800000001");
        scene.put(
                "IdentitiesTable",
                IdentityFormat.item(new IdentityRow(phone, Optional.of("m001"), Map.of())));

        // When
        Fields answer = scene.answer(event("test-send"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("sent", answer.objects("members").getFirst().text("status"));
        assertEquals(
                "TEST: 小m001，双倍积分拒收请回复R【样店】", scene.provider.envelopes().getFirst().body().text());
        assertEquals(List.of(), scene.runs.all());
        RefusedRequest unknown =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                scene.answer(
                                        event("test-send").replace("0001", "0002"),
                                        FRIDAY_THE_EIGHTH));
        assertEquals("testTo[0]: names no member (got: phone:…)", unknown.getMessage());
    }
}
