package io.memberday.export;

import io.memberday.file.Sha256;
import io.memberday.member.Channel;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.money.Money;
import io.memberday.segment.Vantage;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** What can be told of a member in an export. */
public enum Column {
    MEMBER_ID("memberId", (member, view) -> member.id()),
    NAME("name", Field.NAME),
    PHONE("phone", (member, view) -> address(member, Channel.SMS, view)),
    EMAIL("email", (member, view) -> address(member, Channel.EMAIL, view)),
    /** Of the phone in E.164, as ad platforms match it. */
    PHONE_SHA256("phoneSha256", (member, view) -> hash(address(member, Channel.SMS, view))),
    /** Of the address in lower case, as ad platforms match it. */
    EMAIL_SHA256("emailSha256", (member, view) -> hash(address(member, Channel.EMAIL, view))),
    LANGUAGE("language", Field.LANGUAGE),
    GENDER("gender", Field.GENDER),
    BIRTHDAY("birthday", Field.BIRTHDAY),
    COUNTRY("country", Field.COUNTRY),
    REGION("region", Field.REGION),
    CITY("city", Field.CITY),
    ADDRESS("address", Field.ADDRESS),
    SINCE("since", (member, view) -> view.date(Optional.of(member.since()))),
    LAYER(
            "layer",
            (member, view) ->
                    Layer.of(member.purchases(), view.at().ladder(), view.at().now()).key()),
    TIER("tier", (member, view) -> view.at().ladder().of(member.purchases(), view.at().now()).id()),
    STAGE(
            "stage",
            (member, view) -> view.at().stages().of(member.purchases().last(), view.at().now())),
    KEPT_PURCHASES("keptPurchases", (member, view) -> member.purchases().count()),
    SPENT(
            "spent",
            (member, view) ->
                    new Money(member.purchases().minor(), view.at().currency()).decimal()),
    FIRST_PURCHASE("firstPurchase", (member, view) -> view.date(member.purchases().first())),
    LAST_PURCHASE("lastPurchase", (member, view) -> view.date(member.purchases().last())),
    POINTS("points", (member, view) -> member.points()),
    TAGS("tags", (member, view) -> List.copyOf(new TreeSet<>(member.tags().keySet()))),
    SMS_MARKETING("smsMarketing", (member, view) -> marketing(member, Channel.SMS)),
    EMAIL_MARKETING("emailMarketing", (member, view) -> marketing(member, Channel.EMAIL));

    /** What tells a person by name or number to whoever reads the file. */
    private static final List<Column> PERSONAL =
            List.of(NAME, PHONE, EMAIL, BIRTHDAY, REGION, CITY, ADDRESS);

    private static final List<Column> HASHED = List.of(PHONE_SHA256, EMAIL_SHA256);

    private final String key;
    private final BiFunction<Member, View, @Nullable Object> value;

    Column(String key, BiFunction<Member, View, @Nullable Object> value) {
        this.key = key;
        this.value = value;
    }

    Column(String key, Field field) {
        this(key, (member, view) -> member.profile().get(field).orElse(null));
    }

    /**
     * How members are looked at.
     *
     * @param at from where tier, stage and dates are seen
     * @param refused whether to give an address also where its owner did not agree to marketing
     */
    public record View(Vantage at, boolean refused) {
        private @Nullable String date(Optional<Instant> time) {
            return time.map(known -> known.atZone(at.zone()).toLocalDate().toString()).orElse(null);
        }
    }

    /** The name in requests and files: {@code keptPurchases}. */
    public String key() {
        return key;
    }

    /** The value for JSON: text, number, truth, list of texts, or null for what is not known. */
    public @Nullable Object of(Member member, View view) {
        return value.apply(member, view);
    }

    /** Those of an export that names none: with hashes nothing that tells the person plainly. */
    public static List<Column> usual(boolean hashed) {
        return Arrays.stream(values())
                .filter(column -> hashed ? !PERSONAL.contains(column) : !HASHED.contains(column))
                .toList();
    }

    private static @Nullable String address(Member member, Channel channel, View view) {
        return member.profile()
                .address(channel)
                .filter(known -> view.refused() || member.consents().allow(channel, Kind.MARKETING))
                .orElse(null);
    }

    private static String marketing(Member member, Channel channel) {
        Consents consents = member.consents();
        return consents.of(channel, Kind.MARKETING)
                .map(consent -> consent.granted() ? "yes" : "no")
                .orElse("unknown");
    }

    private static @Nullable String hash(@Nullable String address) {
        if (address == null) {
            return null;
        }
        return Sha256.hex(address.getBytes(StandardCharsets.UTF_8));
    }
}
