package io.memberday.local.page;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The query of a request for a list: what is sought, and how much of it is wanted. */
record Query(Map<String, String> values) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 5000;

    static Query of(URI uri) {
        Map<String, String> values = new LinkedHashMap<>();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        for (String pair : query.split("&")) {
            String[] sides = pair.split("=", 2);
            values.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
        }
        return new Query(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    int limit() {
        String written = text("limit");
        if (!written.matches("\\d{1,6}")) {
            return DEFAULT_LIMIT;
        }
        return Math.clamp(Integer.parseInt(written), 1, MOST);
    }

    /** Those items whose text has every word of {@code q}, whatever its case. */
    <T> List<T> sought(List<T> items, Function<T, String> text) {
        List<String> words =
                Arrays.stream(text("q").toLowerCase(Locale.ROOT).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
        return items.stream()
                .filter(
                        item -> {
                            String all = text.apply(item).toLowerCase(Locale.ROOT);
                            return words.stream().allMatch(all::contains);
                        })
                .toList();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
