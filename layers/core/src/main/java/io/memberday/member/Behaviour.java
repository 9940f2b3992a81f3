package io.memberday.member;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a member last did at the shop without buying (R9): of each kind of act the latest, so that
 * the item stays lean and the sequence in which acts are heard of does not matter (P1).
 *
 * @param last by kind
 */
public record Behaviour(Map<Act, Last> last) {
    /** Nothing done yet. */
    public static final Behaviour NONE = new Behaviour(Map.of());

    private static final Comparator<Last> LATER =
            Comparator.comparing(Last::at)
                    .thenComparing(Last::product)
                    .thenComparing(Last::category);

    /**
     * The last act of a kind.
     *
     * @param at when, whole seconds
     * @param product the shop's id of the article; may be empty
     * @param category of the article, as the shop names it; may be empty
     */
    public record Last(Instant at, String product, String category) {
        public Last {
            at = Instant.ofEpochSecond(at.getEpochSecond());
        }
    }

    public Behaviour {
        last = last.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(last));
    }

    /** With one more act. */
    public Behaviour with(Act act, Last done) {
        return join(new Behaviour(Map.of(act, done)));
    }

    /** Both together: commutative, associative and idempotent. */
    public Behaviour join(Behaviour other) {
        if (other.last.isEmpty()) {
            return this;
        }
        Map<Act, Last> united = new EnumMap<>(Act.class);
        united.putAll(last);
        other.last.forEach(
                (act, done) -> united.merge(act, done, (a, b) -> LATER.compare(a, b) >= 0 ? a : b));
        return new Behaviour(united);
    }

    /** When the member last did so. */
    public Optional<Instant> at(Act act) {
        return Optional.ofNullable(last.get(act)).map(Last::at);
    }

    /** With which product; empty if it is not known. */
    public String product(Act act) {
        return Optional.ofNullable(last.get(act)).map(Last::product).orElse("");
    }

    /** With a product of which category; empty if it is not known. */
    public String category(Act act) {
        return Optional.ofNullable(last.get(act)).map(Last::category).orElse("");
    }
}
