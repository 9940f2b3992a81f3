package io.memberday.touch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Channel;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

class OutcomesTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");

    @Test
    void shouldHoldSentBeforeUnknownBeforeFailedBeforeSuppressed() {
        List<Status> weightiestFirst =
                List.of(Status.SENT, Status.UNKNOWN, Status.FAILED, Status.SUPPRESSED);
        for (int i = 0; i < weightiestFirst.size(); i++) {
            for (int j = i; j < weightiestFirst.size(); j++) {
                // Given
                Outcome weighty = outcome("m1", weightiestFirst.get(i), NOW.plusSeconds(9), "a");
                Outcome light = outcome("m1", weightiestFirst.get(j), NOW.plusSeconds(9), "b");

                // Then
                assertEquals(weighty, Outcomes.holding(weighty, light));
                assertEquals(weighty, Outcomes.holding(light, weighty));
            }
        }
    }

    @Test
    void shouldHoldTheEarlierOfTwoAlike() {
        Outcome first = outcome("m1", Status.SENT, NOW, "z");
        Outcome second = outcome("m1", Status.SENT, NOW.plusSeconds(1), "a");

        assertEquals(first, Outcomes.holding(second, first));
    }

    @Test
    void shouldResolveTheSameInWhateverSequenceRecordsAreRead() {
        long seed = 20260508;
        Random random = new Random(seed);
        // Given
        List<Outcome> recorded = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            recorded.add(
                    outcome(
                            "m" + random.nextInt(10),
                            Status.values()[random.nextInt(4)],
                            NOW.plusSeconds(random.nextInt(3)),
                            "id" + random.nextInt(3)));
        }
        Map<String, Outcome> resolved = Outcomes.byMember(recorded);

        for (int i = 0; i < 50; i++) {
            // When
            Collections.shuffle(recorded, random);

            // Then
            assertEquals(resolved, Outcomes.byMember(recorded), "seed " + seed);
        }
    }

    private static Outcome outcome(String member, Status status, Instant at, String messageId) {
        return new Outcome(member, status, "", Channel.SMS, 1, 50_000, at, messageId, "t");
    }
}
