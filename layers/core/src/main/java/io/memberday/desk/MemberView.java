package io.memberday.desk;

import io.memberday.care.Case;
import io.memberday.care.CaseFile;
import io.memberday.care.CaseStore;
import io.memberday.care.Routing;
import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchases;
import io.memberday.member.Tier;
import io.memberday.money.Money;
import io.memberday.order.Order;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Touchpoint;
import io.memberday.segment.Segments;
import io.memberday.segment.Vantage;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an agent sees of a member (R11), from what is stored, as it is now. */
public final class MemberView {
    static final String MEMBER = "member";

    private static final String AT = "at";
    private static final String VALUE = "value";
    private static final String STATUS = "status";
    private static final String WHAT = "what";
    private static final int ORDERS = 10;
    private static final int MESSAGES = 20;

    private static final Comparator<Map<String, Object>> LATEST_FIRST =
            Comparator.comparing((Map<String, Object> row) -> Instant.parse((String) row.get(AT)))
                    .reversed();

    private final DeskStore store;
    private final CaseStore cases;
    private final Playbook playbook;
    private final OrderHistory history;

    public MemberView(DeskStore store, CaseStore cases, Playbook playbook) {
        this.store = store;
        this.cases = cases;
        this.playbook = playbook;
        this.history = new OrderHistory(store, playbook.store().currency());
    }

    /** All of it, with the newest orders. */
    public Map<String, Object> of(Member member, Instant now) {
        OrderHistory.Page page = history.page(member, Optional.empty(), ORDERS);
        List<Case> allCases = cases.of(names(member));
        Layer layer = Layer.of(member.purchases(), playbook.ladder(), now);
        Tier tier = playbook.ladder().of(member.purchases(), now);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(MEMBER, member.id());
        view.put("was", List.copyOf(new TreeSet<>(member.was())));
        view.put("since", member.since().toString());
        view.put("group", Routing.of(member, allCases, playbook.ladder(), now).key());
        view.put("profile", profile(member));
        view.put("reachable", reachable(member));
        view.put("tier", row("id", tier.id(), "name", tier.name()));
        view.put("layer", layer.key());
        view.put("stage", playbook.store().stages().of(member.purchases().last(), now));
        view.put("points", member.points());
        view.put("purchases", purchases(member.purchases()));
        view.put("tags", tags(member));
        view.put("attributes", attributes(member));
        view.put("consent", consent(member));
        member.lastLogin().ifPresent(at -> view.put("lastLogin", at.toString()));
        view.put("behaviour", behaviour(member));
        view.put("segments", segments(member, now));
        wanted(member, page).ifPresent(wanted -> view.put("wanted", wanted));
        view.put("cases", open(allCases));
        view.putAll(history.written(page));
        view.put("messages", messages(member, page));
        return view;
    }

    /** The named segments of the playbook in which a member is now. */
    public List<String> segments(Member member, Instant now) {
        Vantage vantage = playbook.vantage(now);
        return playbook.segments().entrySet().stream()
                .filter(
                        named ->
                                Segments.answerable(
                                        named.getValue(),
                                        vantage.today(),
                                        playbook.store().horizon()))
                .filter(named -> named.getValue().matches(member, vantage))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The member's id and those of the members that were merged into it. */
    static Set<String> names(Member member) {
        Set<String> names = new TreeSet<>(member.was());
        names.add(member.id());
        return names;
    }

    /** The cases that wait, the newest first. */
    private static List<Map<String, Object>> open(List<Case> cases) {
        return cases.stream()
                .filter(Case::waits)
                .sorted(Comparator.comparing(Case::openedAt).reversed())
                .map(CaseFile::answer)
                .toList();
    }

    private static Map<String, Object> profile(Member member) {
        Map<String, Object> profile = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            member.profile().get(field).ifPresent(value -> profile.put(field.key(), value));
        }
        return profile;
    }

    /** By channel: {@code yes}, {@code no} without an address, {@code dead} if it bounced. */
    private static Map<String, Object> reachable(Member member) {
        Map<String, Object> reachable = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            String is = member.profile().address(channel).isPresent() ? "dead" : "no";
            reachable.put(channel.key(), member.reachableAt(channel).isPresent() ? "yes" : is);
        }
        return reachable;
    }

    private Map<String, Object> purchases(Purchases bought) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kept", bought.count());
        row.put("amount", new Money(bought.minor(), playbook.store().currency()).toString());
        bought.first().ifPresent(at -> row.put("first", at.toString()));
        bought.last().ifPresent(at -> row.put("last", at.toString()));
        return row;
    }

    static List<Map<String, Object>> tags(Member member) {
        List<Map<String, Object>> rows = new ArrayList<>();
        new TreeMap<>(member.tags())
                .forEach((name, tag) -> rows.add(row("name", name, "by", tag.by(), AT, tag.at())));
        return rows;
    }

    private static Map<String, Object> attributes(Member member) {
        Map<String, Object> rows = new LinkedHashMap<>();
        new TreeMap<>(member.attributes().byName())
                .forEach(
                        (name, stated) ->
                                stated.value()
                                        .ifPresent(
                                                value ->
                                                        rows.put(
                                                                name,
                                                                row(
                                                                        VALUE,
                                                                        plain(value),
                                                                        AT,
                                                                        stated.at()))));
        return rows;
    }

    private static Object plain(Attribute.Value value) {
        return switch (value) {
            case Attribute.Text(String text) -> text;
            case Attribute.Whole(long number) -> number;
            case Attribute.Truth(boolean truth) -> truth;
        };
    }

    /** What the member said; of what is not there nothing is known. */
    static List<Map<String, Object>> consent(Member member) {
        List<Map<String, Object>> rows = new ArrayList<>();
        new TreeMap<>(member.consents().byTopic())
                .forEach(
                        (topic, said) ->
                                rows.add(
                                        row(
                                                "channel",
                                                topic.channel().key(),
                                                "kind",
                                                topic.kind().key(),
                                                "granted",
                                                said.granted(),
                                                "explicit",
                                                said.explicit(),
                                                AT,
                                                said.at())));
        return rows;
    }

    /** What the member last did of each kind without buying. */
    private static Map<String, Object> behaviour(Member member) {
        Map<String, Object> rows = new LinkedHashMap<>();
        new TreeMap<>(member.behaviour().last())
                .forEach((act, last) -> rows.put(key(act), done(row(AT, last.at()), last)));
        return rows;
    }

    /**
     * What the member last wanted: the newest order that waits for its payment, else what it did
     * last about some goods.
     */
    private Optional<Map<String, Object>> wanted(Member member, OrderHistory.Page page) {
        return page.orders().stream()
                .filter(order -> order.openSince().isPresent())
                .findFirst()
                .map(
                        order -> {
                            Map<String, Object> wanted =
                                    row(
                                            WHAT,
                                            "unpaid-order",
                                            AT,
                                            order.openSince().orElseThrow(),
                                            "order",
                                            order.key());
                            wanted.put("lines", history.lines(order));
                            return wanted;
                        })
                .or(() -> wantedWithoutOrder(member));
    }

    private static Optional<Map<String, Object>> wantedWithoutOrder(Member member) {
        return member.behaviour().last().entrySet().stream()
                .filter(act -> !(act.getValue().product() + act.getValue().category()).isEmpty())
                .max(
                        Comparator.comparing(
                                        (Map.Entry<Act, Behaviour.Last> act) -> act.getValue().at())
                                .thenComparing(Map.Entry::getKey))
                .map(
                        act ->
                                done(
                                        row(WHAT, key(act.getKey()), AT, act.getValue().at()),
                                        act.getValue()));
    }

    private static Map<String, Object> done(Map<String, Object> row, Behaviour.Last last) {
        put(row, "product", last.product());
        put(row, "category", last.category());
        return row;
    }

    private static String key(Act act) {
        return act.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The latest messages: who was addressed by which run, and the touches of touchpoints about the
     * orders of the page. What became of a run's message stands with the run: explain tells.
     */
    private List<Map<String, Object>> messages(Member member, OrderHistory.Page page) {
        List<Map<String, Object>> rows = new ArrayList<>();
        member.claims()
                .forEach(
                        (run, claim) -> {
                            Map<String, Object> row =
                                    row(
                                            AT,
                                            claim.at(),
                                            "run",
                                            run.replaceFirst("/.*", ""),
                                            "channel",
                                            claim.channel().key(),
                                            STATUS,
                                            "addressed");
                            if (!claim.variant().isEmpty()) {
                                row.put("variant", claim.variant());
                            }
                            rows.add(row);
                        });
        store.touches(touches(page.orders())).values().forEach(touch -> rows.add(message(touch)));
        return rows.stream().sorted(LATEST_FIRST).limit(MESSAGES).toList();
    }

    private List<String> touches(List<Order> orders) {
        return orders.stream()
                .flatMap(
                        order ->
                                Stream.concat(
                                        Stream.of(order.key().toString()),
                                        OrderHistory.parcels(order).stream().map(Object::toString)))
                .distinct()
                .flatMap(
                        subject ->
                                playbook.touchpoints().stream()
                                        .map(Touchpoint::id)
                                        .map(id -> ServiceTouch.id(id, subject)))
                .toList();
    }

    private Map<String, Object> message(ServiceTouch touch) {
        Map<String, Object> row =
                row(
                        AT,
                        touch.outcome().map(Outcome::at).orElse(touch.dueAt()),
                        "touchpoint",
                        touch.touchpoint(),
                        "order",
                        touch.order());
        touch.parcel().ifPresent(parcel -> row.put("parcel", parcel));
        row.put(
                STATUS,
                touch.outcome()
                        .map(ended -> ended.status().key())
                        .orElse(touch.state().name().toLowerCase(Locale.ROOT)));
        touch.outcome()
                .ifPresent(
                        ended -> {
                            if (speaks(touch)) {
                                row.put("channel", ended.channel().key());
                            }
                            put(row, "reason", ended.reason());
                            put(row, "template", ended.template());
                        });
        return row;
    }

    /** Who only calls for a person has no channel; of a touchpoint that is gone, its row tells. */
    private boolean speaks(ServiceTouch touch) {
        return playbook.touchpoint(touch.touchpoint())
                .filter(known -> known.channel().isEmpty())
                .isEmpty();
    }

    private static void put(Map<String, Object> row, String name, String text) {
        if (!text.isEmpty()) {
            row.put(name, text);
        }
    }

    /** Names and values in turn; what is no number, truth or text is written as its text. */
    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            row.put(
                    (String) namesAndValues[i],
                    value instanceof Number || value instanceof Boolean ? value : value.toString());
        }
        return row;
    }
}
