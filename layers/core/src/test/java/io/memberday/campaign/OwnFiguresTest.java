package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.campaign.Screening.Verdict;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.message.Templates;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.FreeShipping;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Offer;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Sizing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text shows the member's own figures (R31, R38), and only to whom it suits (R34). */
final class OwnFiguresTest {
    private static final LocalDate DATE = LocalDate.of(2026, 5, 8);
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final String TEXT =
            "{{tier}}{{benefit}}，单均{{averageOrder|?}}元{{averageDiscount|无折扣}}，{{offer}}";
    private static final Sizing SIZING =
            new Sizing(
                    new Sizing.Threshold(110, 9_000, 99_000, 1_000),
                    new Sizing.Reduction(120, 5, 20, 100));

    @Test
    void shouldShowEachMemberTheirOwn() {
        Frozen frozen = frozen("满{{threshold}}减{{reduction}}", Optional.empty());
        assertEquals(
                "金卡95折，单均600元9%，满660减79拒收请回复R【样店】",
                text(
                        frozen,
                        member(purchase("a", 60_000, 6_600, 0), purchase("b", 60_055, 6_600, 0))));
        assertEquals(
                "会员，单均85元无折扣，满90减5拒收请回复R【样店】", text(frozen, member(purchase("a", 8_590, 0, 0))));
    }

    @Test
    void shouldFreezeTheRuleWithTheRun() {
        Frozen frozen =
                frozen(
                        "满{{threshold}}减{{reduction}}，满{{freeShipping}}包邮",
                        Optional.of(new FreeShipping(8_000, Duration.ofDays(30))));
        Frozen reread = Frozen.read(frozen.json());
        assertEquals(frozen.campaign().offers(), reread.campaign().offers());
        Member member = member(purchase("a", 8_590, 0, 0));
        assertEquals("会员，单均85元无折扣，满90减5，满80包邮拒收请回复R【样店】", text(reread, member));
    }

    @Test
    void shouldNotAddressWhomFreeShippingWouldOnlyAnnoy() {
        Frozen frozen =
                frozen(
                        "满{{freeShipping}}包邮",
                        Optional.of(new FreeShipping(8_000, Duration.ofDays(30))));
        Screening screening = new Screening(frozen, DATE, AT);
        assertEquals(
                new Verdict.Excluded(Screening.FREE_SHIPPING),
                screening.of(member(purchase("a", 7_990, 0, 0))));
        assertEquals(
                new Verdict.Excluded(Screening.FREE_SHIPPING),
                screening.of(member(purchase("a", 10_000, 1_000, 800))));
        assertEquals(
                Verdict.Addressed.class,
                screening.of(member(purchase("a", 8_000, 0, 0))).getClass());
    }

    private static String text(Frozen frozen, Member member) {
        return new RunMessage(frozen, DATE, AT)
                .worded(member, Split.NONE, Channel.SMS, Map.of())
                .body()
                .text();
    }

    private static Purchase purchase(String order, long minor, long discount, long postage) {
        return new Purchase(
                "s:s:" + order,
                AT.minus(Duration.ofDays(3)),
                minor,
                new Basket(discount, postage, List.of(), List.of()));
    }

    private static Member member(Purchase... bought) {
        return SampleMembers.addressed("m1")
                .change()
                .purchases(Purchases.of(List.of(bought), Duration.ofDays(400)))
                .done();
    }

    private static Frozen frozen(String offer, Optional<FreeShipping> freeShipping) {
        Campaign like = SamplePlaybook.memberDay();
        Campaign campaign =
                CampaignDraft.like(like)
                        .holdoutPercent(0)
                        .offers(
                                List.of(
                                        new Offer(
                                                "own",
                                                new Schedule.Daily(SamplePlaybook.TEN),
                                                1,
                                                Map.of("zh", offer),
                                                Optional.of(SIZING),
                                                freeShipping)))
                        .done();
        Templates templates =
                new CompiledTemplates(
                        "zh", List.of(new SmsTemplate("member-day", "zh", Pieces.parse(TEXT))));
        Frozen sample = Frozen.of(SamplePlaybook.playbook(), like);
        return new Frozen(sample.store(), sample.ladder(), sample.benefits(), campaign, templates);
    }
}
