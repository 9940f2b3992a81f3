package io.memberday.member;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Properties;

/** The time zones of those countries that have only one. */
final class CountryZones {
    private static final Properties ZONES = read();

    private CountryZones() {}

    /**
     * @param country ISO 3166-1 alpha-2
     */
    static Optional<ZoneId> of(String country) {
        return Optional.ofNullable(ZONES.getProperty(country)).map(ZoneId::of);
    }

    private static Properties read() {
        Properties zones = new Properties();
        try (InputStream file =
                CountryZones.class.getResourceAsStream("country-zones.properties")) {
            zones.load(file);
            return zones;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
