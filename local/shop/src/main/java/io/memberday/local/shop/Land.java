package io.memberday.local.shop;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A country and how its simulated people are called and where they live.
 *
 * @param country ISO 3166-1 alpha-2
 * @param share so many of 100 people live there
 * @param locale in which they shop, BCP 47
 * @param familyFirst whether the family name is written first, with nothing between
 * @param family family names
 * @param women given names
 * @param men given names
 * @param phones patterns in E.164, # for a digit
 * @param mail domains, all of the reserved top level {@code example}: none of it can be delivered
 * @param streets patterns, {@code {}} for a number
 * @param schools the same, of addresses at a school; may be empty
 * @param cities each with region, city and perhaps districts
 */
record Land(
        String country,
        int share,
        String locale,
        boolean familyFirst,
        List<Name> family,
        List<Name> women,
        List<Name> men,
        List<String> phones,
        List<String> mail,
        List<String> streets,
        List<String> schools,
        List<List<String>> cities) {

    /**
     * @param written as its bearer writes it
     * @param latin for an email address
     */
    record Name(String written, String latin) {}

    /** All of them, as the resource lists them. */
    static List<Land> all() {
        return resource("lands.yaml").stream().map(Land::of).toList();
    }

    /** A resource of this package that is a YAML list of maps. */
    static List<Map<?, ?>> resource(String name) {
        try (InputStream in = Land.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            Object read =
                    new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(in);
            return ((List<?>) read).stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean chinese() {
        return country.equals("CN");
    }

    private static Land of(Map<?, ?> land) {
        return new Land(
                text(land, "country"),
                Integer.parseInt(text(land, "share")),
                text(land, "locale"),
                Boolean.TRUE.equals(land.get("familyFirst")),
                names(land, "family"),
                names(land, "women"),
                names(land, "men"),
                split(text(land, "phones"), " "),
                split(text(land, "mail"), " "),
                split(text(land, "streets"), ";"),
                land.containsKey("schools") ? split(text(land, "schools"), ";") : List.of(),
                ((List<?>) land.get("cities"))
                        .stream().map(city -> split(String.valueOf(city), ";")).toList());
    }

    private static List<Name> names(Map<?, ?> land, String field) {
        return split(text(land, field), " ").stream()
                .map(
                        name -> {
                            List<String> forms = split(name, ":");
                            return new Name(forms.getFirst(), forms.getLast());
                        })
                .toList();
    }

    private static String text(Map<?, ?> land, String field) {
        return String.valueOf(land.get(field));
    }

    private static List<String> split(String text, String separator) {
        return Arrays.stream(text.split(separator)).map(String::strip).toList();
    }
}
