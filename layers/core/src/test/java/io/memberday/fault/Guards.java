package io.memberday.fault;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The conditions of in-memory stores, of which a test may break some on purpose. */
public final class Guards {
    private final Set<Guard> broken = EnumSet.noneOf(Guard.class);

    /** All conditions hold. */
    public static Guards intact() {
        return new Guards();
    }

    /** Some conditions are passed over. */
    public static Guards without(Collection<Guard> some) {
        Guards guards = new Guards();
        guards.broken.addAll(some);
        return guards;
    }

    /** Whether a write may go on: its condition holds, or is passed over. */
    public boolean hold(Guard guard, boolean condition) {
        return condition || broken.contains(guard);
    }
}
