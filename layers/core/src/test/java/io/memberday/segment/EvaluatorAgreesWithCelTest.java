package io.memberday.segment;

import static io.memberday.segment.CelReference.NOW;
import static io.memberday.segment.CelReference.VANTAGE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.FilteredMembers;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Random expressions over random members: our evaluator and cel-java's runtime say the same. */
final class EvaluatorAgreesWithCelTest {
    private static final long SEED = 20260508;
    private static final int EXPRESSIONS = 1500;
    private static final int MEMBERS = 20;
    private static final Duration HORIZON = SamplePlaybook.store().horizon();

    private Member current = Member.fresh("m", NOW);

    @Test
    void shouldSayWhatCelSaysForEveryMemberAndExpression() {
        // Given
        Random random = new Random(SEED);
        RandomMembers members = new RandomMembers(random, NOW, HORIZON);
        RandomExpressions expressions = new RandomExpressions(random);
        SegmentCompiler ours = new SegmentCompiler("CNY", HORIZON, SamplePlaybook.ladder());
        CelReference cel = new CelReference();
        Map<String, Integer> seen = new TreeMap<>();

        for (int i = 0; i < EXPRESSIONS; i++) {
            String source = expressions.truth(1 + random.nextInt(4));
            CelReference.Compiled reference = cel.compiled(source);
            // Read back from its compiled form, as a run reads it.
            Segment segment = reread(ours.compile(source, Optional.empty()));
            MemberFilter filter = segment.filter(VANTAGE);
            for (int j = 0; j < MEMBERS; j++) {
                // When
                current = members.next();
                String expected = reference.says(current);
                String said = ours(segment);

                // Then
                assertEquals(expected, said, () -> "seed " + SEED + ": " + source);
                assertEquals("true".equals(expected), segment.matches(current, VANTAGE));
                boolean passes = FilteredMembers.passes(filter, current);
                assertTrue(passes || !"true".equals(expected), () -> dropped(source));
                seen.merge(expected, 1, Integer::sum);
                seen.merge(passes ? "passed" : "filtered", 1, Integer::sum);
            }
        }

        // The comparison is worth something only if each of them came up often.
        seen.values().forEach(times -> assertTrue(times > 300, seen.toString()));
        assertEquals(5, seen.size(), seen.toString());
    }

    private String dropped(String source) {
        return "seed %d: %s is filtered out of %s".formatted(SEED, current, source);
    }

    private static Segment reread(Segment segment) {
        Fields read = Json.read(Json.write(segment.compiled()));
        return Segments.read(read.asMap());
    }

    private String ours(Segment segment) {
        try {
            return String.valueOf(new Evaluator(current, VANTAGE).truth(Segments.expr(segment)));
        } catch (Evaluator.Fault fault) {
            return "error";
        }
    }
}
