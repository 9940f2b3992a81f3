package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.SampleMembers;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Member;
import io.memberday.member.MemberScan.ScanPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

@ExtendWith(EmulatorExtension.class)
class DynamoDbMemberScanTest {
    private final Emulator emulator;

    DynamoDbMemberScanTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @Test
    void shouldReadEveryMemberOnceSegmentBySegment() {
        // Given
        emulator.tables().reset();
        List<Member> members = SampleMembers.of(300, 9);
        String table = emulator.table("MembersTable");
        members.forEach(
                member ->
                        emulator.dynamoDb()
                                .putItem(
                                        put ->
                                                put.tableName(table)
                                                        .item(MemberFormat.item(member))));
        DynamoDbMemberScan scan = new DynamoDbMemberScan(emulator.dynamoDb(), table);

        // When
        List<Member> read = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            Optional<String> after = Optional.empty();
            do {
                ScanPage page = scan.page(segment, 3, after, 40);
                assertTrue(page.members().size() <= 40);
                read.addAll(page.members());
                after = page.next();
            } while (after.isPresent());
        }

        // Then
        assertEquals(rows(members), rows(read));
        assertEquals(300, scan.about());
    }

    @Test
    void shouldReadWhatTheSdkReadsWhateverElseStandsInAnItem() {
        for (long seed = 0; seed < 20; seed++) {
            // Given: members with attributes of every type that members do not have
            emulator.tables().reset();
            String table = emulator.table("MembersTable");
            SplittableRandom random = new SplittableRandom(seed);
            for (Member member : SampleMembers.of(60, seed)) {
                Map<String, AttributeValue> item = new HashMap<>(MemberFormat.item(member));
                for (int extra = random.nextInt(6); extra > 0; extra--) {
                    item.put("x" + random.nextInt(100), anything(random, 3));
                }
                emulator.dynamoDb().putItem(put -> put.tableName(table).item(item));
            }

            // When
            Optional<String> after = Optional.empty();
            Map<String, AttributeValue> start = Map.of();
            do {
                ScanPage ours =
                        new DynamoDbMemberScan(emulator.dynamoDb(), table).page(0, 1, after, 17);
                Map<String, AttributeValue> from = start;
                ScanResponse theirs =
                        emulator.dynamoDb()
                                .scan(
                                        scan ->
                                                scan.tableName(table)
                                                        .limit(17)
                                                        .exclusiveStartKey(
                                                                from.isEmpty() ? null : from));

                // Then
                assertEquals(
                        theirs.items().stream().map(MemberFormat::member).toList(),
                        ours.members(),
                        "seed " + seed);
                start = theirs.lastEvaluatedKey();
                after = ours.next();
                assertEquals(start.isEmpty(), after.isEmpty(), "seed " + seed);
            } while (after.isPresent());
        }
    }

    private static AttributeValue anything(SplittableRandom random, int deep) {
        String text = "字\"\\\n\u0001𠮷" + random.nextInt();
        return switch (random.nextInt(deep == 0 ? 8 : 10)) {
            case 0 -> AttributeValue.fromS(text);
            case 1 -> AttributeValue.fromN("-1.5E%d".formatted(random.nextInt(90)));
            case 2 -> AttributeValue.fromB(SdkBytes.fromUtf8String(text));
            case 3 -> AttributeValue.fromSs(List.of(text, "b"));
            case 4 -> AttributeValue.fromNs(List.of("1", "2.5"));
            case 5 -> AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String(text)));
            case 6 -> AttributeValue.fromBool(random.nextBoolean());
            case 7 -> AttributeValue.fromNul(true);
            case 8 ->
                    AttributeValue.fromL(
                            List.of(anything(random, deep - 1), anything(random, deep - 1)));
            default ->
                    AttributeValue.fromM(
                            Map.of(text, anything(random, deep - 1), "S", anything(random, 0)));
        };
    }

    /** Members by id as they were written; of a merged one the row keeps but where it went. */
    private static Map<String, Object> rows(List<Member> members) {
        Map<String, Object> rows = new TreeMap<>();
        for (Member member : members) {
            Object kept = member.mergedInto().isPresent() ? member.mergedInto() : member;
            assertNull(rows.put(member.id(), kept), "each member once");
        }
        return rows;
    }
}
