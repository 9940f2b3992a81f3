package io.memberday.aws;

import io.memberday.member.Member;
import io.memberday.result.MemberLookup;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Members by id, a hundred a call. */
public final class DynamoDbMemberLookup implements MemberLookup {
    private static final int AT_ONCE = 100;

    private final BatchReads reads;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of members
     */
    public DynamoDbMemberLookup(DynamoDbClient client, String table) {
        this.reads = new BatchReads(client);
        this.table = table;
    }

    @Override
    public List<Member> find(Collection<String> ids) {
        List<String> wanted = ids.stream().distinct().toList();
        List<Member> found = new ArrayList<>();
        for (int start = 0; start < wanted.size(); start += AT_ONCE) {
            List<String> some = wanted.subList(start, Math.min(start + AT_ONCE, wanted.size()));
            reads.read(Map.of(table, some.stream().map(MemberFormat::key).toList()))
                    .get(table)
                    .forEach(item -> found.add(MemberFormat.member(item)));
        }
        return found;
    }
}
