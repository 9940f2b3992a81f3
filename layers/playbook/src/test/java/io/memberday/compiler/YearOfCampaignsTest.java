package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.RunMessage;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.Screening;
import io.memberday.campaign.Screening.Verdict;
import io.memberday.campaign.Split;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.money.Money;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shipped year: of each campaign who gets it, and who in the nearest wrong case does not. */
final class YearOfCampaignsTest {
    private static final Playbook STORE = Playbooks.load();
    private static final String BEDDING = "床品";

    /** A campaign, one of its days, who gets it then and who, of those nearest, does not. */
    record Case(
            String campaign,
            String date,
            String reason,
            UnaryOperator<Shopper> gets,
            UnaryOperator<Shopper> misses) {
        @Override
        public String toString() {
            return campaign + " on " + date;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                of("member-day", "2026-05-15", a -> a.bought(300, 50), b -> b),
                of("member-day", "2026-06-08", a -> a.bought(300, 50), b -> b),
                of(
                        "newcomer-goods",
                        "2026-07-21",
                        a -> a.joined(31),
                        b -> b.joined(31).bought(1, 50)),
                of(
                        "newcomer-goods",
                        "2026-07-21",
                        a -> a.joined(31).openOrder(),
                        b -> b.joined(31).got("newcomer-goods@2026-06-21")),
                of(
                        "newcomer-last-days",
                        "2026-07-27",
                        a -> a.joined(6).got("newcomer-goods@2026-07-21"),
                        b -> b.joined(6)),
                of(
                        "birthday",
                        "2026-07-21",
                        a -> regular(a).field(Field.BIRTHDAY, "1990-07-21"),
                        b -> regular(b).field(Field.BIRTHDAY, "1990-07-22")),
                of(
                        "birthday",
                        "2026-02-28",
                        a -> regular(a).field(Field.BIRTHDAY, "1996-02-29"),
                        b -> core(b).field(Field.BIRTHDAY, "1996-02-29")),
                of(
                        "birthday-core",
                        "2026-07-21",
                        a -> core(a).field(Field.BIRTHDAY, "--07-21"),
                        b -> regular(b).field(Field.BIRTHDAY, "--07-21")),
                of("wake-dormant", "2026-07-22", a -> a.bought(91, 200), b -> b.bought(90, 200)),
                of(
                        "keep-pre-churn",
                        "2026-07-24",
                        a -> a.bought(181, 200),
                        b -> b.bought(180, 200)),
                of(
                        "win-back-churned",
                        "2026-08-26",
                        a -> a.bought(366, 60),
                        b -> b.bought(365, 60)),
                of(
                        "win-back-churned",
                        "2026-11-26",
                        a -> a.bought(366, 60),
                        b -> b.bought(366, 59)),
                of(
                        "points-balance",
                        "2026-07-28",
                        a -> a.bought(90, 200).points(500),
                        b -> b.bought(90, 200).points(499)),
                of(
                        "monthly-care",
                        "2026-08-02",
                        YearOfCampaignsTest::core,
                        YearOfCampaignsTest::regular),
                of(
                        "seasonal-care",
                        "2026-06-25",
                        YearOfCampaignsTest::regular,
                        b -> b.bought(30, 100)),
                of(
                        "spring-bedding#notify",
                        "2027-03-12",
                        a -> a.bought(90, 100, BEDDING),
                        b -> b.bought(90, 100, "毛巾")),
                of(
                        "spring-bedding#thank",
                        "2027-03-12",
                        a -> a.bought(10, 100, BEDDING).bought(20, 100, "毛巾"),
                        b -> b.bought(10, 100, BEDDING)),
                of(
                        "spring-bedding#as-new",
                        "2027-03-12",
                        a -> a.bought(91, 100, BEDDING),
                        b -> b.bought(90, 100, BEDDING)),
                of(
                        "autumn-loungewear",
                        "2026-09-16",
                        a -> a.bought(365, 100, "家居服").bought(5, 60, "毛巾"),
                        b -> b.bought(367, 100, "家居服").bought(5, 60, "毛巾")),
                new Case(
                        "summer-free-shipping",
                        "2026-07-06",
                        Screening.FREE_SHIPPING,
                        a -> a.bought(60, 80),
                        b -> b.bought(60, 79)),
                new Case(
                        "summer-free-shipping",
                        "2026-07-06",
                        Screening.FREE_SHIPPING,
                        a -> a.bought(31, 120, 10),
                        b -> b.bought(30, 120, 10)),
                of(
                        "new-year-greeting",
                        "2027-01-01",
                        YearOfCampaignsTest::regular,
                        b -> b.bought(9, 90)),
                of(
                        "dragon-boat-greeting",
                        "2026-06-19",
                        a -> a.bought(90, 90).bought(200, 90),
                        b -> b.bought(91, 90).bought(200, 90)),
                of("mid-autumn-greeting", "2026-09-24", a -> a.bought(9, 90), b -> b.openOrder()),
                of(
                        "core-preview",
                        "2026-10-30",
                        YearOfCampaignsTest::core,
                        YearOfCampaignsTest::regular),
                of(
                        "shop-evening",
                        "2026-10-13",
                        a -> regular(a).field(Field.CITY, "上海市"),
                        b -> regular(b).field(Field.CITY, "杭州市")),
                of(
                        "shop-evening",
                        "2026-10-13",
                        a -> regular(a).field(Field.CITY, "上海市"),
                        b -> regular(b).field(Field.CITY, "上海市").tag("attended:shop-evening")),
                of(
                        "live-show",
                        "2026-06-16",
                        a -> a.bought(1, 90),
                        b -> b.bought(1, 90).bought(0, 90)),
                of(
                        "double-eleven#recall",
                        "2026-11-03",
                        a -> a.bought(91, 90),
                        b -> b.bought(90, 90)),
                of("double-eleven#offer", "2026-11-07", Shopper::openOrder, b -> b.bought(9, 90)),
                of("double-eleven#eve", "2026-11-10", a -> a.bought(90, 90), b -> b.bought(91, 90)),
                of(
                        "eleven-eleven-last-hours",
                        "2026-11-11",
                        a -> a.bought(2, 90).bought(40, 90),
                        b -> b.bought(1, 90).bought(40, 90)),
                of("christmas-gifts", "2026-12-17", a -> a.bought(76, 100), b -> b.bought(75, 100)),
                of(
                        "new-year-gifts",
                        "2026-12-24",
                        a -> a.bought(20, 100).tag("gift-buyer"),
                        b -> b.bought(20, 100)),
                of(
                        "spring-festival-gifts",
                        "2027-01-17",
                        a -> a.bought(300, 100),
                        b -> b.bought(300, 100).bought(200, 100)),
                of("spring-festival-greeting", "2027-02-06", a -> a.bought(300, 90), b -> b),
                of("festival-greeting", "2026-08-19", a -> a.bought(9, 501), b -> b.bought(9, 500)),
                of(
                        "back-to-school",
                        "2026-08-31",
                        a -> a.field(Field.ADDRESS, "文三路第二高中"),
                        b -> b.field(Field.ADDRESS, "文三路138号")));
    }

    private static Case of(
            String campaign,
            String date,
            UnaryOperator<Shopper> gets,
            UnaryOperator<Shopper> misses) {
        return new Case(campaign, date, Screening.SEGMENT, gets, misses);
    }

    private static Shopper regular(Shopper shopper) {
        return shopper.bought(20, 100).bought(40, 100);
    }

    private static Shopper core(Shopper shopper) {
        for (int order = 0; order < 6; order++) {
            shopper.bought(20 + order, 900);
        }
        return shopper;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGoToWhomItIsMeantForAndNotToTheNearestOther(Case one) {
        LocalDate date = LocalDate.parse(one.date());
        Campaign campaign = STORE.campaign(one.campaign()).orElseThrow();
        assertTrue(campaign.schedule(date).isPresent(), "not on " + date);
        Instant at = RunPlan.of(campaign, date, STORE.store().zone()).at();
        Screening screening = new Screening(Frozen.of(STORE, campaign), date, at);

        Verdict got = screening.of(one.gets().apply(new Shopper(at)).done());
        Verdict missed = screening.of(one.misses().apply(new Shopper(at)).done());

        assertNotEquals(Verdict.Excluded.class, got.getClass(), got.toString());
        assertEquals(new Verdict.Excluded(one.reason()), missed);
    }

    @ParameterizedTest
    @CsvSource({
        "christmas-gifts, 2026-12-17",
        "christmas-gifts, 2027-12-17",
        "new-year-gifts, 2026-12-24",
        "spring-festival-gifts, 2027-01-17"
    })
    void shouldHoldTheGiftSeasonOnItsDays(String key, LocalDate date) {
        Campaign campaign = STORE.campaign(key).orElseThrow();
        assertTrue(campaign.schedule(date).isPresent());
        assertTrue(campaign.schedule(date.minusDays(1)).isEmpty());
    }

    @Test
    void shouldShowOfEveryCampaignWhoGetsIt() {
        assertEquals(
                STORE.campaigns().stream()
                        .filter(campaign -> campaign.over().isEmpty())
                        .map(Campaign::key)
                        .collect(Collectors.toSet()),
                cases().map(Case::campaign).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({
        // paid days before, of which product, for how much, already signed: whether it is written
        // of
        "mass-delay,       2026-11-13, 2,  QJ-4001, 100.00, false, true",
        "mass-delay,       2026-11-13, 2,  QJ-4001, 100.00, true,  false",
        "price-difference, 2026-11-08, 15, QJ-4001, 399.01, true,  true",
        "price-difference, 2026-11-08, 15, QJ-4001, 399.00, true,  false",
        "price-difference, 2026-11-08, 0,  CL-1201, 199.01, false, true",
        "price-difference, 2026-11-08, 1,  CL-1202, 900.00, false, false",
    })
    void shouldWriteOfTheOrdersThatAreMeantAndNotOfTheNearestOther(
            String key,
            LocalDate date,
            int daysAgo,
            String product,
            String price,
            boolean signed,
            boolean written) {
        Campaign campaign = STORE.campaign(key).orElseThrow();
        Instant at = RunPlan.of(campaign, date, STORE.store().zone()).at();
        Instant paid = at.minus(Duration.ofDays(daysAgo));
        LocalDate paidOn = paid.atZone(STORE.store().zone()).toLocalDate();
        Map<Milestone, Instant> times =
                signed
                        ? Map.of(Milestone.PAID, paid, Milestone.SIGNED, paid)
                        : Map.of(Milestone.PAID, paid);
        long minor = Money.ofDecimal(price, "CNY").minor();
        Order order =
                new Order(
                        new OrderKey("memberday", "shop", "1"),
                        1,
                        Optional.of(
                                new OrderFacts(
                                        times,
                                        minor,
                                        List.of(new Line(product, "", 1, minor, BEDDING)),
                                        List.of())),
                        Map.of(),
                        Map.of());

        assertTrue(
                campaign.over().orElseThrow().paid().days(date).toList().contains(paidOn),
                "not read");
        Verdict verdict =
                new Screening(Frozen.of(STORE, campaign), date, at, _ -> List.of(order))
                        .of(new Shopper(at).done());
        assertEquals(written, verdict instanceof Verdict.Addressed, verdict.toString());
    }

    @Test
    void shouldWinBackByValueMoreTheLongerAMemberWasAway() {
        assertEquals(
                "亲，有阵子没见啦！按您常买的备了张券：满220减18，七天有效，来看看新色。拒收请回复R【棉里】",
                text("wake-dormant", "2026-07-22", 100));
        assertEquals(
                "亲，好久不见！老友券满200减20，七天有效，睡得好不好，都来聊聊。拒收请回复R【棉里】",
                text("keep-pre-churn", "2026-07-24", 200));
        assertEquals(
                "亲，您好，这里是棉里。回来看看吧：满160减24，十四天有效。拒收请回复R【棉里】",
                text("win-back-churned", "2026-08-26", 400));
    }

    private static String text(String key, String day, int daysAgo) {
        LocalDate date = LocalDate.parse(day);
        Campaign campaign = STORE.campaign(key).orElseThrow();
        Instant at = RunPlan.of(campaign, date, STORE.store().zone()).at();
        Member member = new Shopper(at).bought(daysAgo, 200).done();
        return new RunMessage(Frozen.of(STORE, campaign), date, at)
                .worded(member, Split.NONE, Channel.SMS, Map.of())
                .body()
                .text();
    }

    /** The demo shop lives through these days, and counts what is sent on them. */
    @Test
    void shouldHoldNothingButMemberDayAndBirthdaysInTheDemosDays() {
        LocalDate.parse("2026-05-06")
                .datesUntil(LocalDate.parse("2026-05-21"))
                .forEach(
                        date ->
                                STORE.campaigns().stream()
                                        .filter(campaign -> campaign.schedule(date).isPresent())
                                        .map(Campaign::id)
                                        .forEach(
                                                id ->
                                                        assertTrue(
                                                                id.equals("member-day")
                                                                        || id.startsWith(
                                                                                "birthday"),
                                                                id + " on " + date)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"friday", "the-eighth", "tuesday-night"})
    void shouldTakeEachBrandsMemberDayInItsPlace(String way) throws IOException {
        Map<String, String> files = playbook();
        String campaigns = files.get("campaigns.yaml");
        int from = campaigns.indexOf("- id: member-day");
        int to = campaigns.indexOf("\n# ", from);
        String instead = Files.readString(Path.of("src/main/member-days", way + ".yaml"));
        files.put(
                "campaigns.yaml", campaigns.substring(0, from) + instead + campaigns.substring(to));
        if (way.equals("tuesday-night")) {
            List<String> quiet = errors(files);
            assertEquals(1, quiet.size(), quiet.toString());
            assertTrue(
                    quiet.getFirst().contains("begins at 22:00, but the store is quiet"),
                    quiet.toString());
            files.compute("store.yaml", (_, text) -> text.replace("\"21:00\"", "\"23:00\""));
        }
        assertEquals(List.of(), errors(files));
    }

    private static List<String> errors(Map<String, String> files) {
        return SmallShop.compileFiles(files).mistakes().stream()
                .filter(mistake -> !mistake.warning())
                .map(Mistake::toString)
                .toList();
    }

    private static Map<String, String> playbook() throws IOException {
        Path folder = Path.of("src/main/playbook");
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}
