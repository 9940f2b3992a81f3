package io.memberday.playbook;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Stages;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.EmailTemplate;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.message.Templates;
import io.memberday.money.Money;
import io.memberday.money.Price;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small shop for tests that must not depend on the example store. */
public final class SamplePlaybook {
    private SamplePlaybook() {}

    public static final LocalTime TEN = LocalTime.of(10, 0);

    public static Playbook playbook() {
        return new Playbook(
                store(),
                ladder(),
                Map.of("bought", bought()),
                List.of(memberDay()),
                List.of(paymentReminder()),
                new Benefits(Map.of("gold", Map.of("zh", "95折", "en", "5% off"))),
                templates());
    }

    /** The same shop, with so many of a hundred members held out of all marketing. */
    public static Playbook measured(int globalHoldoutPercent) {
        return new Playbook(
                store(
                        new Store.Measuring(globalHoldoutPercent, Duration.ofDays(15), 100),
                        Optional.empty()),
                ladder(),
                Map.of("bought", bought()),
                List.of(memberDayInVariants()),
                List.of(paymentReminder()),
                templates());
    }

    /** The same shop, whose member day gives everybody a coupon, and its reminder, too. */
    public static Playbook issuing() {
        Coupon coupon = new Coupon("member-day", 2_000, 9_900, Map.of(), Duration.ofDays(30));
        return telling(coupon, Optional.of(coupon), Optional.empty());
    }

    /**
     * The same whose coupon each member gets once: its reminder gives it, or reminds of it only.
     */
    public static Playbook once(boolean reminds) {
        Coupon coupon = new Coupon("member-day", 2_000, 9_900, Map.of(), Duration.ofDays(30), true);
        return telling(
                coupon,
                Optional.of(coupon).filter(_ -> !reminds),
                Optional.of(coupon).filter(_ -> reminds));
    }

    private static Playbook telling(
            Coupon coupon, Optional<Coupon> issues, Optional<Coupon> reminds) {
        Touchpoint reminder = paymentReminder();
        return new Playbook(
                store(),
                ladder(),
                Map.of("bought", bought()),
                List.of(CampaignDraft.like(memberDay()).issues(coupon).done()),
                List.of(
                        new Touchpoint(
                                reminder.id(),
                                reminder.kind(),
                                reminder.on(),
                                reminder.timing(),
                                reminder.validFor(),
                                reminder.leastMinor(),
                                reminder.terms(),
                                reminder.branches(),
                                issues,
                                reminds)),
                new Benefits(Map.of(), Map.of(coupon.id(), coupon)),
                new CompiledTemplates(
                        "zh",
                        List.of(
                                new SmsTemplate(
                                        "member-day",
                                        "zh",
                                        Pieces.parse("{{offer}}，{{worth}}元券{{code}}，{{until}}止")),
                                new SmsTemplate(
                                        "payment-reminder",
                                        "zh",
                                        Pieces.parse("{{worth}}元券{{code}}，{{until}}止")))));
    }

    public static Store store() {
        return store(Store.Measuring.USUAL, Optional.empty());
    }

    /** With carriers of its own. */
    public static Store store(Logistics logistics) {
        return store(Store.Measuring.USUAL, Optional.empty(), logistics);
    }

    private static Store store(Store.Measuring measuring, Optional<Long> above) {
        return store(
                measuring,
                above,
                new Logistics(
                        Map.of(
                                "shunfeng",
                                "sf",
                                "sf-express",
                                "sf",
                                "sfexpress",
                                "sf",
                                "youzan-7",
                                "sf",
                                "顺丰速运",
                                "sf"),
                        Logistics.USUAL.silent(),
                        Logistics.USUAL.massDelay()));
    }

    private static Store store(
            Store.Measuring measuring, Optional<Long> above, Logistics logistics) {
        return new Store(
                "样店",
                "【样店】",
                ZoneId.of("Asia/Shanghai"),
                "CNY",
                "CN",
                "zh",
                Map.of(
                        Channel.SMS,
                        new Store.ChannelPolicy(new Price(50_000, "CNY"), 100, ""),
                        Channel.EMAIL,
                        new Store.ChannelPolicy(
                                new Price(700, "CNY"), 50, "样店 <hello@sample.example>")),
                new Store.Caps(1, 3, 60),
                LocalTime.of(21, 0),
                LocalTime.of(8, 0),
                10,
                Duration.ofDays(400),
                new Stages(90, 180, 365),
                1,
                Optional.of(Money.parse("10000.00 CNY")),
                Map.of("zh", "拒收请回复R", "en", "Reply STOP to opt out"),
                Map.of("en", "[Sample]"),
                Set.of("phone:+8613800000000"),
                measuring,
                above,
                logistics);
    }

    /** The same shop, where a run with a larger audience waits for an operator's approval. */
    public static Playbook approving(long above) {
        return new Playbook(
                store(Store.Measuring.USUAL, Optional.of(above)),
                ladder(),
                Map.of("bought", bought()),
                List.of(memberDay()),
                List.of(paymentReminder()),
                templates());
    }

    public static TierLadder ladder() {
        return new TierLadder(
                Duration.ofDays(365),
                List.of(
                        new Tier("member", "会员", 0, 0, false, 0, 100),
                        new Tier("gold", "金卡", 100_000, 2, true, 5, 150)));
    }

    /** {@code keptPurchases >= 1}. */
    public static Segment bought() {
        return Segments.read(
                Map.of(
                        "source",
                        "keptPurchases >= 1",
                        "expr",
                        Map.of(">=", List.of(Map.of("field", "keptPurchases"), 1))));
    }

    /** {@code language == "en"}. */
    public static Segment speaking(String language) {
        return Segments.read(
                Map.of(
                        "source",
                        "language == \"%s\"".formatted(language),
                        "expr",
                        Map.of("==", List.of(Map.of("field", "language"), language))));
    }

    public static Campaign memberDay() {
        return new Campaign(
                "member-day",
                Optional.empty(),
                Kind.MARKETING,
                50,
                List.of(new Schedule.Weekly(DayOfWeek.FRIDAY, TEN), new Schedule.Monthly(8, TEN)),
                SendTimes.within(Duration.ofHours(10)),
                bought(),
                List.of(
                        new Campaign.Send(Channel.SMS, "member-day"),
                        new Campaign.Send(Channel.EMAIL, "member-day")),
                10,
                Duration.ofDays(4),
                Optional.of(Money.parse("2000.00 CNY")),
                List.of(
                        new Offer(
                                "friday",
                                new Schedule.Weekly(DayOfWeek.FRIDAY, TEN),
                                1,
                                Map.of("zh", "满减", "en", "money off"),
                                Optional.empty(),
                                Optional.empty()),
                        new Offer(
                                "the-eighth",
                                new Schedule.Monthly(8, TEN),
                                2,
                                Map.of("zh", "双倍积分", "en", "double points"),
                                Optional.empty(),
                                Optional.empty())),
                true,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Member day, of which 40 of a hundred get variant {@code a} and the others another text. */
    public static Campaign memberDayInVariants() {
        Campaign like = memberDay();
        return CampaignDraft.like(like)
                .variants(
                        List.of(
                                new Variant("a", 40, like.send(), Map.of()),
                                new Variant("b", 60, like.send(), Map.of("zh", "乙", "en", "B"))))
                .compared(Map.of("bought", bought()))
                .done();
    }

    public static Touchpoint paymentReminder() {
        return touchpoint(
                "payment-reminder",
                Touchpoint.Trigger.ORDER_UNPAID,
                Duration.ofHours(1),
                Duration.ofHours(12),
                10_000);
    }

    /** A service message by SMS, by the template of its name. */
    public static Touchpoint touchpoint(
            String id, Touchpoint.Trigger on, Duration after, Duration validFor, long leastMinor) {
        return new Touchpoint(
                id,
                Kind.SERVICE,
                on,
                Timing.after(after),
                validFor,
                leastMinor,
                Touchpoint.Terms.NONE,
                List.of(Touchpoint.Branch.sending(List.of(new Campaign.Send(Channel.SMS, id)))));
    }

    public static Templates templates() {
        return new CompiledTemplates(
                "zh",
                List.of(
                        new SmsTemplate("member-day", "zh", Pieces.parse("{{name|亲}}，{{offer}}")),
                        new SmsTemplate(
                                "member-day", "en", Pieces.parse("Hi {{name|there}}: {{offer}}.")),
                        new EmailTemplate(
                                "member-day",
                                "zh",
                                Pieces.parse("会员日：{{offer}}"),
                                Pieces.parse("{{name|亲}}，{{offer}}。退订：{{unsubscribe}}"),
                                Pieces.parse(
                                        "<p>{{name|亲}}，{{offer}}</p>"
                                                + "<a href=\"{{unsubscribe}}\">退订</a>")),
                        new SmsTemplate(
                                "payment-reminder", "zh", Pieces.parse("订单{{order}}还未付款"))));
    }
}
