package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.TierLadder;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.EmailTemplate;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.money.Money;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Logistics;
import io.memberday.playbook.OrderAudience;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;
import io.memberday.playbook.Store;
import io.memberday.playbook.Variant;
import io.memberday.segment.PaidDays;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The sample shop with two or three campaigns on one day; caps, budgets and windows vary with the
 * seed.
 */
final class Shop {
    /** Friday the 8th: both of member day's schedules hold. */
    static final LocalDate DAY = LocalDate.parse("2026-05-08");

    /** 10:00 in Shanghai. */
    static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    static final String MEMBER_DAY = "member-day";
    static final String FLASH = "flash";

    /** Over orders: about those of a day long ago, or of the day itself. */
    static final String ORDERED = "ordered";

    /** One SMS part. */
    static final long PART = 50_000;

    /** Who has bought and kept anything is valuable. */
    static final long VALUABLE = 10_000;

    /** Shorter than carriers often take from one scan to the next. */
    static final Logistics.Silent SILENT =
            new Logistics.Silent(
                    Duration.ofMinutes(12), Duration.ofMinutes(20), Duration.ofMinutes(8));

    private static final long MINOR = 10_000;

    /** {@code order.amount >= amount("50.00")}. */
    private static final Segment LARGE =
            Segments.read(
                    Map.of(
                            "source",
                            "order.amount >= amount(\"50.00\")",
                            "expr",
                            Map.of(">=", List.of(Map.of("orderField", "order.amount"), 5_000))));

    /** Variant b's SMS, and how it begins. */
    private static final String OTHER = "member-day-b";

    static final String OTHER_TEXT = "乙：";

    private static final Playbook SAMPLE = SamplePlaybook.playbook();

    private static final CompiledTemplates TEMPLATES =
            new CompiledTemplates(
                    "zh",
                    List.of(
                            sms(MEMBER_DAY, "{{name|亲}}，{{offer}}"),
                            new EmailTemplate(
                                    MEMBER_DAY,
                                    "zh",
                                    Pieces.parse("会员日：{{offer}}"),
                                    Pieces.parse("{{offer}}。退订：{{unsubscribe}}"),
                                    Pieces.parse("<a href=\"{{unsubscribe}}\">退订</a>")),
                            sms(OTHER, OTHER_TEXT + "{{name|亲}}，{{offer}}"),
                            sms(FLASH, "快闪"),
                            sms(ORDERED, "订单{{order}}等{{orders}}单，{{amount}}"),
                            sms("payment-reminder", "订单{{order}}还未付款"),
                            sms(Purchase.THANKS, "订单{{order}}谢谢，券{{code}}"),
                            sms(Purchase.OFFER, "会员活动，券{{code}}"),
                            sms(Purchase.GIFT, "二次购物有礼"),
                            sms(Purchase.WELCOMES, "订单{{order}}欢迎，券{{code}}"),
                            sms(Purchase.WELCOMES_AGAIN, "别忘了券{{code}}"),
                            sms(Purchase.SIGNED, "订单{{order}}已签收"),
                            sms(Purchase.SCANNED, "订单{{order}}扫码有礼"),
                            sms(Purchase.REMEMBER, "还记得我们吗"),
                            sms(Purchase.ON_ITS_WAY, "订单{{order}}在路上"),
                            sms(Purchase.REVIEW_THANKS, "谢谢评价"),
                            sms(Purchase.REVIEW_GIFT, "订单{{order}}评价有礼"),
                            sms("dispatch-notice", "订单{{order}}已发货")));

    private Shop() {}

    static Playbook playbook(Random random, int people, boolean cares) {
        Playbook sample = SAMPLE;
        return new Playbook(
                store(sample.store(), random, people, cares),
                new TierLadder(
                        sample.ladder().window(), sample.ladder().tiers(), Optional.of(VALUABLE)),
                sample.segments(),
                campaigns(random, people),
                Purchase.touchpoints(random, cares),
                sample.benefits(),
                TEMPLATES);
    }

    private static SmsTemplate sms(String id, String text) {
        return new SmsTemplate(id, "zh", Pieces.parse(text));
    }

    private static Store store(Store store, Random random, int people, boolean cares) {
        return new Store(
                store.name(),
                store.signature(),
                store.zone(),
                store.currency(),
                store.country(),
                store.language(),
                store.channels(),
                new Store.Caps(1 + random.nextInt(2), 3, 60),
                // In every third world the shop falls quiet while its campaigns are under way.
                random.nextInt(3) == 0 ? LocalTime.of(11, 30) : store.quietFrom(),
                store.quietTo(),
                store.holdoutPercent(),
                store.horizon(),
                store.stages(),
                store.pointsPerUnit(),
                // Sometimes it is hardly enough for anybody: all race for the rest.
                cares && random.nextInt(3) == 0
                        ? Optional.of(parts(1 + random.nextInt(3)))
                        : budget(random, people),
                store.optOut(),
                store.signatures(),
                store.placeholders(),
                new Store.Measuring(random.nextInt(3) * 15, Duration.ofDays(15), 100),
                random.nextInt(3) == 0
                        ? Optional.of((long) random.nextInt(people + 1))
                        : Optional.empty(),
                new Logistics(store.logistics().names(), SILENT, cares ? random.nextInt(3) : 50));
    }

    private static Campaign memberDay(Random random, int people) {
        Campaign sample = SAMPLE.campaigns().getFirst();
        return CampaignDraft.like(sample)
                .times(times(random, random.nextInt(3) == 0 ? 30 : 240))
                .holdoutPercent(random.nextInt(3) * 10)
                .budget(budget(random, people))
                .variants(random.nextBoolean() ? List.of() : variants(sample))
                .done();
    }

    private static List<Variant> variants(Campaign sample) {
        return List.of(
                new Variant("a", 40, sample.send(), Map.of()),
                new Variant(
                        "b",
                        60,
                        List.of(
                                new Campaign.Send(Channel.SMS, OTHER),
                                new Campaign.Send(Channel.EMAIL, MEMBER_DAY)),
                        Map.of()));
    }

    private static Campaign flash(Random random) {
        return new Campaign(
                FLASH,
                Optional.empty(),
                Kind.MARKETING,
                10,
                List.of(new Schedule.On(DAY, LocalTime.of(10, 0).plusMinutes(later(random)))),
                times(random, 180),
                SamplePlaybook.bought(),
                List.of(new Campaign.Send(Channel.SMS, FLASH)),
                0,
                Duration.ofDays(4),
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Campaign> campaigns(Random random, int people) {
        List<Campaign> campaigns =
                new ArrayList<>(List.of(memberDay(random, people), flash(random)));
        if (random.nextInt(5) < 2) {
            campaigns.add(ordered(random, people));
        }
        return campaigns;
    }

    /** A mass delay is a service message, a price difference is marketing (R23, R27). */
    private static Campaign ordered(Random random, int people) {
        LocalTime at = LocalTime.of(10, 0).plusMinutes(random.nextInt(31));
        String day = random.nextInt(3) > 0 ? "2026-03-01" : "today";
        return CampaignDraft.like(flash(random))
                .id(ORDERED)
                .kind(random.nextBoolean() ? Kind.SERVICE : Kind.MARKETING)
                .on(new Schedule.On(DAY, at))
                .send(new Campaign.Send(Channel.SMS, ORDERED))
                .holdoutPercent(random.nextInt(3) * 10)
                .budget(budget(random, people))
                .over(new OrderAudience(new PaidDays(day, day), LARGE))
                .done();
    }

    /** What falls into the quiet hours waits or is dropped. */
    private static SendTimes times(Random random, int minutes) {
        return new SendTimes(Duration.ofMinutes(minutes), false, List.of(), random.nextBoolean());
    }

    /** In every other world both campaigns are due at once, and share a scan. */
    private static int later(Random random) {
        return random.nextBoolean() ? 0 : random.nextInt(20);
    }

    /** From hardly any money to more than enough for all; sometimes there is no cap. */
    private static Optional<Money> budget(Random random, int people) {
        return random.nextInt(2) == 0
                ? Optional.empty()
                : Optional.of(parts(random.nextInt(2 * people)));
    }

    /** So many parts' price, and something if that is nothing. */
    private static Money parts(int parts) {
        return new Money(Math.max(1, parts * PART / MINOR), "CNY");
    }
}
