package io.memberday.local.shop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many members a person's webhooks make: names that one webhook shows together are one
 * person's, so groups of names that no webhook ties together are members of their own.
 */
final class Identified {
    private final List<Set<String>> groups = new ArrayList<>();

    /** Counts for one person with some orders. */
    static int members(Person person, List<ShopOrder> orders) {
        Identified identified = new Identified();
        if (Shop.tellsOfAccount(person)) {
            identified.show(site(person, !person.onMarketplace()));
        }
        if (person.onMarketplace() && person.appetite() == 0) {
            identified.show(marketplace(person, true));
        }
        for (ShopOrder order : orders) {
            identified.show(
                    order.onSite()
                            ? site(person, order.showsPhone())
                            : marketplace(person, order.showsPhone()));
        }
        return identified.groups.size();
    }

    private void show(Set<String> names) {
        Set<String> united = new HashSet<>(names);
        groups.removeIf(
                group -> {
                    boolean shared = group.stream().anyMatch(names::contains);
                    if (shared) {
                        united.addAll(group);
                    }
                    return shared;
                });
        groups.add(united);
    }

    private static Set<String> site(Person person, boolean withPhone) {
        Set<String> names = new HashSet<>(Set.of("site"));
        person.email().ifPresent(names::add);
        person.phone().filter(phone -> withPhone).ifPresent(names::add);
        return names;
    }

    private static Set<String> marketplace(Person person, boolean withPhone) {
        Set<String> names = new HashSet<>(Set.of("marketplace"));
        MarketplacePayload.shownEmail(person).ifPresent(names::add);
        person.phone().filter(phone -> withPhone && !person.masked()).ifPresent(names::add);
        return names;
    }
}
