package io.memberday.simulation;

import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryBatchStore;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.fault.Guards;
import io.memberday.feedback.InMemoryRefusalStore;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Member;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryDueStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouchStore;
import io.memberday.touch.InMemoryServiceTouches;

import java.time.ZoneId;

/** All rows of a world: every store looks at the same ones, with the conditions of the real one. */
final class Tables {
    static final int SHARDS = 2;

    final InMemoryIngestStore ingest;
    final InMemoryRunStore runs;
    final InMemoryAudienceStore audience;
    final InMemoryBatchStore batches;
    final InMemoryClaimStore claims;
    final InMemoryServiceTouches touches;
    final InMemoryServiceTouchStore touchStore;
    final InMemoryRefusalStore refusals;
    final InMemoryDueStore due;
    final InMemoryFunds money = new InMemoryFunds();
    final InMemoryPaceStore paces;
    final IssuedCoupons coupons;
    final InMemoryMemberScan scan;
    final PaidDay paid;

    Tables(Guards guards, ZoneId zone) {
        ingest = new InMemoryIngestStore(guards);
        runs = new InMemoryRunStore(guards);
        audience = new InMemoryAudienceStore(guards);
        batches = new InMemoryBatchStore(audience, runs, money, guards);
        claims = new InMemoryClaimStore(ingest.members, guards);
        touches = new InMemoryServiceTouches(ingest.touches);
        touchStore =
                new InMemoryServiceTouchStore(
                        touches,
                        claims,
                        ingest.orders,
                        ingest.parcels,
                        money,
                        ingest::write,
                        guards);
        paces = new InMemoryPaceStore(guards);
        coupons = new IssuedCoupons(ingest);
        refusals = new InMemoryRefusalStore(ingest, guards);
        due = new InMemoryDueStore(SHARDS, audience, touches);
        scan = InMemoryMemberScan.over(ingest.members);
        paid = new PaidDay(ingest, guards, zone);
    }

    /** The member, or whom it became. */
    Member live(String id) {
        Member member = ingest.members.get(id);
        while (member.mergedInto().isPresent()) {
            member = ingest.members.get(member.mergedInto().get());
        }
        return member;
    }
}
