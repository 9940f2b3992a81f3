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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
