package io.memberday.desk;

import io.memberday.json.Fields;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended, as a caller hands it back: letters, digits, - and _ only, so that a URL
 * carries it as it is and every signer signs it alike.
 */
final class Cursor {
    private Cursor() {}

    static String of(String place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@link #of} from a field that need not be there.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    static Optional<String> read(Fields request, String name) {
        return request.optionalText(name)
                .map(
                        cursor -> {
                            try {
                                return new String(
                                        Base64.getUrlDecoder().decode(cursor),
                                        StandardCharsets.UTF_8);
                            } catch (IllegalArgumentException _) {
                                throw request.bad(name, "must be the next of the page before");
                            }
                        });
    }
}
