package io.memberday.member;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whom a merged member has become. A merge leaves a tombstone that names the survivor, which may
 * have been merged since.
 */
public final class Survivor {
    private Survivor() {}

    /**
     * The member of an id, or the one that it was merged into in the end; one read for each.
     *
     * @param members finds a member, or its tombstone, by id
     * @return nothing if one of them is not there
     * @throws IllegalStateException if tombstones lead in a circle
     */
    public static Optional<Member> of(String id, Function<String, Optional<Member>> members) {
        return members.apply(id).flatMap(member -> of(member, members));
    }

    /**
     * The member itself, or the one that it was merged into in the end; one read for each merge.
     *
     * @param members finds a member, or its tombstone, by id
     * @return nothing if one of them is not there
     * @throws IllegalStateException if tombstones lead in a circle
     */
    public static Optional<Member> of(Member member, Function<String, Optional<Member>> members) {
        Optional<Member> current = Optional.of(member);
        Trail trail = new Trail();
        while (current.flatMap(Member::mergedInto).isPresent()) {
            trail.pass(current.get().id());
            current = members.apply(current.get().mergedInto().get());
        }
        return current;
    }

    /**
     * The last id that one leads to.
     *
     * @param next whom an id leads on to
     * @throws IllegalStateException if they lead in a circle
     */
    public static String follow(String id, Function<String, Optional<String>> next) {
        String current = id;
        Trail trail = new Trail();
        Optional<String> on = next.apply(current);
        while (on.isPresent()) {
            trail.pass(current);
            current = on.get();
            on = next.apply(current);
        }
        return current;
    }

    /** The tombstones that were passed. */
    private static final class Trail {
        private final Set<String> passed = new HashSet<>();

        void pass(String id) {
            if (!passed.add(id)) {
                throw new IllegalStateException("member " + id + " was merged into itself");
            }
        }
    }
}
