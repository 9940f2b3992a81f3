package io.memberday.aws;

import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Profile.Stated;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the attributes of one member's item in any sequence: what {@link MemberFormat#item} wrote.
 * An attribute that it does not know it leaves alone.
 */
final class MemberReader {
    private static final Field[] FIELDS = Field.values();

    /** A field whose time is not there. */
    private static final long NEVER_SAID = Long.MIN_VALUE;

    private static final Map<String, Field> PROFILE = new HashMap<>();
    private static final Map<String, Topic> TOPICS = new HashMap<>();
    private static final Map<String, Act> ACTS = new HashMap<>();

    static {
        for (Act act : Act.values()) {
            ACTS.put(MemberFormat.act(act), act);
        }
        for (Field field : Field.values()) {
            PROFILE.put(MemberFormat.profile(field), field);
        }
        for (Channel channel : Channel.values()) {
            for (Kind kind : Kind.values()) {
                TOPICS.put(MemberFormat.consent(channel, kind), new Topic(channel, kind));
            }
        }
    }

    private Optional<String> id = Optional.empty();
    private Optional<Long> version = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<String> mergedInto = Optional.empty();
    private Set<String> was = Set.of();
    private final @Nullable String[] profile = new String[FIELDS.length];
    private final long[] said = new long[FIELDS.length];
    private Map<Topic, Consent> consents = Map.of();
    private Map<Channel, String> dead = Map.of();
    private List<Purchase> recent = List.of();
    private int olderCount;
    private long olderSum;
    private Optional<Instant> olderFirst = Optional.empty();
    private Map<String, Instant> openOrders = Map.of();
    private int refundedOrders;
    private Map<String, Instant> acts = Map.of();
    private Map<String, String> goods = Map.of();
    private long points;
    private String tier = "";
    private Map<String, Tag> tags = Map.of();
    private Map<String, Tag> untagged = Map.of();
    private Attributes attributes = Attributes.NONE;
    private Optional<Instant> lastLogin = Optional.empty();
    private Map<String, Integer> counters = Map.of();
    private Map<String, Claim> claims = Map.of();
    private Map<String, Integer> joins = Map.of();

    MemberReader() {
        Arrays.fill(said, NEVER_SAID);
    }

    /** Takes one attribute. */
    void take(String name, ItemValue value) {
        switch (name) {
            case MemberFormat.ID -> id = Optional.of(value.text());
            case MemberFormat.VERSION -> version = Optional.of(value.number());
            case MemberFormat.SINCE -> since = Optional.of(value.time());
            case MemberFormat.MERGED_INTO -> mergedInto = Optional.of(value.text());
            case MemberFormat.WAS -> {
                was = new HashSet<>();
                value.elements(each -> was.add(each.text()));
            }
            case MemberFormat.STATED ->
                    value.entries(
                            (field, at) -> {
                                Field known = PROFILE.get(field);
                                if (known != null) {
                                    said[known.ordinal()] = at.number();
                                }
                            });
            case MemberFormat.DEAD -> dead = entries(value, Channel::of, ItemValue::text);
            case MemberFormat.RECENT -> {
                recent = new ArrayList<>();
                value.elements(each -> recent.add(purchase(each.text())));
            }
            case MemberFormat.OLDER_COUNT -> olderCount = Math.toIntExact(value.number());
            case MemberFormat.OLDER_SUM -> olderSum = value.number();
            case MemberFormat.OLDER_FIRST -> olderFirst = Optional.of(value.time());
            case MemberFormat.OPEN_ORDERS -> openOrders = entries(value, ItemValue::time);
            case MemberFormat.REFUNDED_ORDERS -> refundedOrders = Math.toIntExact(value.number());
            case MemberFormat.GOODS -> goods = entries(value, ItemValue::text);
            case MemberFormat.POINTS -> points = value.number();
            case MemberFormat.TIER -> tier = value.text();
            case MemberFormat.TAGS -> tags = entries(value, each -> tag(each.text()));
            case MemberFormat.UNTAGGED -> untagged = entries(value, each -> tag(each.text()));
            case MemberFormat.ATTRIBUTES ->
                    attributes = new Attributes(entries(value, each -> attribute(each.text())));
            case MemberFormat.LAST_LOGIN -> lastLogin = Optional.of(value.time());
            case MemberFormat.COUNTERS -> counters = entries(value, MemberReader::count);
            case MemberFormat.CLAIMS -> claims = entries(value, MemberReader::claim);
            case MemberFormat.JOINS -> joins = entries(value, MemberReader::count);
            default -> takeStatement(name, value);
        }
    }

    private void takeStatement(String name, ItemValue value) {
        Field field = PROFILE.get(name);
        if (field != null) {
            profile[field.ordinal()] = value.text();
            return;
        }
        Topic topic = TOPICS.get(name);
        if (topic != null) {
            if (consents.isEmpty()) {
                consents = new HashMap<>();
            }
            consents.put(topic, consent(value.text()));
        } else if (ACTS.containsKey(name)) {
            if (acts.isEmpty()) {
                acts = new HashMap<>();
            }
            acts.put(name, value.time());
        }
    }

    /** The member whose attributes were taken. */
    Member member() {
        return new Member(
                required(id, MemberFormat.ID),
                required(version, MemberFormat.VERSION),
                required(since, MemberFormat.SINCE),
                mergedInto,
                was,
                profile(),
                new Consents(consents),
                dead,
                new Purchases(recent, olderCount, olderSum, olderFirst),
                openOrders,
                refundedOrders,
                points,
                tier,
                tags,
                untagged,
                attributes,
                lastLogin,
                behaviour(),
                counters,
                claims,
                joins);
    }

    private Profile profile() {
        Map<Field, Stated> fields = new EnumMap<>(Field.class);
        for (Field field : FIELDS) {
            String value = profile[field.ordinal()];
            if (value != null) {
                fields.put(field, new Stated(value, saidAt(field)));
            }
        }
        return fields.isEmpty() ? Profile.EMPTY : new Profile(fields);
    }

    private Behaviour behaviour() {
        if (acts.isEmpty()) {
            return Behaviour.NONE;
        }
        Map<Act, Behaviour.Last> last = new EnumMap<>(Act.class);
        acts.forEach(
                (name, at) -> {
                    String with = goods.getOrDefault(name, " ");
                    int blank = with.indexOf(' ');
                    last.put(
                            ACTS.get(name),
                            new Behaviour.Last(
                                    at, with.substring(0, blank), with.substring(blank + 1)));
                });
        return new Behaviour(last);
    }

    private Instant saidAt(Field field) {
        long at = said[field.ordinal()];
        if (at == NEVER_SAID) {
            throw new IllegalStateException("the item has no attribute " + MemberFormat.STATED);
        }
        return Instant.ofEpochSecond(at);
    }

    private static <V> Map<String, V> entries(ItemValue value, Function<ItemValue, V> read) {
        return entries(value, Function.identity(), read);
    }

    private static <K, V> Map<K, V> entries(
            ItemValue value, Function<String, K> key, Function<ItemValue, V> read) {
        Map<K, V> entries = new HashMap<>();
        value.entries((name, each) -> entries.put(key.apply(name), read.apply(each)));
        return entries;
    }

    private static Integer count(ItemValue value) {
        return Math.toIntExact(value.number());
    }

    private static Claim claim(ItemValue value) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Instant> times = new HashMap<>();
        value.entries(
                (name, each) -> {
                    if (name.equals(MemberFormat.CLAIM_AT)) {
                        times.put(name, each.time());
                    } else {
                        texts.put(name, each.text());
                    }
                });
        return new Claim(
                times.get(MemberFormat.CLAIM_AT),
                texts.get(MemberFormat.CLAIM_NONCE),
                Kind.of(texts.getOrDefault(MemberFormat.CLAIM_KIND, Kind.MARKETING.key())),
                Channel.of(texts.get(MemberFormat.CLAIM_CHANNEL)),
                texts.getOrDefault(MemberFormat.CLAIM_VARIANT, ""));
    }

    private static Consent consent(String text) {
        return new Consent(
                text.startsWith(MemberFormat.GRANTED),
                text.startsWith(MemberFormat.EXPLICIT, 1),
                Instant.ofEpochSecond(Long.parseLong(text, 2, text.length(), 10)));
    }

    /** Seconds, minor units and the order, with a blank between; then the basket, if known. */
    private static Purchase purchase(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        int basket = text.indexOf(BasketFormat.PART, second);
        return new Purchase(
                basket < 0 ? text.substring(second + 1) : text.substring(second + 1, basket),
                Instant.ofEpochSecond(Long.parseLong(text, 0, first, 10)),
                Long.parseLong(text, first + 1, second, 10),
                BasketFormat.basket(basket < 0 ? "" : text.substring(basket + 1)));
    }

    private static Tag tag(String text) {
        int blank = text.indexOf(' ');
        return new Tag(
                text.substring(blank + 1),
                Instant.ofEpochSecond(Long.parseLong(text, 0, blank, 10)));
    }

    private static Attribute attribute(String text) {
        int blank = text.indexOf(' ');
        return new Attribute(
                blank == text.length() - 1
                        ? Optional.empty()
                        : Optional.of(Attribute.Value.ofWritten(text.substring(blank + 1))),
                Instant.ofEpochSecond(Long.parseLong(text, 0, blank, 10)));
    }

    private static <T> T required(Optional<T> value, String name) {
        return value.orElseThrow(
                () -> new IllegalStateException("the item has no attribute " + name));
    }
}
