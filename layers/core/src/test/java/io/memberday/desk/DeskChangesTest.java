package io.memberday.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.SampleMembers;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.Settling;
import io.memberday.ingest.Unsettled;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What operators change (R50, R6), beside others who change the same member. */
class DeskChangesTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final String ANNA = "operator:anna";

    private final InMemoryDeskStore store = new InMemoryDeskStore();
    private final DeskChanges changes =
            new DeskChanges(
                    store,
                    new MemberSearch(store, SamplePlaybook.store()),
                    SamplePlaybook.ladder(),
                    new Settling((Duration _) -> {}, new Random(5)));

    @BeforeEach
    void known() {
        store.put(SampleMembers.addressed("m1"));
    }

    @Test
    void shouldRefuseForTheMemberAsItIsNowAndLoseNothingThatOthersWroteMeanwhile() {
        // Given a webhook is quicker, and then a merge
        store.put(SampleMembers.addressed("m2"));
        store.beforeWrites.add(
                () -> store.put(store.members.get("m1").change().points(500).done()));
        store.beforeWrites.add(() -> store.merge("m1", "m2"));

        // When
        consent(false, NOW);

        // Then the winner refuses, and the tombstone was left alone
        assertFalse(store.members.get("m2").consents().allow(Channel.SMS, Kind.MARKETING));
        assertEquals(Optional.of("m2"), store.members.get("m1").mergedInto());
        assertEquals(
                List.of(
                        new ConsentSaid(
                                "m2",
                                new Topic(Channel.SMS, Kind.MARKETING),
                                new Consent(false, true, NOW),
                                ANNA)),
                store.activity);
    }

    @Test
    void shouldHoldAgainstWhatWasSaidAtATimeAheadOfOurClock() {
        Instant ahead = NOW.plusSeconds(90);
        Member member = store.members.get("m1");
        store.put(
                member.change()
                        .consents(
                                member.consents()
                                        .with(
                                                Channel.SMS,
                                                Kind.MARKETING,
                                                new Consent(true, true, ahead)))
                        .done());

        consent(false, NOW);
        assertFalse(store.members.get("m1").consents().allow(Channel.SMS, Kind.MARKETING));

        consent(true, NOW);
        assertTrue(store.members.get("m1").consents().allow(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldHaveSomebodyLookIntoAValuableMembersRefusalOnce() {
        Member member = store.members.get("m1");
        store.put(
                member.change()
                        .purchases(
                                Purchases.of(
                                        List.of(
                                                new Purchase("a:b:1", NOW.minusSeconds(9), 90_000),
                                                new Purchase("a:b:2", NOW.minusSeconds(8), 90_000)),
                                        Duration.ofDays(400)))
                        .done());

        consent(false, NOW);
        consent(false, NOW.plusSeconds(60));

        List<Activity> cases = store.activity.stream().filter(CareCase.class::isInstance).toList();
        assertEquals(1, cases.size());
        assertEquals("case#opt-out-sms", cases.getFirst().item());
    }

    @Test
    void shouldSetAndTakeAwayTagsAndChangeNothingForAnUnknownMember() {
        tags("{\"set\": [\"a\", \"b\"]}", NOW);
        tags("{\"unset\": [\"b\"]}", NOW.plusSeconds(1));

        Member member = store.members.get("m1");
        assertEquals(Map.of("a", new Tag(ANNA, NOW)), member.tags());
        assertEquals(
                Optional.empty(), changes.tags("m9", Json.read("{\"set\": [\"a\"]}"), ANNA, NOW));
    }

    @Test
    void shouldGiveUpWhereOthersAreQuickerOnEveryTry() {
        for (int tries = 0; tries < 50; tries++) {
            store.beforeWrites.add(() -> store.put(store.members.get("m1")));
        }

        assertThrows(Unsettled.class, () -> consent(false, NOW));
        assertEquals(List.of(), store.activity);
    }

    private void consent(boolean granted, Instant now) {
        Fields request =
                Json.read(
                        "{\"channel\": \"sms\", \"kind\": \"marketing\", \"granted\": %s}"
                                .formatted(granted));
        assertTrue(changes.consent("m1", request, ANNA, now).isPresent());
    }

    private void tags(String request, Instant now) {
        assertTrue(changes.tags("m1", Json.read(request), ANNA, now).isPresent());
    }
}
