package io.memberday.compiler;

import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.money.Money;
import io.memberday.playbook.Store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code tiers.yaml}. */
final class TierReader {
    private final Section file;
    private final Store store;

    TierReader(Section file, Store store) {
        this.file = file;
        this.store = store;
    }

    TierLadder read() {
        Duration window = file.duration("window", Optional.of(Duration.ofDays(365)));
        if (window.compareTo(store.horizon()) > 0) {
            file.error(
                    "window",
                    "is longer than the store's horizon (%d days): purchases are not kept that long"
                            .formatted(store.horizon().toDays()));
        }
        Optional<Long> valuable = file.money("valuable", store.currency()).map(Money::minor);
        List<Tier> tiers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : file.sections("tiers")) {
            Tier tier = tier(section);
            if (!ids.add(tier.id())) {
                section.error("id", "is there twice: ids must differ");
            }
            if (tiers.isEmpty() && (tier.minor() > 0 || tier.count() > 0)) {
                section.error("id", "the first tier is everybody's: it asks for nothing");
            }
            if (!tiers.isEmpty()
                    && tier.minor() <= tiers.getLast().minor()
                    && tier.count() <= tiers.getLast().count()) {
                section.error(
                        "id", "asks for no more than the tier before it: write the lowest first");
            }
            tiers.add(tier);
        }
        if (tiers.isEmpty()) {
            file.error("tiers", "needs at least one tier");
            tiers.add(new Tier("", "", 0, 0, false, 0, 100));
        }
        file.close();
        return new TierLadder(window, tiers, valuable);
    }

    private Tier tier(Section unnamed) {
        String id = unnamed.text("id", "write an id like gold");
        Section section = unnamed.named(id);
        section.node("id");
        Tier tier =
                new Tier(
                        id,
                        section.text("name", "write the name that members read"),
                        section.money("spent", store.currency()).map(Money::minor).orElse(0L),
                        section.whole("purchases", 0, 10_000, Optional.of(0)),
                        section.truth("core", false),
                        section.percent("discount", 100, 0),
                        section.percent("points", 1000, 100));
        section.close();
        return tier;
    }
}
