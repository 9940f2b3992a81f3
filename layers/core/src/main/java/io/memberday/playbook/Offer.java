package io.memberday.playbook;

import java.util.Map;
import java.util.Optional;

/**
 * What a campaign offers on a date. On a date of several schedules the offer of the highest value
 * holds.
 *
 * @param id such as {@code the-eighth}
 * @param on the days on which it holds
 * @param value which offer is the richer
 * @param text by language, as the template's {@code offer}; has slots of its own; may be empty
 * @param sizing how the coupon is sized for each member, if it is
 * @param freeShipping what it promises of postage: whom that does not suit is not addressed
 */
public record Offer(
        String id,
        Schedule on,
        int value,
        Map<String, String> text,
        Optional<Sizing> sizing,
        Optional<FreeShipping> freeShipping) {

    /** The same offer in other words. */
    public Offer saying(Map<String, String> words) {
        return new Offer(id, on, value, words, sizing, freeShipping);
    }
}
