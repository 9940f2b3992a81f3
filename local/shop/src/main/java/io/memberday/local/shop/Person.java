package io.memberday.local.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A simulated person.
 *
 * @param number from 0; the same number of the same seed is always the same person
 * @param land where the person lives
 * @param name in full, as its bearer writes it
 * @param family family name
 * @param given given name
 * @param gender {@code female} or {@code male}
 * @param phone E.164
 * @param masked whether the marketplace shows the phone only in part, so that nobody can write
 * @param email lower case
 * @param home where parcels go
 * @param birthday if the shop was told
 * @param outlets where the person buys
 * @param sms what the person said on marketing by SMS
 * @param mail what the person said on marketing by email
 * @param since when the person first came to the shop
 * @param appetite how many purchases the person has kept in the last year
 */
record Person(
        int number,
        Land land,
        String name,
        String family,
        String given,
        String gender,
        Optional<String> phone,
        boolean masked,
        Optional<String> email,
        Home home,
        Optional<LocalDate> birthday,
        Outlets outlets,
        Consent sms,
        Consent mail,
        Instant since,
        int appetite) {

    /**
     * @param region province or state
     * @param street district, street and number
     */
    record Home(String region, String city, String street) {}

    /** Where somebody buys. */
    enum Outlets {
        /** A marketplace, bridged by the source {@code memberday}. */
        MARKETPLACE,
        /** The shop's own site, on Shopify. */
        SITE,
        /** Both, known to each by another name until an order shows that it is one person. */
        BOTH
    }

    /** What a shop knows of somebody's consent. */
    enum Consent {
        GIVEN,
        REFUSED,
        UNKNOWN
    }

    /** The person's account on the marketplace. */
    String account() {
        return "%s%06d".formatted(land.country().toLowerCase(java.util.Locale.ROOT), number);
    }

    boolean onMarketplace() {
        return outlets != Outlets.SITE;
    }

    boolean onSite() {
        return outlets != Outlets.MARKETPLACE;
    }
}
