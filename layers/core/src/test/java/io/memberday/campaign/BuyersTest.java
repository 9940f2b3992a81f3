package io.memberday.campaign;

import static io.memberday.campaign.InMemoryOrderIndex.order;
import static io.memberday.campaign.InMemoryOrderIndex.refunded;
import static io.memberday.campaign.InMemoryOrderIndex.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.EventBus;
import io.memberday.fault.Faults.Killed;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.order.Order;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.OrderAudience;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.segment.PaidDays;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Campaigns over orders (R23, R27): each buyer once, about all orders that fit. */
class BuyersTest {
    private static final LocalDate DATE = LocalDate.parse("2026-11-13");

    /** Ten o'clock in Shanghai. */
    private static final Instant AT = Instant.parse("2026-11-13T02:00:00Z");

    private static final Instant ELEVENTH = Instant.parse("2026-11-11T04:00:00Z");
    private static final SegmentCompiler COMPILER =
            new SegmentCompiler("CNY", SamplePlaybook.store().horizon(), SamplePlaybook.ladder());
    private static final Campaign DELAY = delay("!order.shipped", "true");
    private static final BooleanSupplier ALL_THE_TIME = () -> true;

    private final Map<String, Member> members = new TreeMap<>();
    private final InMemoryOrderIndex index = new InMemoryOrderIndex(SamplePlaybook.store().zone());

    @Test
    void shouldWriteToABuyerOnceAboutTheNewestOfTheOrdersThatFitAndTheirSum() {
        // Given
        member("two")
                .bought("1", ELEVENTH, 10_000)
                .bought("3", ELEVENTH.plusSeconds(60), 5_000)
                .bought("2", ELEVENTH.plusSeconds(30), 2_500);
        member("late").put("late", shipped(order("4", ELEVENTH, 9_900), ELEVENTH));
        member("gone").put("gone", refunded(order("5", ELEVENTH, 9_900), 9_900));
        member("part").put("part", refunded(order("6", ELEVENTH, 9_900), 900));
        member("before").bought("7", Instant.parse("2026-11-10T15:59:59Z"), 100);
        member("after").bought("8", Instant.parse("2026-11-11T16:00:00Z"), 100);
        member("first").bought("9", Instant.parse("2026-11-10T16:00:00Z"), 100);

        // When
        SliceScene scene = scanned(DELAY, 1);

        // Then
        assertEquals(
                Map.of(
                        "two", "memberday:shop:3\t3\t17500",
                        "part", "memberday:shop:6\t1\t9900",
                        "first", "memberday:shop:9\t1\t100"),
                addressed(scene));
        Page page = scene.audience.pages(run(DELAY, 1).id(), 0).getFirst();
        assertEquals(4, page.scanned(), "who has a kept order of the day");
        assertEquals(Map.of("segment", 1), page.excluded());
        Batch batch = scene.audience.allBatches().getFirst();
        assertEquals("订单3等3件晚几天到，共175.00元", worded(DELAY, members.get("two"), batch.bought("two")));
    }

    @Test
    void shouldAskForTheMemberAndTheOrderTogether() {
        // Given: the order alone or the member alone would not do
        member("both").bought("1", ELEVENTH, 20_000);
        member("cheap").bought("2", ELEVENTH, 9_999);
        member("english").bought("3", ELEVENTH, 20_000);
        members.put(
                "english",
                SampleMembers.addressed("english")
                        .change()
                        .profile(
                                SampleMembers.addressed("english")
                                        .profile()
                                        .with(Profile.Field.LANGUAGE, "en", AT))
                        .done());

        // When
        Campaign campaign =
                delay(
                        "pricePaid(\"QJ-4001\") > amount(\"50.00\") && language != \"en\""
                                + " && order.state == \"paid\" && \"sf\" in order.carriers",
                        "true");
        Campaign segment = delay("order.amount >= amount(\"200.00\")", "language != \"en\"");

        // Then
        assertEquals(List.of("both"), List.copyOf(addressed(scanned(campaign, 1)).keySet()));
        assertEquals(List.of("both"), List.copyOf(addressed(scanned(segment, 1)).keySet()));
    }

    @Test
    void shouldWriteOnceToWhoWasMergedAboutTheOrdersOfAllPredecessors() {
        // Given: b and d have become c; d's order was under another name, c has none of its own
        members.put("b", merged("b", "c"));
        members.put("d", merged("d", "c"));
        members.put("c", successor("c", List.of("b", "d")));
        index.put("b", order("1", ELEVENTH, 100)).put("d", order("2", ELEVENTH, 200));
        // e has become f, who has one, too
        members.put("e", merged("e", "f"));
        members.put("f", successor("f", List.of("e")));
        index.put("e", order("3", ELEVENTH, 300)).put("f", order("4", ELEVENTH, 400));

        for (int slices : List.of(1, 3)) {
            // When
            SliceScene scene = scanned(DELAY, slices);

            // Then
            assertEquals(
                    Map.of("c", "memberday:shop:2\t2\t300", "f", "memberday:shop:4\t2\t700"),
                    addressed(scene),
                    slices + " slices");
        }
    }

    @Test
    void shouldMakeTheSameAudienceHoweverOftenAWorkerDiesOrRunsOutOfTime() {
        // Given
        Random random = new Random(7);
        for (int i = 0; i < 450; i++) {
            String id = "m" + Integer.toString(random.nextInt(1 << 20), 36) + i;
            member(id);
            for (int n = 0; n <= random.nextInt(3); n++) {
                index.put(
                        id,
                        order(i + "-" + n, ELEVENTH.plusSeconds(random.nextInt(9_000)), 100 + i));
            }
        }
        SliceScene calm = scanned(DELAY, 1);
        Map<String, String> audience = addressed(calm);
        assertEquals(450, audience.size());

        // Then: whatever the number of slices
        assertEquals(audience, addressed(scanned(DELAY, 4)));

        // And: one page a worker
        SliceScene hasty = planned(DELAY, 1);
        SliceScan.End end = SliceScan.End.CONTINUED;
        while (end == SliceScan.End.CONTINUED) {
            List<Boolean> once = new ArrayList<>(List.of(true));
            end =
                    worker(hasty, new SliceScan.Size(40, 90, 50))
                            .scan(
                                    run(DELAY, 1).id(),
                                    0,
                                    () -> !once.isEmpty() && once.removeFirst());
        }
        assertEquals(audience, addressed(hasty));
        assertTrue(hasty.audience.pages(run(DELAY, 1).id(), 0).size() > 4);

        // And: killed at any call
        for (int call = 0; call < 40; call++) {
            SliceScene scene = planned(DELAY, 1);
            scene.faults.killAt(call, call % 2 == 0);
            try {
                worker(scene, new SliceScan.Size(40, 90, 50))
                        .scan(run(DELAY, 1).id(), 0, ALL_THE_TIME);
            } catch (Killed killed) {
                assertFalse(scene.audience.allBatches().size() > 100, killed.getMessage());
            }
            scene.faults.none();
            worker(scene, new SliceScan.Size(40, 90, 50)).scan(run(DELAY, 1).id(), 0, ALL_THE_TIME);
            assertEquals(audience, addressed(scene), "killed at call " + call);
        }
    }

    @Test
    void shouldFailWithNothingWrittenRatherThanReadOnlySomeOfTheOrders() {
        // Given
        for (int i = 0; i < 11; i++) {
            member("m" + i).bought("o" + i, ELEVENTH, 100);
        }
        Buyers.Source source = new Buyers.Source(index, this::found);
        OrderAudience over = DELAY.over().orElseThrow();

        // Then
        Buyers enough = new Buyers(source, over, DATE, SamplePlaybook.store().zone(), 11);
        assertEquals(11, enough.page(0, 1, Optional.empty(), 100).members().size());
        Buyers few = new Buyers(source, over, DATE, SamplePlaybook.store().zone(), 10);
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class, () -> few.page(0, 1, Optional.empty(), 100));
        assertTrue(refused.getMessage().contains("fewer days"), refused.getMessage());
    }

    @Test
    void shouldNeitherWinAMemberFromAnotherCampaignNorLoseOne() {
        // Given: planned with others it has a scan of its own
        assertFalse(new Screening(frozen(DELAY), DATE, AT).competes());
    }

    private final class Buyer {
        private final String id;

        private Buyer(String id) {
            this.id = id;
        }

        private Buyer bought(String number, Instant paid, long minor) {
            index.put(id, order(number, paid, minor));
            return this;
        }

        private Buyer put(String memberId, Order order) {
            index.put(memberId, order);
            return this;
        }
    }

    private Buyer member(String id) {
        members.put(id, SampleMembers.addressed(id));
        return new Buyer(id);
    }

    private static Member successor(String id, List<String> was) {
        return SampleMembers.addressed(id).change().was(Set.copyOf(was)).done();
    }

    private static Member merged(String id, String into) {
        return SampleMembers.addressed(id).change().mergedInto(into).done();
    }

    private List<Member> found(Collection<String> ids) {
        return ids.stream().filter(members::containsKey).map(members::get).toList();
    }

    private SliceScene planned(Campaign campaign, int slices) {
        SliceScene scene = new SliceScene(List.of());
        scene.runs.plan(run(campaign, slices), frozen(campaign).json());
        return scene;
    }

    private SliceScene scanned(Campaign campaign, int slices) {
        SliceScene scene = planned(campaign, slices);
        for (int slice = 0; slice < slices; slice++) {
            worker(scene, SliceScan.Size.USUAL)
                    .scan(run(campaign, slices).id(), slice, ALL_THE_TIME);
        }
        return scene;
    }

    private SliceScan worker(SliceScene scene, SliceScan.Size size) {
        return new SliceScan(
                scene.faults.on(RunStore.class, scene.runs),
                scene.faults.on(AudienceStore.class, scene.audience),
                scene.scan,
                new Buyers.Source(scene.faults.on(OrderIndex.class, index), this::found),
                scene.faults.on(EventBus.class, scene.bus),
                Clock.fixed(AT, ZoneOffset.UTC),
                size);
    }

    /** Whom, and about what: nobody twice. */
    private static Map<String, String> addressed(SliceScene scene) {
        Map<String, String> addressed = new HashMap<>();
        for (Batch batch : scene.audience.allBatches()) {
            assertEquals(batch.members().size(), batch.bought().size());
            for (String member : batch.members()) {
                String before =
                        addressed.put(member, batch.bought(member).orElseThrow().toString());
                assertEquals(null, before, member + " is there twice");
            }
        }
        return addressed;
    }

    private static String worded(Campaign campaign, Member member, Optional<Bought> bought) {
        String text =
                new RunMessage(frozen(campaign), DATE, AT)
                        .worded(member, Split.NONE, Channel.SMS, Map.of(), bought)
                        .body()
                        .text();
        return text.substring(0, text.indexOf('【'));
    }

    private static Run run(Campaign campaign, int slices) {
        return RunPlan.of(campaign, DATE, SamplePlaybook.store().zone()).run(slices);
    }

    private static Frozen frozen(Campaign campaign) {
        Frozen usual = Frozen.of(SamplePlaybook.playbook(), campaign);
        return Frozen.read(
                new Frozen(
                                usual.store(),
                                usual.ladder(),
                                usual.benefits(),
                                campaign,
                                new CompiledTemplates(
                                        "zh",
                                        List.of(
                                                new SmsTemplate(
                                                        "delay",
                                                        "zh",
                                                        Pieces.parse(
                                                                "订单{{order}}等{{orders}}件晚几天到，共{{amount}}")))))
                        .json());
    }

    private static Campaign delay(String where, String segment) {
        Segment orders = COMPILER.checkOverOrders(where, Optional.of(DATE)).segment().orElseThrow();
        return CampaignDraft.like(SamplePlaybook.memberDay())
                .id("delay")
                .kind(Kind.SERVICE)
                .on(new Schedule.Daily(SamplePlaybook.TEN))
                .window(Duration.ofHours(10))
                .segment(COMPILER.compile(segment, Optional.of(DATE)))
                .send(new Campaign.Send(Channel.SMS, "delay"))
                .offers(List.of())
                .holdoutPercent(0)
                .over(new OrderAudience(new PaidDays("2026-11-11", "2026-11-11"), orders))
                .done();
    }
}
