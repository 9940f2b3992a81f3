package io.memberday.desk;

import io.memberday.json.Fields;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
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

    /** As a caller hands it back: letters, digits, - and _ only, so that a URL carries it as is. */
    public String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        (createdAt.getEpochSecond() + " " + order)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@link #cursor} from a field that need not be there.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    static Optional<Place> of(Fields request, String name) {
        return request.optionalText(name)
                .map(
                        cursor ->
                                read(cursor)
                                        .orElseThrow(
                                                () ->
                                                        request.bad(
                                                                name,
                                                                "must be the next of the page"
                                                                        + " before")));
    }

    private static Optional<Place> read(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            Matcher place = WRITTEN.matcher(new String(bytes, StandardCharsets.UTF_8));
            return place.matches()
                    ? Optional.of(
                            new Place(
                                    Instant.ofEpochSecond(Long.parseLong(place.group(1))),
                                    place.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Place other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
