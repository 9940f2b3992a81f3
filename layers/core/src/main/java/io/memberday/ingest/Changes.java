package io.memberday.ingest;

import io.memberday.care.Case;
import io.memberday.member.Member;
import io.memberday.touch.ServiceTouch;

import java.util.List;
import java.util.Optional;

/**
 * What one event changes, written in one transaction or not at all. Rows carry the version that was
 * read; the store raises it.
 *
 * @param order to write, if the version is still the one read
 * @param members to write, if their versions are still those read
 * @param unchanged members that must still have the versions read, as the rest rests on them
 * @param identities that from now on name a member, if they still are as they were read
 * @param parcels to write, if their versions are still those read
 * @param parcelsRead parcels that must still have the versions read, as the touches rest on them
 * @param activity rows to write
 * @param forgotten activity rows to delete
 * @param cases that people work on, to write as they are to be, if their versions are still those
 *     read
 * @param planned touches to write, if there are none of their ids
 * @param pointless touches to delete, if nobody claimed them yet
 */
public record Changes(
        Optional<OrderRow> order,
        List<Member> members,
        List<Member> unchanged,
        List<Claimed> identities,
        List<ParcelRow> parcels,
        List<ParcelRow> parcelsRead,
        List<Activity> activity,
        List<Activity> forgotten,
        List<Case> cases,
        List<ServiceTouch> planned,
        List<ServiceTouch> pointless) {

    /**
     * An identity that gets its member.
     *
     * @param read as it was
     * @param memberId whom it names from now on
     */
    public record Claimed(IdentityRow read, String memberId) {}

    public Changes {
        members = List.copyOf(members);
        unchanged = List.copyOf(unchanged);
        identities = List.copyOf(identities);
        parcels = List.copyOf(parcels);
        parcelsRead = List.copyOf(parcelsRead);
        activity = List.copyOf(activity);
        forgotten = List.copyOf(forgotten);
        cases = List.copyOf(cases);
        planned = List.copyOf(planned);
        pointless = List.copyOf(pointless);
    }

    /** Activity alone, which rests on members as they were read. */
    static Changes noted(List<Activity> activity, List<Member> unchanged) {
        return new Changes(
                Optional.empty(),
                List.of(),
                unchanged,
                List.of(),
                List.of(),
                List.of(),
                activity,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Whether there is nothing to write. */
    public boolean none() {
        return order.isEmpty() && members.isEmpty() && identities.isEmpty() && parcels.isEmpty();
    }
}
