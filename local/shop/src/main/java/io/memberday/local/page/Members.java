package io.memberday.local.page;

import io.memberday.aws.MemberFormat;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Survivor;
import io.memberday.member.Tier;
import io.memberday.money.Money;

import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The members as the page lists them. */
final class Members {
    private final PageSources sources;

    Members(PageSources sources) {
        this.sources = sources;
    }

    /** All that were not merged into another. */
    List<Member> all() {
        return LiveMembers.of(sources.dynamoDb(), sources.table("MembersTable"));
    }

    /** One member; a merged one's id leads to the winner. */
    Member one(String id) {
        return Survivor.of(id, this::find)
                .orElseThrow(() -> new Refusal(404, "there is no member " + id));
    }

    private Optional<Member> find(String id) {
        GetItemResponse found =
                sources.dynamoDb()
                        .getItem(
                                get ->
                                        get.tableName(sources.table("MembersTable"))
                                                .key(MemberFormat.key(id))
                                                .consistentRead(true));
        return found.hasItem() ? Optional.of(MemberFormat.member(found.item())) : Optional.empty();
    }

    /** The answer to a search. */
    Map<String, Object> list(Query query) {
        Instant now = sources.clock().now();
        List<Map<String, Object>> rows =
                query.sought(
                        all().stream().map(member -> row(member, now)).toList(), Map::toString);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", rows.size());
        answer.put("members", rows.stream().limit(query.limit()).toList());
        return answer;
    }

    /** One line of the list. */
    Map<String, Object> row(Member member, Instant now) {
        Tier tier = tier(member, now);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", member.id());
        row.put("name", member.profile().get(Field.NAME).orElse(""));
        row.put("phone", member.profile().get(Field.PHONE).orElse(""));
        row.put("email", member.profile().get(Field.EMAIL).orElse(""));
        row.put("country", member.profile().get(Field.COUNTRY).orElse(""));
        row.put("city", member.profile().get(Field.CITY).orElse(""));
        row.put("tier", tier.id());
        row.put("tierName", tier.name());
        row.put("core", tier.core());
        row.put("layer", layer(member, now));
        row.put("stage", stage(member, now));
        row.put("purchases", member.purchases().count());
        row.put("amount", money(member.purchases().minor()));
        row.put("points", member.points());
        row.put("tags", List.copyOf(new TreeSet<>(member.tags().keySet())));
        row.put("consent", consent(member));
        row.put("open", member.openOrders().size());
        row.put("runs", List.copyOf(new TreeSet<>(member.claims().keySet())));
        return row;
    }

    /** All that is known of a person, by words for people. */
    Map<String, String> profile(Member member) {
        Instant now = sources.clock().now();
        Map<String, String> profile = new LinkedHashMap<>();
        profile.put("member", member.id());
        for (Field field : Field.values()) {
            member.profile().get(field).ifPresent(value -> profile.put(field.key(), value));
        }
        profile.put("tier", tier(member, now).name());
        profile.put("layer", layer(member, now));
        profile.put("stage", stage(member, now));
        profile.put("points", Long.toString(member.points()));
        profile.put(
                "kept purchases",
                member.purchases().count() + ", " + money(member.purchases().minor()));
        member.consents()
                .byTopic()
                .forEach(
                        (topic, consent) ->
                                profile.put("consent " + topic.key(), said(Optional.of(consent))));
        if (!member.was().isEmpty()) {
            profile.put("merged from", String.join(", ", new TreeSet<>(member.was())));
        }
        member.dead().forEach((channel, address) -> profile.put("dead " + channel.key(), address));
        if (!member.counters().isEmpty()) {
            profile.put("sends counted", new java.util.TreeMap<>(member.counters()).toString());
        }
        return profile;
    }

    Tier tier(Member member, Instant now) {
        return sources.playbook().ladder().of(member.purchases(), now);
    }

    String layer(Member member, Instant now) {
        return Layer.of(member.purchases(), sources.playbook().ladder(), now).key();
    }

    String stage(Member member, Instant now) {
        return sources.playbook().store().stages().of(member.purchases().last(), now);
    }

    /** Marketing consent by channel: {@code yes}, {@code refused} or {@code unknown}. */
    static Map<String, String> consent(Member member) {
        Map<String, String> consent = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            consent.put(channel.key(), said(member.consents().of(channel, Kind.MARKETING)));
        }
        return consent;
    }

    String money(long minor) {
        return new Money(minor, sources.playbook().store().currency()).toString();
    }

    private static String said(Optional<Consent> consent) {
        return consent.map(known -> known.granted() ? "yes" : "refused").orElse("unknown");
    }
}
