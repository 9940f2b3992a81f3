package io.memberday.ingest;

import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;

import java.util.Map;
import java.util.Optional;

/**
 * What is stored about an event's order and people, by strong reads.
 *
 * @param order the order if it is known
 * @param identities those that are known
 * @param members that the identities and the order name, with all to whom tombstones lead
 * @param parcels those that are known, of the event's order and of the stored one
 */
public record Snapshot(
        Optional<OrderRow> order,
        Map<Identity, IdentityRow> identities,
        Map<String, Member> members,
        Map<ParcelKey, ParcelRow> parcels) {

    /** The identity as stored, or as unknown. */
    IdentityRow identity(Identity identity) {
        return identities.getOrDefault(identity, IdentityRow.unknown(identity));
    }

    /** The member that an id leads to, through tombstones. */
    Member live(String memberId) {
        return Survivor.of(memberId, id -> Optional.ofNullable(members.get(id))).orElseThrow();
    }

    /** The parcel as stored, or as unseen. */
    ParcelRow parcel(ParcelKey key) {
        return parcels.getOrDefault(key, new ParcelRow(Parcel.unseen(key), 0));
    }
}
