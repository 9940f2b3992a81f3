package io.memberday.desk;

import io.memberday.json.Fields;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an order is among a member's orders, the newest first; of one second by their keys.
 *
 * @param createdAt of the order, whole seconds
 * @param order its key
 */
public record Place(Instant createdAt, String order) implements Comparable<Place> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,11}) (.+)");

    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::createdAt).reversed().thenComparing(Place::order);

    String cursor() {
        return Cursor.of(createdAt.getEpochSecond() + " " + order);
    }

    /**
     * Reads {@link #cursor} from a field that need not be there.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    static Optional<Place> of(Fields request, String name) {
        return Cursor.read(request, name)
                .map(
                        written -> {
                            Matcher place = WRITTEN.matcher(written);
                            if (!place.matches()) {
                                throw request.bad(name, "must be the next of the page before");
                            }
                            return new Place(
                                    Instant.ofEpochSecond(Long.parseLong(place.group(1))),
                                    place.group(2));
                        });
    }

    @Override
    public int compareTo(Place other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
