package io.memberday.local.shop;

import io.memberday.local.shop.Person.Outlets;
import io.memberday.local.shop.ShopOrder.Item;
import io.memberday.local.shop.ShopOrder.Step;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes a simulated person's orders, the same for the same seed: the year behind, with its days of
 * promotion, and baskets for the days to come.
 */
final class PastOrders {
    private static final int HUNDRED = 100;
    private static final int YEAR = 365;

    /** Orders of one person are numbered within so many. */
    private static final long MOST_ORDERS = 100;

    /** Month and day of the shop's great days, and how many days each lasts. */
    private static final int[][] GREAT_DAYS = {{11, 11, 2}, {6, 18, 3}, {12, 12, 1}, {3, 8, 2}};

    private final List<Good> goods = Good.all();
    private final int weights = goods.stream().mapToInt(Good::weight).sum();
    private final long seed;
    private final Instant today;
    private final ZoneId zone;

    PastOrders(long seed, Instant today, ZoneId zone) {
        this.seed = seed;
        this.today = today;
        this.zone = zone;
    }

    /** The orders of the year behind, oldest first, each in its last state. */
    List<ShopOrder> of(Person buyer) {
        Random random = new Random(seed * 7_368_787 + buyer.number());
        random.nextLong();
        List<Instant> times =
                IntStream.range(0, buyer.appetite()).mapToObj(n -> day(random)).sorted().toList();
        List<ShopOrder> orders = new ArrayList<>();
        for (Instant at : times) {
            ShopOrder order = placed(buyer, orders.size(), at, random);
            orders.add(lived(order, random));
        }
        // Some who never kept a purchase have tried: they left it unpaid, or gave it back.
        if (buyer.appetite() == 0 && random.nextInt(HUNDRED) < 45) {
            ShopOrder order = placed(buyer, 0, day(random), random);
            orders.add(
                    random.nextInt(HUNDRED) < 70
                            ? order.step(Step.CLOSED, order.createdAt().plus(Duration.ofHours(24)))
                            : lived(order, random)
                                    .refunded(
                                            order.totalMinor(),
                                            order.createdAt().plus(Duration.ofDays(9))));
        }
        return orders;
    }

    /** A new order of somebody, with a basket that fits. */
    ShopOrder next(Person buyer, int index, Instant at) {
        return placed(
                buyer,
                index,
                at,
                new Random(seed * 15_485_863 + buyer.number() * MOST_ORDERS + index));
    }

    private ShopOrder placed(Person buyer, int index, Instant at, Random random) {
        boolean onSite =
                switch (buyer.outlets()) {
                    case MARKETPLACE -> false;
                    case SITE -> true;
                    // The first on the marketplace, the last on the site: then it is one person.
                    case BOTH -> index > 0 && (index == 1 || random.nextBoolean());
                };
        boolean showsPhone = buyer.outlets() != Outlets.BOTH || !onSite || index > 0;
        return ShopOrder.placed(
                number(buyer, index), buyer, onSite, showsPhone, basket(random), at);
    }

    private static long number(Person buyer, int index) {
        return 5_800_000_000_000L + buyer.number() * MOST_ORDERS + index;
    }

    private List<Item> basket(Random random) {
        List<Item> items = new ArrayList<>();
        int lines = random.nextInt(HUNDRED) < 62 ? 1 : 2 + random.nextInt(2);
        while (items.size() < lines) {
            Good good = good(random);
            if (items.stream().noneMatch(item -> item.good().equals(good))) {
                items.add(new Item(good, random.nextInt(HUNDRED) < 80 ? 1 : 2));
            }
        }
        return items;
    }

    private Good good(Random random) {
        int drawn = random.nextInt(weights);
        for (Good good : goods) {
            drawn -= good.weight();
            if (drawn < 0) {
                return good;
            }
        }
        throw new IllegalStateException("goods.yaml is empty");
    }

    private ShopOrder lived(ShopOrder placed, Random random) {
        Instant paid = placed.createdAt().plusSeconds(20 + random.nextInt(900));
        Instant shipped = paid.plus(Duration.ofHours(6 + random.nextInt(30)));
        Instant signed = shipped.plus(Duration.ofHours(30 + random.nextInt(70)));
        ShopOrder order =
                placed.step(Step.PAID, paid)
                        .shipped("SF%013d".formatted(placed.number()), shipped)
                        .step(Step.SIGNED, signed);
        if (random.nextInt(HUNDRED) < 60) {
            order = order.step(Step.CONFIRMED, signed.plus(Duration.ofDays(1 + random.nextInt(7))));
        }
        if (random.nextInt(HUNDRED) < 4) {
            boolean whole = random.nextBoolean();
            long back = whole ? order.totalMinor() : order.totalMinor() / 2;
            order = order.refunded(back, signed.plus(Duration.ofDays(2)));
        }
        return order;
    }

    /** A moment of the year behind: by day, and one in four on a great day. */
    private Instant day(Random random) {
        LocalDate now = LocalDate.ofInstant(today, zone);
        LocalDate date = now.minusDays(16L + random.nextInt(YEAR - 16));
        if (random.nextInt(HUNDRED) < 25) {
            int[] great = GREAT_DAYS[random.nextInt(GREAT_DAYS.length)];
            LocalDate day =
                    LocalDate.of(now.getYear(), great[0], great[1])
                            .plusDays(random.nextInt(great[2]));
            date = day.isAfter(now.minusDays(16)) ? day.minusYears(1) : day;
        }
        return date.atTime(8 + random.nextInt(15), random.nextInt(60), random.nextInt(60))
                .atZone(zone)
                .toInstant();
    }
}
