package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.Holdout;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.SampleMembers;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.InMemoryFeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.member.Purchases;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Member day in two variants, in a store that holds a fifth out of everything. */
class ExplanationTest {
    private static final Instant AT = RunScene.AT;
    private static final Run RUN = RunScene.RUN;

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryFeedbackStore feedback = new InMemoryFeedbackStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final Map<String, Member> members = new HashMap<>();

    @BeforeEach
    void plan() {
        runs.plan(
                RUN,
                Frozen.of(SamplePlaybook.measured(20), SamplePlaybook.memberDayInVariants())
                        .json());
        List.of("sent", "capped", "open", "held", "old").forEach(this::known);
        Batch batch =
                new Batch(
                        RUN.id(),
                        0,
                        "000000-00",
                        Channel.SMS,
                        List.of("sent", "capped", "open", "old"),
                        List.of("held"),
                        AT,
                        RUN.until(),
                        RunScene.TERMS.zone(),
                        50_000,
                        Optional.empty(),
                        Optional.empty(),
                        "b",
                        "AGBAGBAGBAGBAGB");
        audience.write(
                new Page(RUN.id(), 0, 0, Optional.empty(), 9, 5, Map.of("segment", 4)),
                List.of(batch));
    }

    @Test
    void shouldSayWhatWasSentAndInWhichVariant() {
        Map<String, Object> answer = explain("sent");
        assertEquals("sent", answer.get("status"));
        assertEquals("b", answer.get("variant"));
        assertTrue(text(answer).contains("tier member, layer new, stage active"), text(answer));
        assertTrue(text(answer).contains("Sent by sms at 2026-05-08T02:05:00Z: text zh"));
    }

    @Test
    void shouldSayWhyNothingWasSentToAMemberOfTheAudience() {
        assertEquals("suppressed cap", told("capped"));
        assertEquals("held-out ", told("held"));
        assertEquals("open RUNNING", told("open"));
    }

    @Test
    void shouldFollowAMergeToTheNameUnderWhichItWasAddressed() {
        known("old");
        members.put("old", members.get("old").change().mergedInto("new").done());
        members.put("new", SampleMembers.addressed("new").change().was(Set.of("old")).done());
        assertEquals("sent ", told("old"));
        assertEquals("sent ", told("new"));
    }

    @Test
    void shouldSayWhoWasLostToTheGlobalControlGroup() {
        Holdout everywhere = new Holdout(Holdout.EVERY, 20);
        String id = named(everywhere::holds);
        known(id);
        assertEquals("excluded global-holdout", told(id));
    }

    @Test
    void shouldTellTheReasonOfNowWhereNoRowHasOne() {
        String id = named(name -> !new Holdout(Holdout.EVERY, 20).holds(name));
        members.put(id, SampleMembers.addressed(id).change().purchases(Purchases.NONE).done());
        Map<String, Object> answer = explain(id);
        assertEquals("excluded segment", told(id));
        assertEquals(Map.of("segment", 4), answer.get("excluded"));
        assertTrue(text(answer).contains("As the member is now: it is not in the segment"));
    }

    @Test
    void shouldNameTheCampaignThatWonAMemberInTheSameScan() {
        // Given a run of less value, planned together with member day
        Run lesser =
                new Run(
                        "flash@2026-05-08",
                        "flash",
                        RUN.date(),
                        AT,
                        RUN.until(),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0);
        InMemoryRunStore together = new InMemoryRunStore();
        String frozen =
                Frozen.of(SamplePlaybook.measured(0), SamplePlaybook.memberDayInVariants()).json();
        together.plan(
                List.of(new RunStore.Planned(RUN, frozen), new RunStore.Planned(lesser, frozen)));
        audience.write(
                new Page(lesser.id(), 0, 0, Optional.empty(), 9, 0, Map.of("higher-value", 5)),
                List.of());

        // When
        Map<String, Object> answer =
                explanation(together)
                        .answer(
                                Json.read(
                                        Json.write(Map.of("run", lesser.id(), "member", "sent"))));

        // Then
        assertEquals("excluded higher-value", answer.get("status") + " " + answer.get("reason"));
        assertEquals(RUN.id(), answer.get("winner"));
    }

    @Test
    void shouldRefuseAnUnknownRunOrMember() {
        assertThrows(BadInput.class, () -> explain("nobody"));
        BadInput bad =
                assertThrows(
                        BadInput.class,
                        () ->
                                explanation()
                                        .answer(Json.read("{\"run\": \"x\", \"member\": \"y\"}")));
        assertTrue(bad.answer().startsWith("run: is no run"), bad.answer());
    }

    private void known(String id) {
        members.put(id, SampleMembers.addressed(id));
    }

    private static String named(Predicate<String> which) {
        return IntStream.range(0, 999)
                .mapToObj(number -> "x" + number)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }

    private String told(String member) {
        Map<String, Object> answer = explain(member);
        return answer.get("status") + " " + answer.get("reason");
    }

    private static String text(Map<String, Object> answer) {
        return answer.get("text").toString();
    }

    private Map<String, Object> explain(String member) {
        return explanation()
                .answer(Json.read(Json.write(Map.of("run", RUN.id(), "member", member))));
    }

    @Test
    void shouldTellWhatTheProviderSaidAfterItHadTakenTheMessage() {
        feedback.write(
                Origin.OfSms.at(RunScene.CLAIM),
                List.of(
                        new Feedback(
                                "id",
                                Feedback.Kind.BOUNCED,
                                false,
                                RunScene.CLAIM,
                                "spend-limit",
                                Optional.empty())));

        Map<String, Object> answer = explain("sent");

        assertEquals("sent", answer.get("status"));
        assertEquals("bounced", answer.get("delivery"));
        assertEquals("spend-limit", answer.get("deliveryReason"));
        assertTrue(answer.get("text").toString().endsWith("It was not delivered: spend-limit.]"));
    }

    private Explanation explanation() {
        return explanation(runs);
    }

    private Explanation explanation(RunStore planned) {
        return new Explanation(
                planned,
                audience,
                batch ->
                        List.of(
                                outcome("sent", Status.SENT, ""),
                                outcome("old", Status.SENT, ""),
                                outcome("capped", Status.SUPPRESSED, "cap")),
                ids -> ids.stream().filter(members::containsKey).map(members::get).toList(),
                Buyers.Source.NONE.index(),
                feedback);
    }

    private static Outcome outcome(String member, Status status, String reason) {
        return new Outcome(
                member, status, reason, Channel.SMS, 1, 50_000, RunScene.CLAIM, "id", "text zh");
    }
}
