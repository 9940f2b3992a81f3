package io.memberday.playbook;

import java.util.Map;

/**
 * What members of each tier enjoy, as texts show it (R31): the template's {@code benefit}.
 *
 * @param texts by tier and language; a tier without benefits is not there
 */
public record Benefits(Map<String, Map<String, String>> texts) {
    public static final Benefits NONE = new Benefits(Map.of());

    public Benefits {
        texts = Map.copyOf(texts);
    }

    /** A tier's benefit in a language, in the store's where it has none; empty if it has none. */
    public String text(Store store, String tier, String language) {
        return store.inLanguage(texts.getOrDefault(tier, Map.of()), language).orElse("");
    }
}
