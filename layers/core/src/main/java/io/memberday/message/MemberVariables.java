package io.memberday.message;

import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.TierLadder;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What every template may say of the member and the shop. */
public final class MemberVariables {
    /** As the member is called; empty where it is not known. */
    public static final String NAME = "name";

    /** The name of the member's tier. */
    public static final String TIER = "tier";

    /** The points balance. */
    public static final String POINTS = "points";

    /** The shop's name. */
    public static final String STORE = "store";

    /** All of them. */
    public static final Set<String> NAMES = Set.of(NAME, TIER, POINTS, STORE);

    private MemberVariables() {}

    /** Their values for a member, the tier as it is at a time. */
    public static Map<String, String> of(
            Member member, Store store, TierLadder ladder, Instant at) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(NAME, member.profile().get(Profile.Field.NAME).orElse(""));
        values.put(TIER, ladder.of(member.purchases(), at).name());
        values.put(POINTS, Long.toString(member.points()));
        values.put(STORE, store.name());
        return values;
    }

    /** The language in which a member is written to. */
    public static String language(Member member, Store store) {
        return member.profile().get(Profile.Field.LANGUAGE).orElse(store.language());
    }
}
