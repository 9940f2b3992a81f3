package io.memberday.local.page;

import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.member.Member;
import io.memberday.member.MemberScan.ScanPage;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All members of a small shop at once. */
public final class LiveMembers {
    private static final int AT_ONCE = 1_000;

    private LiveMembers() {}

    /** Those of a table that were not merged into another. */
    public static List<Member> of(DynamoDbClient dynamoDb, String table) {
        DynamoDbMemberScan scan = new DynamoDbMemberScan(dynamoDb, table);
        List<Member> members = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            ScanPage page = scan.page(0, 1, after, AT_ONCE);
            page.members().stream()
                    .filter(member -> member.mergedInto().isEmpty())
                    .forEach(members::add);
            after = page.next();
        } while (after.isPresent());
        return members;
    }
}
