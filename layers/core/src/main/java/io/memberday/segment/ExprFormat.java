package io.memberday.segment;

import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.segment.Day.Span;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The compiled form of an expression: constants as themselves, everything else as an object of one
 * field, such as {@code {">=": [{"field": "spent"}, 50000]}}.
 */
final class ExprFormat {
    private ExprFormat() {}

    static Object write(Expr expr) {
        return switch (expr) {
            case Expr.Truth truth -> truth.value();
            case Expr.Whole whole -> whole.value();
            case Expr.Text text -> text.value();
            case Expr.Texts texts -> Map.of("texts", List.copyOf(new TreeSet<>(texts.values())));
            case Expr.Wholes list -> Map.of("wholes", List.copyOf(new TreeSet<>(list.values())));
            case Expr.Look look -> Map.of("field", look.fact().key());
            case Expr.OrderLook look -> Map.of("orderField", look.fact().key());
            case Expr.PricePaid price -> Map.of("pricePaid", price.product());
            case Expr.Binary two ->
                    Map.of(two.operator().sign(), List.of(write(two.left()), write(two.right())));
            case Expr.Not not -> Map.of("not", List.of(write(not.of())));
            case Expr.Negative negative -> Map.of("negative", List.of(write(negative.of())));
            case Expr.Size size -> Map.of("size", List.of(write(size.of())));
            case Expr.Choice choice ->
                    Map.of(
                            "choice",
                            List.of(
                                    write(choice.condition()),
                                    write(choice.then()),
                                    write(choice.otherwise())));
            case Expr.Bought bought -> span("bought", bought.days());
            case Expr.BoughtGoods bought -> goods(bought);
            case Expr.BoughtCount bought -> span("boughtCount", bought.days());
            case Expr.SpentBetween spent -> span("spentBetween", spent.days());
            case Expr.FirstBought first -> span("firstBought", first.days());
            case Expr.LastBought last -> span("lastBought", last.days());
            case Expr.Reachable reachable -> Map.of("reachable", reachable.channel().key());
            case Expr.Agreed agreed -> Map.of("agreed", agreed.channel().key());
            case Expr.Declined declined -> Map.of("declined", declined.channel().key());
            case Expr.AddressHas has -> Map.of("addressHas", has.words());
            case Expr.SinceMarketing since -> Map.of("sinceMarketing", since.channel().key());
            case Expr.MarketingSent sent ->
                    Map.of("marketingSent", List.of(sent.channel().key(), (long) sent.days()));
            case Expr.Got got -> Map.of("got", got.campaign());
            case Expr.TaggedBy tagged -> Map.of("taggedBy", List.of(tagged.tag(), tagged.who()));
            case Expr.SinceTag since -> Map.of("sinceTag", since.tag());
            case Expr.Attributed(Expr.Type type, String name) ->
                    Map.of("attribute", List.of(type.name(), name));
            case Expr.HasAttribute has -> Map.of("hasAttribute", has.name());
        };
    }

    private static Object goods(Expr.BoughtGoods bought) {
        List<String> parts = new ArrayList<>();
        parts.add(bought.of().name());
        parts.add(bought.name());
        bought.days()
                .ifPresent(
                        days -> {
                            parts.add(days.from().written());
                            parts.add(days.to().written());
                        });
        return Map.of("boughtGoods", parts);
    }

    private static Object span(String name, Span days) {
        return Map.of(name, List.of(days.from().written(), days.to().written()));
    }

    /**
     * @throws BadInput if it is not what {@link #write} writes
     */
    static Expr read(Object compiled) {
        return switch (compiled) {
            case Boolean truth -> new Expr.Truth(truth);
            case Integer whole -> new Expr.Whole(whole);
            case Long whole -> new Expr.Whole(whole);
            case String text -> new Expr.Text(text);
            case Map<?, ?> map when map.size() == 1 -> {
                Map.Entry<?, ?> only = map.entrySet().iterator().next();
                yield node(String.valueOf(only.getKey()), only.getValue());
            }
            default -> throw unreadable(compiled);
        };
    }

    private static Expr node(String name, Object content) {
        return switch (name) {
            case "field" ->
                    new Expr.Look(
                            Fact.of(String.valueOf(content))
                                    .orElseThrow(() -> unreadable(content)));
            case "orderField" ->
                    new Expr.OrderLook(
                            OrderFact.of(String.valueOf(content))
                                    .orElseThrow(() -> unreadable(content)));
            case "pricePaid" -> new Expr.PricePaid(String.valueOf(content));
            case "reachable" -> new Expr.Reachable(Channel.of(String.valueOf(content)));
            case "agreed" -> new Expr.Agreed(Channel.of(String.valueOf(content)));
            case "declined" -> new Expr.Declined(Channel.of(String.valueOf(content)));
            case "sinceMarketing" -> new Expr.SinceMarketing(Channel.of(String.valueOf(content)));
            case "got" -> new Expr.Got(String.valueOf(content));
            case "hasAttribute" -> new Expr.HasAttribute(String.valueOf(content));
            case "sinceTag" -> new Expr.SinceTag(String.valueOf(content));
            default -> {
                if (!(content instanceof List<?> list)) {
                    throw unreadable(content);
                }
                yield listed(name, list);
            }
        };
    }

    private static Expr listed(String name, List<?> list) {
        return switch (name) {
            case "texts" -> new Expr.Texts(new HashSet<>(texts(list)));
            case "wholes" -> new Expr.Wholes(wholes(list));
            case "not" -> new Expr.Not(read(list.getFirst()));
            case "negative" -> new Expr.Negative(read(list.getFirst()));
            case "size" -> new Expr.Size(read(list.getFirst()));
            case "choice" ->
                    new Expr.Choice(read(list.get(0)), read(list.get(1)), read(list.get(2)));
            case "bought" -> new Expr.Bought(span(list));
            case "boughtGoods" ->
                    new Expr.BoughtGoods(
                            Expr.Goods.valueOf(String.valueOf(list.getFirst())),
                            String.valueOf(list.get(1)),
                            list.size() > 2
                                    ? Optional.of(span(list.subList(2, list.size())))
                                    : Optional.empty());
            case "boughtCount" -> new Expr.BoughtCount(span(list));
            case "spentBetween" -> new Expr.SpentBetween(span(list));
            case "firstBought" -> new Expr.FirstBought(span(list));
            case "lastBought" -> new Expr.LastBought(span(list));
            case "marketingSent" ->
                    new Expr.MarketingSent(
                            Channel.of(String.valueOf(list.getFirst())),
                            Integer.parseInt(String.valueOf(list.get(1))));
            case "taggedBy" ->
                    new Expr.TaggedBy(String.valueOf(list.getFirst()), String.valueOf(list.get(1)));
            case "attribute" ->
                    new Expr.Attributed(
                            Expr.Type.valueOf(String.valueOf(list.getFirst())),
                            String.valueOf(list.get(1)));
            case "addressHas" -> new Expr.AddressHas(texts(list));
            default ->
                    new Expr.Binary(
                            Arrays.stream(Expr.Operator.values())
                                    .filter(operator -> operator.sign().equals(name))
                                    .findFirst()
                                    .orElseThrow(() -> unreadable(name)),
                            read(list.get(0)),
                            read(list.get(1)));
        };
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }

    private static Set<Long> wholes(List<?> list) {
        Set<Long> values = new HashSet<>();
        for (Object item : list) {
            if (!(item instanceof Number number)) {
                throw unreadable(item);
            }
            values.add(number.longValue());
        }
        return values;
    }

    private static Span span(List<?> list) {
        return new Span(day(list.getFirst()), day(list.get(1)));
    }

    private static Day day(Object written) {
        return Day.of(String.valueOf(written)).orElseThrow(() -> unreadable(written));
    }

    private static BadInput unreadable(Object node) {
        return new BadInput("segment", node, "is not a compiled expression: compile it anew");
    }
}
