package io.memberday.compiler;

import io.memberday.playbook.Logistics;
import io.memberday.playbook.Logistics.Silent;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what {@code store.yaml} says of carriers. */
final class LogisticsReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_SINGLE = 10_000;

    private LogisticsReader() {}

    static Logistics read(Section file) {
        Logistics usual = Logistics.USUAL;
        if (file.node("logistics").isEmpty()) {
            return usual;
        }
        Section section = file.section("logistics", "carriers, silent and massDelay");
        Logistics logistics =
                new Logistics(
                        section.node("carriers").isPresent()
                                ? names(section.section("carriers", "list names by carrier"))
                                : Map.of(),
                        section.node("silent").isPresent()
                                ? silent(section.section("silent", "hours by stage"))
                                : usual.silent(),
                        section.whole("massDelay", 1, MOST_SINGLE, Optional.of(usual.massDelay())));
        section.close();
        return logistics;
    }

    private static Map<String, String> names(Section carriers) {
        Map<String, String> names = new TreeMap<>();
        for (String carrier : carriers.names()) {
            if (!NAME.matcher(carrier).matches()) {
                carriers.error(
                        carrier, "name a carrier in lower-case letters, digits and dashes, as sf");
            }
            for (String given : carriers.list(carrier)) {
                String other = names.put(given.strip().toLowerCase(Locale.ROOT), carrier);
                if (other != null && !other.equals(carrier)) {
                    carriers.error(carrier, given + " is " + other + " already");
                }
            }
        }
        for (String carrier : carriers.names()) {
            if (!names.getOrDefault(carrier, carrier).equals(carrier)) {
                carriers.error(carrier, "is another name of " + names.get(carrier) + " too");
            }
        }
        return names;
    }

    private static Silent silent(Section section) {
        Silent usual = Logistics.USUAL.silent();
        Silent silent =
                new Silent(
                        hours(section, "shipped", usual.shipped()),
                        hours(section, "inTransit", usual.inTransit()),
                        hours(section, "arrived", usual.arrived()));
        section.close();
        return silent;
    }

    private static Duration hours(Section section, String name, Duration otherwise) {
        Duration hours = section.duration(name, Optional.of(otherwise));
        if (hours.compareTo(SHORTEST) < 0 || hours.compareTo(LONGEST) > 0) {
            section.error(name, "wait for a scan for 1h to 30d");
        }
        return hours;
    }
}
