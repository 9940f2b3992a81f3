package io.memberday.compiler;

import io.memberday.benefit.CouponText;
import io.memberday.compiler.Node.Place;
import io.memberday.json.Nearest;
import io.memberday.message.Templates.Template;
import io.memberday.money.Money;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Store;
import io.memberday.playbook.Touchpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the {@code coupons} of {@code benefits.yaml}, and who {@code issues} them. */
final class CouponReader {
    /** The table of coupons, and the field that names one. */
    static final String COUPONS = "coupons";

    static final String ISSUES = "issues";
    static final String REMINDS = "reminds";
    private static final Duration LONGEST = Duration.ofDays(400);

    private final Store store;

    CouponReader(Store store) {
        this.store = store;
    }

    Map<String, Coupon> read(Section benefits) {
        Map<String, Coupon> coupons = new TreeMap<>();
        if (benefits.has(COUPONS)) {
            Section all = benefits.section(COUPONS, "name them");
            for (String id : all.names()) {
                if (!CampaignReader.ID.matcher(id).matches()) {
                    all.error(id, "write it in lower case letters, digits and dashes");
                }
                coupons.put(id, coupon(id, all.section(id, "say what it is worth")));
            }
        }
        return coupons;
    }

    private Coupon coupon(String id, Section section) {
        Optional<Money> value = section.money("value", store.currency());
        Optional<Money> over = section.money("over", store.currency());
        Map<String, Long> downTo = new TreeMap<>();
        if (section.node("downTo").isPresent()) {
            Section prices = section.section("downTo", "write a price for each product");
            prices.names()
                    .forEach(
                            product ->
                                    prices.money(product, store.currency())
                                            .ifPresent(
                                                    price -> downTo.put(product, price.minor())));
        }
        if (section.has("value") == section.has("downTo")) {
            section.error(
                    section.has("value") ? "downTo" : "value",
                    "a coupon is worth a value, or what was paid down to some prices: write one of"
                            + " them");
        }
        if (value.isPresent()
                && over.filter(least -> least.minor() < value.get().minor()).isPresent()) {
            section.error("over", "is less than the value: nothing would be left to pay");
        }
        Duration validFor = section.duration("validFor", Optional.empty());
        if (validFor.isZero() || validFor.compareTo(LONGEST) > 0) {
            section.error("validFor", "let it hold for some time, up to 400d");
        }
        boolean once = section.truth("once", false);
        section.close();
        return new Coupon(
                id,
                value.map(Money::minor).orElse(0L),
                over.map(Money::minor).orElse(0L),
                downTo,
                validFor,
                once);
    }

    /**
     * The coupon that a campaign or touchpoint issues, or reminds of.
     *
     * @param field {@link #ISSUES} or {@link #REMINDS}
     */
    static Optional<Coupon> named(Section section, String field, Map<String, Coupon> coupons) {
        return section.optionalText(field)
                .flatMap(
                        id -> {
                            if (!coupons.containsKey(id)) {
                                section.error(
                                        field,
                                        coupons.isEmpty()
                                                ? "benefits.yaml has no coupons: write it there"
                                                : "no coupon of benefits.yaml is called so: "
                                                        + Nearest.mend(id, coupons.keySet()));
                            }
                            return Optional.ofNullable(coupons.get(id));
                        });
    }

    /** Who reminds of a coupon that is not issued yet, or is over already, reminds nobody. */
    static void check(TouchpointReader.Read read, List<TouchpointReader.Read> touchpoints) {
        Touchpoint reminder = read.touchpoint();
        if (reminder.reminds().isEmpty()) {
            return;
        }
        Coupon coupon = reminder.reminds().get();
        List<Touchpoint> issuing =
                touchpoints.stream()
                        .map(TouchpointReader.Read::touchpoint)
                        .filter(one -> one.issues().equals(reminder.reminds()))
                        .toList();
        if (issuing.isEmpty()) {
            read.section().error(REMINDS, "no touchpoint issues it: there is nothing to remind of");
        }
        Duration after = reminder.timing().after();
        for (Touchpoint one : issuing) {
            Duration from = one.timing().after();
            if (one.on() == reminder.on()
                    && (after.compareTo(from) < 0
                            || after.compareTo(from.plus(coupon.validFor())) >= 0)) {
                read.section()
                        .error(
                                REMINDS,
                                "%s issues it after %dd, and then it holds for %dd: remind in between"
                                        .formatted(
                                                one.id(),
                                                from.toDays(),
                                                coupon.validFor().toDays()));
            }
        }
    }

    /**
     * A code that nobody reads is none, and who issues none has none to show.
     *
     * @param field that names the coupon
     */
    static void check(
            Section section,
            String field,
            Optional<Coupon> issued,
            String name,
            Collection<Template> templates,
            Mistakes mistakes,
            Function<Template, Place> place) {
        for (Template template : templates) {
            if (issued.isEmpty()) {
                template.variables().stream()
                        .filter(CouponText.NAMES::contains)
                        .forEach(
                                variable ->
                                        mistakes.error(
                                                place.apply(template),
                                                "{{" + variable + "}}",
                                                "",
                                                name
                                                        + " issues no coupon: write issues: and its"
                                                        + " name"));
            } else if (!template.variables().contains(CouponText.CODE)) {
                section.error(
                        field,
                        "nobody learns the code: template %s in %s does not show {{code}}"
                                .formatted(template.id(), template.language()));
            }
        }
    }
}
