package io.memberday.aws;

import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.send.TestSend;
import io.memberday.touch.ClaimStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.Optional;

/** Members by id, or by an identity such as {@code phone:+8613800138000}. */
public final class DynamoDbNamedMembers implements TestSend.NamedMembers {
    private final DynamoDbClient client;
    private final String identities;
    private final ClaimStore members;

    /**
     * @param identities table
     * @param members table
     */
    public DynamoDbNamedMembers(DynamoDbClient client, String identities, String members) {
        this.client = client;
        this.identities = identities;
        this.members = new DynamoDbClaimStore(client, members);
    }

    @Override
    public Optional<Member> find(String idOrIdentity) {
        return id(idOrIdentity).flatMap(id -> Survivor.of(id, members::member));
    }

    private Optional<String> id(String idOrIdentity) {
        if (idOrIdentity.indexOf(':') < 0) {
            return Optional.of(idOrIdentity);
        }
        return Items.find(client, identities, IdentityFormat.key(new Identity(idOrIdentity)))
                .flatMap(item -> IdentityFormat.identity(item).memberId());
    }
}
