package io.memberday.local.page;

import io.memberday.aws.OrderFormat;
import io.memberday.aws.RowDraft;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.member.Member;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One member with orders, touches, ledger and messages. */
final class MemberDetail {
    private static final List<String> KEYS = List.of("memberId", "item", "at");

    private final PageSources sources;
    private final Members members;
    private final Messages messages;
    private final Moments moments;

    MemberDetail(PageSources sources, Members members, Messages messages, Moments moments) {
        this.sources = sources;
        this.members = members;
        this.messages = messages;
        this.moments = moments;
    }

    Map<String, Object> of(String id) {
        Member member = members.one(id);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", member.id());
        answer.put("name", members.row(member, sources.clock().now()).get("name"));
        answer.put("profile", members.profile(member));
        answer.put("orders", orders(member));
        answer.put("touches", touches(member));
        answer.put("activity", activity(member));
        answer.put("messages", messages.of(member));
        return answer;
    }

    private List<Map<String, Object>> orders(Member member) {
        return ids(member)
                .flatMap(
                        id ->
                                sources
                                        .dynamoDb()
                                        .queryPaginator(
                                                query ->
                                                        query.tableName(
                                                                        sources.table(
                                                                                "OrdersTable"))
                                                                .indexName("byMember")
                                                                .keyConditionExpression(
                                                                        "memberId = :id")
                                                                .expressionAttributeValues(
                                                                        Map.of(
                                                                                ":id",
                                                                                RowDraft.of(id))))
                                        .items()
                                        .stream())
                .map(item -> OrderFormat.order(item).order())
                .sorted(
                        Comparator.comparing(
                                        (Order order) ->
                                                order.at(Milestone.CREATED).orElse(Instant.EPOCH))
                                .reversed())
                .map(this::order)
                .toList();
    }

    private Map<String, Object> order(Order order) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", order.key().toString());
        row.put("at", moments.written(order.at(Milestone.CREATED)));
        row.put("state", state(order));
        row.put("amount", members.money(order.totalMinor()));
        row.put(
                "items",
                order.facts().map(OrderFacts::lines).orElse(List.of()).stream()
                        .map(MemberDetail::line)
                        .collect(Collectors.joining(", ")));
        return row;
    }

    private static String line(Line line) {
        String name = line.title().isEmpty() ? line.product() : line.title();
        return line.quantity() == 1 ? name : name + " × " + line.quantity();
    }

    private String state(Order order) {
        String latest =
                Stream.of(Milestone.values())
                        .filter(milestone -> order.at(milestone).isPresent())
                        .map(Milestone::key)
                        .reduce((first, second) -> second)
                        .orElse("unknown");
        return order.refundedMinor() == 0
                ? latest
                : latest + ", refunded " + members.money(order.refundedMinor());
    }

    /** What runs and touchpoints meant for the member, and what became of it. */
    private List<Map<String, Object>> touches(Member member) {
        List<Map<String, Object>> rows = new ArrayList<>();
        member.claims()
                .forEach(
                        (run, claim) ->
                                rows.add(
                                        touch(
                                                claim.at(),
                                                run + " by " + claim.channel().key(),
                                                "claimed",
                                                "")));
        List<String> ids = ids(member).toList();
        sources
                .dynamoDb()
                .scanPaginator(
                        scan ->
                                scan.tableName(sources.table("CampaignResultsTable"))
                                        .limit(1000)
                                        .filterExpression("begins_with(pk, :touch)")
                                        .expressionAttributeValues(
                                                Map.of(":touch", RowDraft.of("touch#"))))
                .items()
                .stream()
                .map(ServiceTouchFormat::touch)
                .filter(touch -> ids.contains(touch.memberId()))
                .forEach(touch -> rows.add(touch(touch)));
        rows.sort(Comparator.comparing(row -> String.valueOf(row.get("at"))));
        return rows.reversed();
    }

    private Map<String, Object> touch(ServiceTouch touch) {
        Optional<Outcome> outcome = touch.outcome();
        return touch(
                outcome.map(Outcome::at).orElse(touch.dueAt()),
                touch.touchpoint() + " · " + touch.subject(),
                outcome.map(ended -> ended.status().key())
                        .orElse(touch.state().name().toLowerCase(java.util.Locale.ROOT)),
                outcome.map(Outcome::reason).orElse(""));
    }

    private Map<String, Object> touch(Instant at, String what, String state, String why) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", moments.written(at));
        row.put("what", what);
        row.put("state", state);
        row.put("why", why);
        return row;
    }

    private List<Map<String, Object>> activity(Member member) {
        List<Map<String, Object>> rows = new ArrayList<>();
        ids(member)
                .forEach(
                        id ->
                                sources.dynamoDb()
                                        .queryPaginator(
                                                query ->
                                                        query.tableName(
                                                                        sources.table(
                                                                                "MemberActivityTable"))
                                                                .keyConditionExpression(
                                                                        "memberId = :id")
                                                                .expressionAttributeValues(
                                                                        Map.of(
                                                                                ":id",
                                                                                RowDraft.of(id))))
                                        .items()
                                        .forEach(item -> rows.add(activity(item))));
        rows.sort(Comparator.comparing(row -> String.valueOf(row.get("at"))));
        return rows.reversed();
    }

    /** The row's own attributes: whatever kind of activity it is. */
    private Map<String, Object> activity(Map<String, AttributeValue> item) {
        Map<String, Object> row = new LinkedHashMap<>();
        AttributeValue at = item.get("at");
        row.put(
                "at",
                at == null || at.n() == null
                        ? ""
                        : moments.written(Instant.ofEpochSecond(Long.parseLong(at.n()))));
        row.put("item", item.get("item").s());
        row.put(
                "what",
                item.entrySet().stream()
                        .filter(entry -> !KEYS.contains(entry.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + plain(entry.getValue()))
                        .collect(Collectors.joining(" · ")));
        return row;
    }

    private static String plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case BOOL -> value.bool() ? "yes" : "no";
            default -> value.type().toString();
        };
    }

    /** Rows written before a merge stand under the id that the member had then. */
    private static Stream<String> ids(Member member) {
        return Stream.concat(Stream.of(member.id()), member.was().stream());
    }
}
