package io.memberday.plan;

import io.memberday.member.Channel;
import io.memberday.money.Price;
import io.memberday.playbook.Store;
import io.memberday.result.Figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a campaign for a segment may bring, and cost (R35): addressable members × conversion ×
 * average order, on each channel alone and on the first that reaches each member.
 *
 * @param averageOrder minor units; nothing if it is not known
 * @param parts of each SMS
 */
record SegmentForecast(
        Store store,
        SegmentTraits traits,
        Expectation expectation,
        Optional<Long> averageOrder,
        int parts) {

    /**
     * One way to send.
     *
     * @param by the channel, or all of them
     * @param messages to be sent
     * @param micros what they cost
     */
    record Way(String by, long messages, long micros) {}

    /** The first that reaches, then each channel alone; the same is not said twice. */
    List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        long micros =
                traits.firstChannel().entrySet().stream()
                        .mapToLong(entry -> cost(entry.getKey(), entry.getValue()))
                        .sum();
        if (traits.reach().size() > 1) {
            ways.add(new Way("first that reaches", traits.addressable(), micros));
        }
        traits.reach()
                .forEach(
                        (channel, reach) ->
                                ways.add(
                                        new Way(
                                                channel.key(),
                                                reach.now(),
                                                cost(channel, reach.now()))));
        return ways;
    }

    private long cost(Channel channel, long messages) {
        long each = store.channels().get(channel).price().micros();
        return messages * each * (channel == Channel.SMS ? parts : 1);
    }

    /** Expected buyers among so many who are addressed. */
    long buyers(long messages) {
        return Math.round(messages * expectation.conversion());
    }

    /** What they bring, minor units; nothing if the average order is not known. */
    Optional<Long> amount(long messages) {
        return averageOrder.map(minor -> Math.round(messages * expectation.conversion() * minor));
    }

    /** A way as JSON. */
    Map<String, Object> json(Way way) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("by", way.by());
        json.put("messages", way.messages());
        json.put("cost", Price.rounded(way.micros(), store.currency()).toString());
        json.put("buyers", buyers(way.messages()));
        expectation
                .interval()
                .ifPresent(
                        range ->
                                json.put(
                                        "buyersInterval",
                                        "%d to %d"
                                                .formatted(
                                                        Math.round(way.messages() * range.low()),
                                                        Math.round(
                                                                way.messages() * range.high()))));
        amount(way.messages())
                .ifPresent(
                        minor -> {
                            json.put("amount", Figures.money(minor, store.currency()));
                            json.put("roi", Figures.ratio(minor, way.micros(), store.currency()));
                        });
        return json;
    }
}
