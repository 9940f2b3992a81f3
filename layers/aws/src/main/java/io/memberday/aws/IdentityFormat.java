package io.memberday.aws;

import io.memberday.ingest.IdentityRow;
import io.memberday.member.Channel;
import io.memberday.member.Identity;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * An identity as an item of the Identities table. Who writes an opt-out to it conditions the write
 * on {@link #MEMBER_ID} not being there; who claims it, on {@link #MEMBER_ID} not being there and
 * the opt-outs being those read: so the refusal reaches the member in every sequence.
 */
public final class IdentityFormat {
    public static final String IDENTITY = "identity";

    /** Whom it names, perhaps the id of a member that was merged since. */
    public static final String MEMBER_ID = "memberId";

    private static final String OPTED_OUT = "optedOut.";

    private IdentityFormat() {}

    public static Map<String, AttributeValue> key(Identity identity) {
        return Map.of(IDENTITY, RowDraft.of(identity.key()));
    }

    /** The attribute with the time at which the address refused a channel's marketing. */
    public static String optedOut(Channel channel) {
        return OPTED_OUT + channel.key();
    }

    public static Map<String, AttributeValue> item(IdentityRow row) {
        RowDraft item =
                new RowDraft()
                        .put(IDENTITY, row.identity().key())
                        .putText(MEMBER_ID, row.memberId());
        row.optedOut().forEach((channel, at) -> item.put(optedOut(channel), at));
        return item.done();
    }

    /** Reads {@link #item}. */
    public static IdentityRow identity(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        Map<Channel, Instant> optedOut = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            row.optionalTime(optedOut(channel)).ifPresent(at -> optedOut.put(channel, at));
        }
        return new IdentityRow(
                new Identity(row.text(IDENTITY)), row.optionalText(MEMBER_ID), optedOut);
    }
}
