package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.playbook.Benefits;
import io.memberday.playbook.Store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code benefits.yaml}: what each tier enjoys, and the coupons that may be issued. */
final class BenefitReader {
    private final Store store;
    private final List<String> tiers;

    BenefitReader(Store store, TierLadder ladder) {
        this.store = store;
        this.tiers = ladder.tiers().stream().map(Tier::id).toList();
    }

    Benefits read(Section file) {
        Map<String, Map<String, String>> texts = new TreeMap<>();
        for (String tier : file.names()) {
            if (tier.equals(CouponReader.COUPONS)) {
                continue;
            }
            if (!tiers.contains(tier)) {
                file.error(tier, "no tier is called so: " + Nearest.mend(tier, tiers));
            }
            Map<String, String> text = file.texts(tier, store.language());
            if (!text.containsKey(store.language())) {
                file.error(tier, "is missing in the store's language, " + store.language());
            }
            texts.put(tier, text);
        }
        return new Benefits(texts, new CouponReader(store).read(file));
    }
}
