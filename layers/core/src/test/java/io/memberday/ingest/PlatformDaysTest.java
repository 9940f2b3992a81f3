package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Json;
import io.memberday.member.MemberIds;
import io.memberday.order.Milestone;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** P1 through each platform's own words: days told in any sequence, with repeats, end the same. */
class PlatformDaysTest {
    private static final int DAYS = 60;
    private static final int SEQUENCES = 4;
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Instant START = Instant.parse("2026-05-07T02:00:00Z");

    enum Platform {
        SHOPIFY,
        WOOCOMMERCE,
        YOUZAN
    }

    /**
     * A push.
     *
     * @param topic of the platforms that tell it beside the body
     */
    private record Push(String topic, String body) {}

    @ParameterizedTest
    @EnumSource(Platform.class)
    void shouldEndTheSameWhateverTheSequenceAndHoweverOftenEachPushComes(Platform platform) {
        int paid = 0;
        int refunded = 0;
        int shipped = 0;
        int parcels = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            Random random = new Random(seed);
            List<Push> day = day(platform, random);
            InMemoryIngestStore ordered = replay(platform, day);
            String expected = Dump.of(ordered);
            for (OrderRow row : ordered.orders.values()) {
                paid += row.order().at(Milestone.PAID).isPresent() ? 1 : 0;
                refunded += row.order().refundedMinor() > 0 ? 1 : 0;
                shipped += row.order().at(Milestone.SHIPPED).isPresent() ? 1 : 0;
                parcels += row.order().facts().orElseThrow().parcels().size();
            }
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                List<Push> shuffled = new ArrayList<>(day);
                day.stream().filter(_ -> random.nextInt(3) == 0).forEach(shuffled::add);
                Collections.shuffle(shuffled, random);
                assertEquals(
                        expected,
                        Dump.of(replay(platform, shuffled)),
                        "seed " + seed + " sequence " + sequence);
            }
        }
        assertTrue(
                IntStream.of(paid, refunded, shipped, parcels).allMatch(some -> some > DAYS / 4),
                "orders must go all the way to prove anything: %d paid, %d refunded, %d shipped in %d"
                        .formatted(paid, refunded, shipped, parcels));
    }

    private static InMemoryIngestStore replay(Platform platform, List<Push> day) {
        InMemoryIngestStore store = new InMemoryIngestStore();
        OrderIngest ingest =
                new OrderIngest(
                        store,
                        PLAYBOOK,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new MemberIds(new Random(1)),
                        _ -> {},
                        new Random(1));
        day.forEach(push -> read(platform, push).ifPresent(ingest::take));
        return store;
    }

    private static Optional<OrderEvent> read(Platform platform, Push push) {
        return switch (platform) {
            case SHOPIFY ->
                    new ShopifyOrders(PLAYBOOK.store())
                            .read(push.topic(), "tea.myshopify.com", push.body(), NOW);
            case WOOCOMMERCE ->
                    new WooOrders(PLAYBOOK.store())
                            .read(push.topic(), "https://tea.example.com", push.body(), NOW);
            case YOUZAN -> new YouzanOrders(PLAYBOOK.store()).read(push.body(), NOW);
        };
    }

    private static List<Push> day(Platform platform, Random random) {
        List<Push> day = new ArrayList<>();
        for (int order = 1 + random.nextInt(3); order > 0; order--) {
            Telling telling = new Telling(platform, random, order, day);
            telling.begin();
            for (int step = random.nextInt(6); step > 0; step--) {
                telling.step();
            }
        }
        return day;
    }

    /** One order as it goes on, told in its platform's words. */
    private static final class Telling {
        private final Platform platform;
        private final Random random;
        private final long id;
        private final List<Push> day;
        private final int person;
        private final Map<String, Instant> reached = new HashMap<>();
        private final List<Map<String, Object>> refunds = new ArrayList<>();
        private final List<String> parcels = new ArrayList<>();
        private Instant at;

        Telling(Platform platform, Random random, int order, List<Push> day) {
            this.platform = platform;
            this.random = random;
            this.id = 9_007_199_254_740_993L + order;
            this.day = day;
            this.person = random.nextInt(2);
            this.at = START.plusSeconds(random.nextInt(3_600));
        }

        void begin() {
            reached.put("created", at);
            whole(true);
        }

        void step() {
            // Sometimes so soon that two states carry one version.
            at = at.plusSeconds(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(7_200));
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    reached.putIfAbsent("paid", at);
                    whole(false);
                }
                case 2 -> {
                    if (reached.putIfAbsent("shipped", at) != null) {
                        reached.putIfAbsent("completed", at);
                    }
                    parcel();
                    shipped();
                }
                case 3 -> refund();
                default -> {
                    reached.putIfAbsent("closed", at);
                    closed();
                }
            }
        }

        /** One more, or another number for the last. */
        private void parcel() {
            if (!parcels.isEmpty() && random.nextBoolean()) {
                parcels.removeLast();
            }
            parcels.add("SF%d%d".formatted(id, random.nextInt(1_000)));
        }

        private void shipped() {
            switch (platform) {
                case SHOPIFY -> {
                    push("fulfillments/create", fulfillment());
                    whole(false);
                }
                case WOOCOMMERCE -> whole(false);
                case YOUZAN ->
                        youzan(
                                reached.containsKey("completed")
                                        ? "trade_TradeSellerShip"
                                        : "trade_TradePartlySellerShip",
                                random.nextBoolean() ? full() : Map.of());
            }
        }

        private void closed() {
            if (platform == Platform.YOUZAN) {
                youzan("trade_TradeClose", Map.of("close_type", 1));
            } else {
                whole(false);
            }
        }

        private void refund() {
            String name = "70" + refunds.size();
            refunds.add(
                    Map.of(
                            "id",
                            name,
                            "order_id",
                            id,
                            "created_at",
                            at.toString(),
                            "total",
                            "-5.00",
                            "transactions",
                            List.of(
                                    Map.of(
                                            "kind", "refund",
                                            "status", "success",
                                            "currency", "CNY",
                                            "amount", "5.00"))));
            switch (platform) {
                case SHOPIFY -> {
                    push("refunds/create", refunds.getLast());
                    whole(false);
                }
                case WOOCOMMERCE -> whole(false);
                case YOUZAN -> {
                    Map<String, Object> money =
                            Map.of("refund_id", name, "refunded_fee", "5.00", "plus", "a + b");
                    youzan("trade_refund_RefundSuccess", money);
                    youzan("youzan_trade_RefundSuccess", money);
                }
            }
        }

        private void whole(boolean first) {
            switch (platform) {
                case SHOPIFY -> push(first ? "orders/create" : "orders/updated", shopify());
                case WOOCOMMERCE -> push(first ? "order.created" : "order.updated", woo());
                case YOUZAN -> {
                    youzan(first ? "trade_TradeCreate" : "trade_TradePaid", full());
                    if (!first && random.nextBoolean()) {
                        youzan("trade_TradeBuyerPay", full());
                    }
                }
            }
        }

        private void push(String topic, Map<String, Object> body) {
            day.add(new Push(topic, Json.write(body)));
        }

        private Map<String, Object> shopify() {
            Map<String, Object> body = new HashMap<>();
            body.put("id", id);
            body.put("created_at", reached.get("created").toString());
            body.put("updated_at", at.toString());
            body.put("financial_status", reached.containsKey("paid") ? "paid" : "pending");
            body.put(
                    "payment_gateway_names",
                    random.nextBoolean() ? List.of("shopify_payments") : List.of("Bank Deposit"));
            body.put("currency", "CNY");
            body.put("total_price", "88.00");
            body.put("line_items", List.of());
            body.put("refunds", List.copyOf(refunds));
            if (reached.containsKey("shipped")) {
                body.put("fulfillments", List.of(fulfillment()));
            }
            if (reached.containsKey("closed")) {
                body.put("cancelled_at", reached.get("closed").toString());
            }
            body.put(
                    "customer",
                    Map.of(
                            "id", person + 1,
                            "updated_at", at.toString(),
                            "phone", "+861380013800" + person));
            return body;
        }

        private Map<String, Object> fulfillment() {
            return Map.of(
                    "order_id",
                    id,
                    "status",
                    "success",
                    "created_at",
                    reached.get("shipped").toString(),
                    "updated_at",
                    at.toString(),
                    "shipment_status",
                    "in_transit",
                    "tracking_company",
                    "SF",
                    "tracking_numbers",
                    List.copyOf(parcels));
        }

        private Map<String, Object> woo() {
            Map<String, Object> body = new HashMap<>();
            body.put("id", id);
            String open = random.nextBoolean() ? "pending" : "on-hold";
            body.put("status", status("cancelled", "completed", "processing", open));
            body.put("currency", "CNY");
            body.put("date_created_gmt", utc("created"));
            body.put("date_modified_gmt", form(ZoneOffset.UTC, "uuuu-MM-dd'T'HH:mm:ss", at));
            body.put("date_paid_gmt", utc("paid"));
            body.put("date_completed_gmt", utc("completed"));
            List<?> tracked = parcels.stream().map(Telling::tracked).toList();
            body.put(
                    "meta_data",
                    List.of(Map.of("key", "_wc_shipment_tracking_items", "value", tracked)));
            body.put("total", "88.00");
            body.put("line_items", List.of());
            body.put("shipping_lines", List.of(Map.of("id", 1)));
            body.put("refunds", List.copyOf(refunds));
            body.put("customer_id", random.nextInt(3) == 0 ? 0 : person + 1);
            body.put("billing", Map.of("phone", "1380013800" + person, "city", "上海"));
            return body;
        }

        private static Map<String, Object> tracked(String number) {
            return Map.of("custom_tracking_provider", "顺丰速运", "tracking_number", number);
        }

        private String utc(String milestone) {
            return reached.containsKey(milestone)
                    ? form(ZoneOffset.UTC, "uuuu-MM-dd'T'HH:mm:ss", reached.get(milestone))
                    : "";
        }

        private Map<String, Object> full() {
            Map<String, Object> order = new HashMap<>();
            order.put("tid", "E" + id);
            order.put(
                    "status",
                    status("TRADE_CLOSED", "TRADE_SUCCESS", "TRADE_PAID", "WAIT_BUYER_PAY"));
            order.put("created", china(reached.get("created")));
            order.put("update_time", china(at));
            order.put("pay_time", reached.containsKey("paid") ? china(reached.get("paid")) : "");
            order.put(
                    "consign_time",
                    reached.containsKey("completed") ? china(reached.get("completed")) : Map.of());
            return Map.of(
                    "delivery_order",
                    List.of(Map.of("dists", parcels.stream().map(Telling::dist).toList())),
                    "full_order_info",
                    Map.of(
                            "order_info",
                            order,
                            "pay_info",
                            Map.of("payment", "88.00", "post_fee", "8.00", "total_fee", "90.00"),
                            "buyer_info",
                            Map.of("yz_open_id", "open" + person, "buyer_phone", "$q+w==$1$")));
        }

        private static Map<String, Object> dist(String number) {
            return Map.of("express_info", Map.of("express_id", 7, "express_no", number));
        }

        private void youzan(String type, Map<String, Object> told) {
            Map<String, Object> msg = new HashMap<>(told);
            msg.putIfAbsent("tid", "E" + id);
            msg.putIfAbsent("update_time", china(at));
            boolean object = type.startsWith("youzan");
            String encoded = URLEncoder.encode(Json.write(msg), StandardCharsets.UTF_8);
            push(
                    type,
                    Map.of(
                            "type",
                            type,
                            "kdt_id",
                            40_553_542,
                            "version",
                            at.getEpochSecond(),
                            "test",
                            false,
                            "msg",
                            object ? msg : encoded));
        }

        private String status(String closed, String shipped, String paid, String open) {
            return reached.containsKey("closed")
                    ? closed
                    : reached.containsKey("completed")
                            ? shipped
                            : reached.containsKey("paid") ? paid : open;
        }

        private static String china(Instant at) {
            return form(ZoneId.of("Asia/Shanghai"), "uuuu-MM-dd HH:mm:ss", at);
        }

        private static String form(ZoneId zone, String pattern, Instant at) {
            return DateTimeFormatter.ofPattern(pattern).withZone(zone).format(at);
        }
    }
}
