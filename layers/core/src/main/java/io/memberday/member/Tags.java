package io.memberday.member;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The tags of a member and those taken away again, each with who or what did it and when (R6): of
 * two statements about one name the later holds, so that their sequence does not matter.
 *
 * @param set by name
 * @param taken those that are not there any more, by name
 */
public record Tags(Map<String, Tag> set, Map<String, Tag> taken) {
    /** Nothing said. */
    public static final Tags NONE = new Tags(Map.of(), Map.of());

    private static final Comparator<Tag> LATER =
            Comparator.comparing(Tag::at).thenComparing(Tag::by);

    public Tags {
        set = Map.copyOf(set);
        taken = Map.copyOf(taken);
    }

    /** With one more statement. */
    public Tags with(String name, Tag tag, boolean there) {
        Map<String, Tag> one = Map.of(name, tag);
        return join(there ? new Tags(one, Map.of()) : new Tags(Map.of(), one));
    }

    /**
     * Both together: commutative, associative and idempotent. Of two statements of the same time by
     * the same the one that takes away holds.
     */
    public Tags join(Tags other) {
        Map<String, Tag> there = latest(set, other.set);
        Map<String, Tag> gone = latest(taken, other.taken);
        Map<String, Tag> stays = new HashMap<>(there);
        stays.entrySet().removeIf(tag -> holds(gone, tag));
        gone.entrySet().removeIf(tag -> stays.containsKey(tag.getKey()));
        return new Tags(stays, gone);
    }

    private static boolean holds(Map<String, Tag> gone, Map.Entry<String, Tag> tag) {
        Tag other = gone.get(tag.getKey());
        return other != null && LATER.compare(other, tag.getValue()) >= 0;
    }

    private static Map<String, Tag> latest(Map<String, Tag> one, Map<String, Tag> other) {
        Map<String, Tag> united = new HashMap<>(one);
        other.forEach(
                (name, tag) -> united.merge(name, tag, (a, b) -> LATER.compare(a, b) >= 0 ? a : b));
        return united;
    }
}
