package io.memberday.playbook;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a store knows of its carriers.
 *
 * @param names of carriers in orders and rows, by what platforms call them, in lower case
 * @param silent how long after its last scan a parcel is silent (R22)
 * @param massDelay more silent parcels of one carrier on one day than these are one delay
 */
public record Logistics(Map<String, String> names, Silent silent, int massDelay) {
    /** Where the store says nothing. */
    public static final Logistics USUAL =
            new Logistics(
                    Map.of(),
                    new Silent(Duration.ofHours(24), Duration.ofHours(48), Duration.ofHours(24)),
                    50);

    /**
     * Without a scan for so long a parcel is silent, by how far it came.
     *
     * @param shipped it left the shop, and the carrier has not moved it
     * @param inTransit between cities
     * @param arrived in the recipient's city
     */
    public record Silent(Duration shipped, Duration inTransit, Duration arrived) {}

    public Logistics {
        names = Map.copyOf(names);
    }

    /**
     * What a carrier is called here: by the store's own table, else as it is given, in lower case
     * and with a dash for whatever is no letter or digit. Empty if nothing is left of it.
     */
    public String carrier(String given) {
        String lower = given.strip().toLowerCase(Locale.ROOT);
        String plain = lower.replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return names.getOrDefault(lower, names.getOrDefault(plain, plain));
    }
}
