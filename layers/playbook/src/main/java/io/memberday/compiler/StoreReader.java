package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.member.Channel;
import io.memberday.member.Stages;
import io.memberday.money.Price;
import io.memberday.playbook.Store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code store.yaml}. */
final class StoreReader {
    private static final Pattern SENDER_ID = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]{3,11}");
    private static final Pattern FROM = Pattern.compile("(?:[^<>]+ <)?[^@<>\\s]+@[^@<>\\s]+>?");
    private static final int HALF = 50;
    private static final int MOST_GLOBAL = 20;
    private static final int TEN_THOUSAND = 10_000;
    private static final Duration LONGEST_REFUNDS = Duration.ofDays(90);
    private static final String FESTIVALS = "festivals";

    private final Section file;
    private final Festivals festivals;

    StoreReader(Section file) {
        this.file = file;
        festivals =
                Festivals.read(
                        file.node(FESTIVALS).isPresent()
                                ? file.section(FESTIVALS, "list dates by name")
                                : Section.empty(new Mistakes(), file.place().file()));
    }

    Store read() {
        String language = file.text("language", "write the store's language like zh");
        String currency = currency();
        Store store =
                new Store(
                        file.text("name", "write the store's name"),
                        signature(),
                        zone(),
                        currency,
                        country(),
                        language,
                        channels(currency),
                        caps(),
                        file.time("quietFrom"),
                        file.time("quietTo"),
                        file.percent("holdout", HALF, 10),
                        horizon(),
                        stages(),
                        file.whole("pointsPerUnit", 0, 1000, Optional.of(1)),
                        file.money("monthBudget", currency),
                        file.texts("optOut", language),
                        file.texts("signatures", language),
                        Set.copyOf(new TreeSet<>(file.list("placeholders"))),
                        measuring(),
                        file.optional(
                                "approveAbove",
                                StoreReader::members,
                                "write a whole number of members, such as 50000; 0 holds every"
                                        + " run"),
                        LogisticsReader.read(file));
        if (!store.optOut().isEmpty() && !store.optOut().containsKey(language)) {
            file.error("optOut", "needs words in the store's language, " + language);
        }
        file.close();
        return store;
    }

    private static long members(String text) {
        long members = Long.parseLong(text);
        if (members < 0) {
            throw new IllegalArgumentException("fewer than none");
        }
        return members;
    }

    /** When each festival is; there need not be any. */
    Festivals festivals() {
        return festivals;
    }

    private String signature() {
        String signature = file.text("signature", "write it like 【store】");
        if (!signature.isEmpty() && !signature.matches("【[^【】]+】")) {
            file.error("signature", "put the name in brackets: 【store】");
        }
        return signature;
    }

    private ZoneId zone() {
        String mend =
                file.optionalText("zone")
                        .flatMap(zone -> Nearest.of(zone, ZoneId.getAvailableZoneIds()))
                        .map(zone -> "did you mean " + zone + "?")
                        .orElse("write an IANA zone like Asia/Shanghai");
        return file.required("zone", StoreReader::region, mend, ZoneOffset.UTC);
    }

    private static ZoneId region(String id) {
        if (!ZoneId.getAvailableZoneIds().contains(id)) {
            throw new IllegalArgumentException("not an IANA zone");
        }
        return ZoneId.of(id);
    }

    private String currency() {
        return file.required(
                "currency",
                code -> Currency.getInstance(code).getCurrencyCode(),
                "write an ISO 4217 code like CNY",
                "CNY");
    }

    private String country() {
        String country = file.text("country", "write an ISO 3166 code like CN");
        if (!country.isEmpty() && !List.of(Locale.getISOCountries()).contains(country)) {
            file.error("country", "write an ISO 3166 code of two capital letters like CN");
        }
        return country;
    }

    private Map<Channel, Store.ChannelPolicy> channels(String currency) {
        Section channels = file.section("channels", "give sms or email, or both");
        Map<Channel, Store.ChannelPolicy> policies = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            if (channels.has(channel.key())) {
                Section policy = channels.section(channel.key(), "price, rate and sender");
                policies.put(channel, policy(channel, policy, currency));
                policy.close();
            }
        }
        for (String name : channels.names()) {
            List<String> known = Arrays.stream(Channel.values()).map(Channel::key).toList();
            if (!known.contains(name)) {
                channels.error(name, "unknown channel: " + Nearest.mend(name, known));
            }
        }
        return Map.copyOf(policies);
    }

    private static Store.ChannelPolicy policy(Channel channel, Section policy, String currency) {
        Price price =
                policy.required(
                        "price",
                        Price::parse,
                        "write a price like \"0.05 " + currency + "\", six decimals at most",
                        new Price(0, currency));
        if (price.micros() < 0) {
            policy.error("price", "cannot be below nothing");
        }
        if (!price.currency().equals(currency)) {
            policy.error("price", "must be in the store's currency, " + currency);
        }
        String sender = policy.optionalText("sender").orElse("");
        if (channel == Channel.EMAIL && !FROM.matcher(sender).matches()) {
            policy.error("sender", "write the From address like \"Shop <hello@shop.example>\"");
        }
        if (channel == Channel.SMS && !sender.isEmpty() && !SENDER_ID.matcher(sender).matches()) {
            policy.error("sender", "a sender id has 3 to 11 letters or digits and a letter");
        }
        return new Store.ChannelPolicy(
                price, policy.whole("rate", 1, 20_000, Optional.empty()), sender);
    }

    private Store.Caps caps() {
        Section caps = file.section("caps", "write { day: 1, week: 3, year: 60 }; 0 is no cap");
        Store.Caps read =
                new Store.Caps(
                        caps.whole("day", 0, 10_000, Optional.empty()),
                        caps.whole("week", 0, 10_000, Optional.empty()),
                        caps.whole("year", 0, 10_000, Optional.empty()));
        caps.close();
        return read;
    }

    private Duration horizon() {
        Duration horizon = file.duration("horizon", Optional.of(Duration.ofDays(400)));
        if (horizon.compareTo(Duration.ofDays(1)) < 0
                || horizon.compareTo(Duration.ofDays(1500)) > 0) {
            file.error("horizon", "keep single purchases for 1d to 1500d");
        }
        return horizon;
    }

    private Store.Measuring measuring() {
        Store.Measuring usual = Store.Measuring.USUAL;
        Duration refunds = file.duration("refundPeriod", Optional.of(usual.refundPeriod()));
        if (refunds.compareTo(LONGEST_REFUNDS) > 0) {
            file.error("refundPeriod", "wait for refunds for 90d at most");
        }
        return new Store.Measuring(
                file.percent("globalHoldout", MOST_GLOBAL, usual.globalHoldoutPercent()),
                refunds,
                file.optional(
                                "expectedConversion",
                                StoreReader::ofTenThousand,
                                "write a share like 1% or 0.92%, up to 100%")
                        .orElse(usual.buyersOfTenThousand()));
    }

    private static int ofTenThousand(String share) {
        int exact = new BigDecimal(share.replaceFirst("%$", "")).movePointRight(2).intValueExact();
        if (exact < 0 || exact > TEN_THOUSAND) {
            throw new IllegalArgumentException("out of bounds");
        }
        return exact;
    }

    private Stages stages() {
        Section stages =
                file.section("stages", "write { active: 90, dormant: 180, preChurn: 365 }");
        List<Integer> days = new ArrayList<>();
        for (String name : List.of("active", "dormant", "preChurn")) {
            days.add(stages.whole(name, 1, 10_000, Optional.empty()));
        }
        if (days.get(0) >= days.get(1) || days.get(1) >= days.get(2)) {
            file.error("stages", "active, dormant and preChurn must grow");
        }
        stages.close();
        return new Stages(days.get(0), days.get(1), days.get(2));
    }
}
