package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
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
import io.memberday.release.SideBySide;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Member day in two variants, in a store that holds a fifth out of everything. */
class ExplanationTest {
    private static final Instant AT = RunScene.AT;
    private static final Run RUN = RunScene.RUN;

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryFeedbackStore feedback = new InMemoryFeedbackStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final Map<String, Member> members = new HashMap<>();
    private final MovableClock clock = new MovableClock(AT);
    private SideBySide lanes = SideBySide.ONE_BY_ONE;

    @BeforeEach
    void plan() {
        runs.plan(
                RUN,
                Frozen.of(SamplePlaybook.measured(20), SamplePlaybook.memberDayInVariants())
                        .json());
        List.of("sent", "capped", "open", "held", "old").forEach(this::known);
        Batch batch =
                BatchDraft.of(RUN.id(), 0, AT)
                        .members(List.of("sent", "capped", "open", "old"))
                        .held(List.of("held"))
                        .until(RUN.until())
                        .variant("b", "AGBAGBAGBAGBAGB")
                        .batch();
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
        return explain(member, RUN.id());
    }

    private Map<String, Object> explain(String member, String run) {
        return explanation().answer(Json.read(Json.write(Map.of("run", run, "member", member))));
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
        assertEquals(
                "It was not delivered: spend-limit.", ((List<?>) answer.get("text")).getLast());
    }

    /** Twenty million members in 80 slices, each read in a third of a second. */
    @Test
    void shouldReadALargeRunSideBySideAndSayWhatItHadNoTimeFor() {
        Duration slice = Duration.ofMillis(330);
        String large = "large@2026-05-08";
        runs.plan(
                new Run(
                        large,
                        RUN.campaign(),
                        RUN.date(),
                        RUN.at(),
                        RUN.until(),
                        80,
                        RUN.state(),
                        Optional.empty(),
                        0,
                        0),
                runs.frozen(RUN.id()).orElseThrow());
        for (int number = 0; number < 80; number++) {
            audience.write(
                    new Page(large, number, 0, Optional.empty(), 9, 9, Map.of()),
                    number == 77 ? List.of(last(large, number)) : List.of());
        }
        known("elsewhere");

        // One after the other it is over after 15 seconds
        lanes = new Taking(1, slice);
        Map<String, Object> answer = explain("sent", large);
        assertEquals("unread", answer.get("status"));
        assertEquals(34, answer.get("unread"));
        assertTrue(text(answer).contains("In none of the 46 slices"), text(answer));

        // Sixteen at once it takes two
        Instant begun = clock.instant();
        lanes = new Taking(16, slice);
        assertEquals("77/000000-00", explain("sent", large).get("batch"));
        assertEquals(Duration.ofMillis(1_650), Duration.between(begun, clock.instant()));
        assertEquals("excluded", explain("elsewhere", large).get("status"));
    }

    private static Batch last(String run, int slice) {
        return BatchDraft.of(run, 0, AT)
                .slice(slice)
                .members(List.of("sent"))
                .until(RUN.until())
                .variant("b", "AGB")
                .batch();
    }

    private Explanation explanation() {
        return explanation(runs);
    }

    private Explanation explanation(RunStore planned) {
        return new Explanation(
                planned,
                new SliceReads(audience, lanes, Duration.ofSeconds(15), clock),
                batch ->
                        List.of(
                                outcome("sent", Status.SENT, ""),
                                outcome("old", Status.SENT, ""),
                                outcome("capped", Status.SUPPRESSED, "cap")),
                ids -> ids.stream().filter(members::containsKey).map(members::get).toList(),
                Buyers.Source.NONE.index(),
                feedback);
    }

    /** So many calls at once, each taking so long. */
    private final class Taking implements SideBySide {
        private final int lanes;
        private final Duration each;

        private Taking(int lanes, Duration each) {
            this.lanes = lanes;
            this.each = each;
        }

        @Override
        public <T> List<T> all(List<Supplier<T>> calls) {
            List<T> answers = new ArrayList<>();
            for (Supplier<T> call : calls) {
                answers.add(call.get());
                if (answers.size() % lanes == 0) {
                    clock.advance(each);
                }
            }
            return answers;
        }
    }

    private static Outcome outcome(String member, Status status, String reason) {
        return new Outcome(
                member, status, reason, Channel.SMS, 1, 50_000, RunScene.CLAIM, "id", "text zh");
    }
}
