package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Envelope;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class TestSendTest {
    private static final LocalDate FRIDAY_THE_EIGHTH = LocalDate.parse("2026-05-08");

    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());
    private final MovableClock clock = scene.clock;

    @Test
    void shouldSendItMarkedWithTheMembersOwnDataAndLeaveNoTrace() {
        // Given one has had the run's message, and as many as the caps allow
        scene.members.put(BatchScene.member("m001"));
        scene.members.change(
                "m001",
                draft ->
                        draft.claims(
                                        Map.of(
                                                BatchScene.RUN,
                                                new Claim(
                                                        BatchScene.TEN,
                                                        "n",
                                                        Kind.MARKETING,
                                                        Channel.SMS,
                                                        "")))
                                .counters(Map.of("sms.d20260508", 1)));
        Member before = member("m001");

        // When
        Map<String, Object> answer = send("m001");

        // Then
        Envelope sent = scene.provider.envelopes().getFirst();
        assertEquals("TEST: 小m001，双倍积分拒收请回复R【样店】", sent.body().text());
        assertEquals(Map.of("test", "member-day", "member", "m001"), sent.tags());
        assertEquals(before, member("m001"));
        assertEquals(
                List.of(
                        Map.of(
                                "member", "m001",
                                "channel", "sms",
                                "parts", 1,
                                "status", "sent")),
                answer.get("members"));
        assertEquals(true, answer.get("test"));
        assertEquals(0, scene.run().committedMicros());
    }

    @Test
    void shouldGiveAnEmailItsLinkAndMarkItsSubject() {
        // Given one who refuses SMS
        scene.members.put(BatchScene.member("m001"));
        scene.optOut("m001", Channel.SMS);

        // When
        send("m001");

        // Then
        Envelope sent = scene.provider.envelopes().getFirst();
        assertEquals("m001@example.com", sent.address());
        assertTrue(sent.body().subject().startsWith("TEST: "), sent.body().subject());
        assertTrue(sent.unsubscribe().orElseThrow().startsWith("https://api.sample.example/"));
    }

    @Test
    void shouldSayThatNoTestGoesByAStoppedChannel() {
        // Given SNS would take it, and drop it
        scene.members.put(BatchScene.member("m001"));
        scene.paces.stop(Channel.SMS, clock.instant(), clock.instant().plusSeconds(3600));

        // When
        Map<String, Object> answer = send("m001");

        // Then
        assertEquals(
                Map.of(
                        "member", "m001",
                        "channel", "sms",
                        "parts", 1,
                        "status", "failed",
                        "reason", "MONTHLY_SPEND_LIMIT"),
                ((List<?>) answer.get("members")).getFirst());
        assertEquals(List.of(), scene.provider.accepted());
    }

    @Test
    void shouldKeepToWhatMembersAgreedTo() {
        // Given
        scene.members.put(BatchScene.member("m001"));
        scene.members.put(BatchScene.member("m002"));
        for (Channel channel : Channel.values()) {
            scene.optOut("m001", channel);
        }

        // When
        Map<String, Object> answer = send("m001", "m002");

        // Then
        assertEquals(
                Map.of("member", "m001", "status", "suppressed", "reason", "consent"),
                ((List<?>) answer.get("members")).getFirst());
        assertEquals(1, scene.provider.accepted().size());
    }

    @Test
    void shouldSendNothingWhenOneIsUnknownAndNotShowWhoseIdentityItWas() {
        scene.members.put(BatchScene.member("m001"));

        BadInput bad = assertThrows(BadInput.class, () -> send("m001", "phone:+8613800138000"));

        assertEquals("testTo[1]: names no member (got: phone:…)", bad.answer());
        assertEquals(List.of(), scene.provider.accepted());
    }

    @Test
    void shouldSayWhatBecameOfEach() {
        scene.members.put(BatchScene.member("m001"));
        scene.provider.halt(Optional.of("OptInRequired"));

        Map<?, ?> one = (Map<?, ?>) ((List<?>) send("m001").get("members")).getFirst();

        assertEquals("failed", one.get("status"));
        assertEquals("OptInRequired", one.get("reason"));
    }

    @Test
    void shouldWaitForTheQuietHoursToEnd() {
        scene.members.put(BatchScene.member("m001"));
        clock.set(Instant.parse("2026-05-08T14:00:00Z"));

        BadInput bad = assertThrows(BadInput.class, () -> send("m001"));

        assertTrue(bad.answer().contains("quiet until 2026-05-09T00:00:00Z"), bad.answer());
        assertEquals(List.of(), scene.provider.accepted());
    }

    private Member member(String id) {
        return scene.members.member(id).orElseThrow();
    }

    private Map<String, Object> send(String... names) {
        TestSend tests =
                BatchScene.tests(scene.members::member, scene.provider, scene.paces, clock);
        return tests.answer(
                SamplePlaybook.playbook(), "member-day", FRIDAY_THE_EIGHTH, List.of(names));
    }
}
