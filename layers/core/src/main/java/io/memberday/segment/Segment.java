package io.memberday.segment;

import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.order.Order;

import java.util.Map;

/** A named or given expression over a member, checked, ready to be evaluated. Thread-safe. */
public interface Segment {

    /** The expression as its author wrote it, in CEL. */
    String source();

    /** Whether the member is in the segment, seen from the vantage. */
    boolean matches(Member member, Vantage vantage);

    /**
     * Whether a buyer and one of their orders are in the segment, which may ask for the fields of
     * both.
     */
    default boolean matches(Member member, Order order, Vantage vantage) {
        return matches(member, vantage);
    }

    /**
     * What the table of members can ask itself: everybody in the segment passes, merged members too
     * (they are counted apart), and maybe others.
     */
    default MemberFilter filter(Vantage vantage) {
        return MemberFilter.EVERYBODY;
    }

    /** The checked form as JSON, which loads without a CEL parser. */
    Map<String, Object> compiled();
}
