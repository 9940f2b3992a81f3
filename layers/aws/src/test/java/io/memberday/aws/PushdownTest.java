package io.memberday.aws;

import static io.memberday.segment.CelReference.NOW;
import static io.memberday.segment.CelReference.VANTAGE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.FilteredMembers;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.segment.CelReference;
import io.memberday.segment.RandomExpressions;
import io.memberday.segment.RandomMembers;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three ways to ask an expression agree for every member: what DynamoDB filters out of a scan is
 * never in the segment, and our evaluator says what cel-java says. {@code -Dexpressions=2000
 * -Dseed=…} asks more, and others.
 */
@ExtendWith(EmulatorExtension.class)
class PushdownTest {
    private static final long SEED = Long.getLong("seed", 20261111);
    private static final int EXPRESSIONS = Integer.getInteger("expressions", 45);
    private static final int MEMBERS = 80;

    private final Emulator emulator;
    private final SegmentCompiler compiler =
            new SegmentCompiler("CNY", SamplePlaybook.store().horizon(), SamplePlaybook.ladder());

    PushdownTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @Test
    void shouldFilterOutNobodyWhoIsInTheSegment() {
        // Given
        Random random = new Random(SEED);
        Map<String, Member> members = stored(random);
        RandomExpressions expressions = new RandomExpressions(random);
        CelReference cel = new CelReference();
        DynamoDbMemberScan scan = scan();
        int dropped = 0;
        int outside = 0;

        for (int i = 0; i < EXPRESSIONS; i++) {
            String source = expressions.truth(random.nextInt(4));
            Segment segment = compiler.compile(source, Optional.empty());
            MemberFilter filter = segment.filter(VANTAGE);

            // When
            ScanPage page = scan.page(0, 1, Optional.empty(), 1_000, filter);

            // Then
            String seen = "seed " + SEED + ": " + source + " as " + filter;
            Set<String> passed =
                    page.members().stream().map(Member::id).collect(Collectors.toSet());
            CelReference.Compiled reference = cel.compiled(source);
            for (Member member : members.values()) {
                assertEquals(
                        "true".equals(reference.says(member)),
                        segment.matches(member, VANTAGE),
                        () -> member + ", " + seen);
                if (member.mergedInto().isPresent()) {
                    assertTrue(passed.contains(member.id()), () -> "merged, " + seen);
                } else if (segment.matches(member, VANTAGE)) {
                    assertTrue(passed.contains(member.id()), () -> member + ", " + seen);
                } else {
                    outside++;
                }
                // DynamoDB reads the filter as we do, unless it was too long for it.
                assertEquals(
                        FilteredMembers.passes(filter.within(300), member),
                        passed.contains(member.id()),
                        () -> member + ", " + seen);
            }
            assertEquals(MEMBERS, page.members().size() + page.filtered(), seen);
            dropped += page.filtered();
        }

        // A filter that drops nobody would pass as well.
        assertTrue(dropped > outside / 4, dropped + " of " + outside);
    }

    @Test
    void shouldLeaveOutWhatDynamoDbDoesNotTake() {
        // Given
        Map<String, Member> members = stored(new Random(SEED));
        String words =
                IntStream.range(0, 400)
                        .mapToObj(i -> "\"第%d中学\"".formatted(i))
                        .collect(Collectors.joining(",", "[", "]"));
        List<String> tooLong = new ArrayList<>();
        tooLong.add("addressContainsAny(%s)".formatted(words));
        tooLong.add("city in %s".formatted(words));
        tooLong.add("!(city in %s)".formatted(words));
        tooLong.add("keptPurchases >= 1 && addressContainsAny(%s)".formatted(words));
        tooLong.add(
                IntStream.range(0, 320)
                        .mapToObj(i -> "city != \"%d\"".formatted(i))
                        .collect(Collectors.joining(" && ")));

        for (String source : tooLong) {
            // When
            Segment segment = compiler.compile(source, Optional.empty());
            ScanPage page = scan().page(0, 1, Optional.empty(), 1_000, segment.filter(VANTAGE));

            // Then
            Set<String> passed =
                    page.members().stream().map(Member::id).collect(Collectors.toSet());
            members.values().stream()
                    .filter(member -> segment.matches(member, VANTAGE))
                    .forEach(member -> assertTrue(passed.contains(member.id()), source));
            assertEquals(MEMBERS, passed.size() + page.filtered());
        }
    }

    private Map<String, Member> stored(Random random) {
        RandomMembers generator = new RandomMembers(random, NOW, SamplePlaybook.store().horizon());
        Map<String, Member> members = new TreeMap<>();
        while (members.size() < MEMBERS) {
            Member member = generator.next();
            Member kept =
                    members.size() % 20 == 0
                            ? Member.fresh(member.id(), NOW).change().mergedInto("m").done()
                            : member;
            if (members.putIfAbsent(kept.id(), kept) == null) {
                emulator.dynamoDb()
                        .putItem(
                                put ->
                                        put.tableName(emulator.table("MembersTable"))
                                                .item(MemberFormat.item(kept)));
            }
        }
        return members;
    }

    private DynamoDbMemberScan scan() {
        return new DynamoDbMemberScan(emulator.dynamoDb(), emulator.table("MembersTable"));
    }
}
