package io.memberday.member;

import io.memberday.member.Attribute.Value;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the shop's trade knows of a member, by name (R7). Of two statements about one name the later
 * holds, so that their sequence does not matter; one that takes away is kept for that, too.
 */
public record Attributes(Map<String, Attribute> byName) {
    /** Nothing said. */
    public static final Attributes NONE = new Attributes(Map.of());

    /** So many names are kept of a member: those of which something was stated last. */
    public static final int MOST = 20;

    /** Of one time the statement that takes away holds, else the greater one as it is written. */
    private static final Comparator<Attribute> LATER =
            Comparator.comparing(Attribute::at)
                    .thenComparing(stated -> stated.value().isEmpty())
                    .thenComparing(stated -> stated.value().map(Value::written).orElse(""));

    private static final Comparator<Map.Entry<String, Attribute>> LATEST =
            Comparator.comparing((Map.Entry<String, Attribute> entry) -> entry.getValue().at())
                    .thenComparing(Map.Entry::getKey)
                    .reversed();

    public Attributes {
        byName = Map.copyOf(byName);
    }

    /** With one more statement. */
    public Attributes with(String name, Attribute stated) {
        return join(new Attributes(Map.of(name, stated)));
    }

    /**
     * Both together: commutative, associative and idempotent. A name that is one too many has
     * {@value #MOST} others of a later statement, now and for ever: it is missed in no sequence.
     */
    public Attributes join(Attributes other) {
        if (other.byName.isEmpty()) {
            return this;
        }
        Map<String, Attribute> united = new HashMap<>(byName);
        other.byName.forEach(
                (name, stated) ->
                        united.merge(name, stated, (a, b) -> LATER.compare(a, b) >= 0 ? a : b));
        Map<String, Attribute> kept = new HashMap<>();
        united.entrySet().stream()
                .sorted(LATEST)
                .limit(MOST)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return new Attributes(kept);
    }

    /** What is known now. */
    public Optional<Value> of(String name) {
        return Optional.ofNullable(byName.get(name)).flatMap(Attribute::value);
    }

    /** The text; empty if there is none. */
    public String text(String name) {
        return of(name).map(value -> value instanceof Attribute.Text(String text) ? text : "")
                .orElse("");
    }

    /** The whole number; 0 if there is none. */
    public long whole(String name) {
        return of(name).map(value -> value instanceof Attribute.Whole(long number) ? number : 0L)
                .orElse(0L);
    }

    /** Whether it is known to be true. */
    public boolean truth(String name) {
        return of(name).filter(value -> value instanceof Attribute.Truth(boolean is) && is)
                .isPresent();
    }
}
