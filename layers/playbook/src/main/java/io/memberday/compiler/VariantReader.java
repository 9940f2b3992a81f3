package io.memberday.compiler;

import io.memberday.member.Channel;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Variant;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code variants} of a campaign or wave, and what they send. */
final class VariantReader {
    private static final int MOST = 10;
    private static final int HUNDRED = 100;

    private final String language;

    /**
     * @param language the store's
     */
    VariantReader(String language) {
        this.language = language;
    }

    /**
     * What was read.
     *
     * @param send the campaign's, or the first variant's where there are variants
     * @param variants in their sequence, each with the place for checks that follow
     */
    record Read(List<Send> send, Map<Variant, Section> variants) {
        List<Variant> list() {
            return List.copyOf(variants.keySet());
        }
    }

    Read read(Section section) {
        if (section.node("variants").isEmpty()) {
            return new Read(CampaignReader.send(section), Map.of());
        }
        List<Section> written = section.sections("variants");
        Optional<List<Send>> shared =
                section.has("send") ? Optional.of(CampaignReader.send(section)) : Optional.empty();
        Map<Variant, Section> variants = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        boolean sharedIsUsed = false;
        for (Section one : written) {
            String id = CampaignReader.id(one, ids);
            boolean own = one.has("send") || shared.isEmpty();
            sharedIsUsed |= !own;
            List<Send> send = own ? CampaignReader.send(one) : shared.get();
            int weight = one.whole("weight", 1, HUNDRED, Optional.empty());
            Map<String, String> offer = one.texts("offer", language);
            if (!offer.isEmpty() && !offer.containsKey(language)) {
                one.error("offer", "is missing in the store's language, " + language);
            }
            Variant variant = new Variant(id, weight, send, offer);
            comparable(one, variant, List.copyOf(variants.keySet()));
            variants.put(variant, one);
            one.close();
        }
        if (shared.isPresent() && !sharedIsUsed) {
            section.error("send", "nobody gets it: each variant sends its own; take it away");
        }
        whole(section, List.copyOf(variants.keySet()));
        List<Send> first =
                variants.isEmpty()
                        ? shared.orElse(List.of())
                        : variants.keySet().iterator().next().send();
        return new Read(first, variants);
    }

    /** Whoever can get one must be able to get the other, and must not get the same. */
    private static void comparable(Section section, Variant variant, List<Variant> earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        Variant first = earlier.getFirst();
        List<Channel> channels = channels(variant);
        if (!channels.isEmpty() && !channels.equals(channels(first))) {
            section.error(
                    "send",
                    "uses other channels than %s: other members would be reached, and the two could not be compared"
                            .formatted(first.id()));
        }
        earlier.stream()
                .filter(other -> other.send().equals(variant.send()))
                .filter(other -> other.offer().equals(variant.offer()))
                .findFirst()
                .ifPresent(
                        other ->
                                section.error(
                                        "id",
                                        "says the same as %s: give it another template or offer"
                                                .formatted(other.id())));
    }

    private static List<Channel> channels(Variant variant) {
        return variant.send().stream().map(Send::channel).toList();
    }

    private static void whole(Section section, List<Variant> variants) {
        if (variants.size() < 2 || variants.size() > MOST) {
            section.error(
                    "variants",
                    "list 2 to %d of them, each with id, weight and send; one alone is compared with nothing"
                            .formatted(MOST));
        }
        int sum = variants.stream().mapToInt(Variant::weight).sum();
        if (sum != HUNDRED && !variants.isEmpty()) {
            section.error("variants", "their weights sum up to %d: make it 100".formatted(sum));
        }
    }
}
