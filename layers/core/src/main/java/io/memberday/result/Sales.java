package io.memberday.result;

import io.memberday.campaign.Run;
import io.memberday.result.Buyers.Buyer;
import io.memberday.result.CampaignResult.Day;
import io.memberday.result.CampaignResult.Line;
import io.memberday.result.PaidOrders.PaidOrder;
import io.memberday.touch.Outcome;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums up what a run's members bought: by group, by day, by channel and template. */
final class Sales {
    private final Run run;
    private final Terms terms;
    private final Sum ofSent = new Sum();
    private final Sum ofHeld = new Sum();
    private final Map<LocalDate, Sum> byDay = new HashMap<>();
    private final Map<String, Sum> byLine = new HashMap<>();
    private final Map<Group.Key, Sum> sentByGroup = new HashMap<>();
    private final Map<Group.Key, Sum> heldByGroup = new HashMap<>();

    Sales(Run run, Terms terms) {
        this.run = run;
        this.terms = terms;
    }

    private static final class Sum {
        private long buyers;
        private long orders;
        private long minor;
        private double squares;

        private void addBuyer(List<PaidOrder> bought) {
            long brought = bought.stream().mapToLong(PaidOrder::keptMinor).sum();
            buyers++;
            orders += bought.size();
            minor += brought;
            squares += (double) brought * brought;
        }

        private Arm arm(long members) {
            return new Arm(members, buyers, orders, minor, squares);
        }
    }

    void add(Buyer buyer) {
        Outcome message = buyer.sent();
        if (message != null) {
            List<PaidOrder> bought = buyer.ordersAfter(message, terms.attribution());
            if (!bought.isEmpty()) {
                ofSent.addBuyer(bought);
                byLine.computeIfAbsent(TouchTally.lineOf(message), line -> new Sum())
                        .addBuyer(bought);
                groups(sentByGroup, buyer, bought);
                day(bought.getFirst()).buyers++;
                for (PaidOrder order : bought) {
                    Sum day = day(order);
                    day.orders++;
                    day.minor += order.keptMinor();
                }
            }
        } else if (buyer.held()) {
            List<PaidOrder> bought = buyer.ordersAfter(run.at(), terms.attribution());
            if (!bought.isEmpty()) {
                ofHeld.addBuyer(bought);
                groups(heldByGroup, buyer, bought);
            }
        }
    }

    private static void groups(Map<Group.Key, Sum> sums, Buyer buyer, List<PaidOrder> bought) {
        buyer.groups()
                .forEach(key -> sums.computeIfAbsent(key, none -> new Sum()).addBuyer(bought));
    }

    private Sum day(PaidOrder order) {
        return byDay.computeIfAbsent(
                LocalDate.ofInstant(order.paidAt(), terms.zone()), date -> new Sum());
    }

    Arm sent(long members) {
        return ofSent.arm(members);
    }

    Arm held(long members) {
        return ofHeld.arm(members);
    }

    /** Every day from the run's to the last, those without a sale too. */
    List<Day> days(Map<LocalDate, Long> sentByDay, Instant until) {
        LocalDate last = LocalDate.ofInstant(until, terms.zone());
        List<Day> days = new ArrayList<>();
        for (LocalDate date = LocalDate.ofInstant(run.at(), terms.zone());
                !date.isAfter(last);
                date = date.plusDays(1)) {
            Sum sum = byDay.getOrDefault(date, new Sum());
            days.add(
                    new Day(
                            date,
                            sentByDay.getOrDefault(date, 0L),
                            sum.buyers,
                            sum.orders,
                            sum.minor));
        }
        return days;
    }

    /** The parts of the audience with what their members bought. */
    List<Group> groups(Map<Group.Key, TouchTally.Counts> counted) {
        List<Group> groups = new ArrayList<>();
        counted.forEach(
                (key, counts) ->
                        groups.add(
                                new Group(
                                        key,
                                        sentByGroup.getOrDefault(key, new Sum()).arm(counts.sent()),
                                        heldByGroup.getOrDefault(key, new Sum()).arm(counts.held()),
                                        counts.parts(),
                                        counts.costMicros())));
        return groups;
    }

    /** The lines with what their members bought. */
    List<Line> lines(Map<String, Line> sent) {
        List<Line> lines = new ArrayList<>();
        sent.forEach(
                (key, line) -> {
                    Sum sum = byLine.getOrDefault(key, new Sum());
                    lines.add(
                            new Line(
                                    line.channel(),
                                    line.template(),
                                    line.sent(),
                                    line.parts(),
                                    line.costMicros(),
                                    sum.buyers,
                                    sum.orders,
                                    sum.minor));
                });
        return lines;
    }
}
