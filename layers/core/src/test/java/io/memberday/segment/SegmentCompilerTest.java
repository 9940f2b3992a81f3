package io.memberday.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.member.Tag;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.segment.BadExpression.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

final class SegmentCompilerTest {
    private static final Duration HORIZON = Duration.ofDays(400);
    private static final SegmentCompiler COMPILER =
            new SegmentCompiler("CNY", HORIZON, SamplePlaybook.ladder());
    private static final Optional<LocalDate> ANY_DAY = Optional.empty();
    private static final Instant LAST_HOURS = Instant.parse("2026-11-11T12:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keptPurchase >= 1|1:1: unknown field keptPurchase: did you mean keptPurchases?",
                "true && shoeSize > 3|1:9: unknown field shoeSize: choose one of",
                "boght(\"2026-11-10\", \"2026-11-11\")|unknown function boght: did you mean"
                        + " bought?",
                "city.matches(\"上.*\")|unknown function matches: choose one of contains",
                "keptPurchases >= \"2\"|'>=' does not take (int, string)",
                "keptPurchases|yields int: a segment must be true or false",
                "keptPurchases >= |cannot be read as CEL: mismatched input '<EOF>'",
                "bought(\"2026-11-31\", \"2026-12-01\")|'2026-11-31' is not a date",
                "bought(\"11 Nov\", \"2026-12-01\")|'11 Nov' is not a date",
                "bought(\"2026-11-11\", \"2026-11-10\")|ends before it begins",
                "bought(city, \"2026-11-10\")|must be written out",
                "bought(\"2024-01-01\", \"2026-11-10\")|raise the store's horizon (400 days)",
                "spent > amount(\"12.345\")|is not an amount of CNY",
                "spent > 12.5|numbers go with numbers",
                "tier == \"goldd\"|no tier is called goldd: did you mean gold?",
                "layer in [\"new\", \"old\"]|no layer is called old",
                "stage == \"asleep\"|no stage is called asleep: choose one of active",
                "reachable(\"fax\")|no channel is called fax: choose one of email, sms",
                "consent(city)|must be written out, like \"sms\" or \"email\"",
                "addressContainsAny([])|needs at least one word",
                "segment(\"regulars\")|no segment is called regulars",
                "tags == [\"vip\"]|lists cannot be compared",
                "tags.exists(t, t == \"vip\")|",
                "member.city == \"上海\"|write the name alone, without a dot",
                "keptPurchases in [1, city]|",
                "bought(\"today\", \"today-30d\")|ends before it begins",
                "bought(\"today-30\", \"today\")|write it like \"2026-11-11\", \"today\" or"
                        + " \"today-30d\"",
                "bought(\"today-400d\", \"today\")|purchases of 400 days ago, but single purchases"
                        + " are kept for 400 days only",
                "boughtCount(\"2024-01-01\", \"2026-11-10\") > 1|raise the store's horizon",
                "birthdayWithin(367)|a number of days written out, 0 to 366",
                "birthdayWithin(age)|a number of days written out, 0 to 366",
                "marketingSent(\"sms\", 0) == 0|a number of days written out, 1 to 366",
                "daysSinceMarketing(\"wechat\") > 3|no channel is called wechat",
                "gotCampaign(\"\")|must not be empty: write it like gotCampaign(\"member-day\")",
                "taggedBy(\"vip\", city)|must be written out, like taggedBy(\"vip\","
                        + " \"operator\")",
                "attributeText(city) == \"\"|must be written out, like attributeText(\"skinType\")",
                "attributeText(\"skin type\") == \"dry\"|no attribute can be called so",
                "attributeNumber(\"petAge\") == \"3\"|numbers go with numbers",
                "birthdaySoon(3)|unknown function birthdaySoon",
            })
    void shouldSayWhereAndHowToMendAnExpression(String source, String mend) {
        // When
        SegmentCompiler.Checked checked = COMPILER.check(source, Optional.empty());

        // Then
        assertTrue(checked.segment().isEmpty());
        String findings = checked.findings().toString();
        assertTrue(mend == null || findings.contains(mend), findings);
        assertThrows(BadExpression.class, () -> COMPILER.compile(source, Optional.empty()));
    }

    @Test
    void shouldReportEveryUnknownNameAtOnceWithItsLineAndColumn() {
        List<Finding> findings =
                COMPILER.check("keptPurchase >= 1 &&\n  citty == \"上海\"", Optional.empty())
                        .findings();
        assertEquals(2, findings.size());
        assertEquals(2, findings.get(1).line());
        assertEquals(3, findings.get(1).column());
    }

    @Test
    void shouldWarnWhenMinorUnitsLookLikeYuan() {
        SegmentCompiler.Checked checked = COMPILER.check("spent > 500", Optional.empty());
        assertTrue(checked.segment().isPresent());
        assertEquals(
                "[1:9: 500 is 5.00 CNY: write amount(\"5.00\") if that is meant]",
                checked.findings().toString());
    }

    @Test
    void shouldRefuseADateThatIsBeyondTheHorizonOnTheDayOfTheRun() {
        String source = "!bought(\"2025-11-10\", \"2025-11-11\")";
        Optional<LocalDate> soon = Optional.of(LocalDate.parse("2026-11-11"));
        Optional<LocalDate> late = Optional.of(LocalDate.parse("2027-01-01"));
        assertTrue(COMPILER.check(source, soon).segment().isPresent());
        assertTrue(COMPILER.check(source, late).segment().isEmpty());
        Segment segment = COMPILER.compile(source, soon);
        // 400 days from 10 November 2025, that day included, end on 14 December 2026.
        assertTrue(Segments.answerable(segment, LocalDate.parse("2026-12-14"), HORIZON));
        assertFalse(Segments.answerable(segment, LocalDate.parse("2026-12-15"), HORIZON));
    }

    @Test
    void shouldAddressThoseWhoBoughtTwiceAndNotInTheLastTwoDays() {
        // Given
        Segment segment =
                COMPILER.compile(
                        "keptPurchases >= 2 && !bought(\"2026-11-10\", \"2026-11-11\")",
                        Optional.of(LocalDate.parse("2026-11-11")));

        // Then: days begin and end at midnight in Shanghai, sixteen hours into the day before.
        assertTrue(matches(segment, "2026-03-01T00:00:00Z", "2026-11-09T15:59:59Z"));
        assertFalse(matches(segment, "2026-03-01T00:00:00Z", "2026-11-09T16:00:00Z"));
        assertFalse(matches(segment, "2026-03-01T00:00:00Z", "2026-11-11T12:00:00Z"));
        assertFalse(matches(segment, "2026-03-01T00:00:00Z"));
        assertFalse(matches(segment));
    }

    @Test
    void shouldKnowTheFirstPurchaseHoweverLongAgo() {
        Segment first = COMPILER.compile("firstPurchaseOn(\"2020-11-11\")", Optional.empty());
        assertTrue(matches(first, "2020-11-11T01:00:00Z", "2026-11-01T00:00:00Z"));
        assertFalse(matches(first, "2020-11-09T01:00:00Z", "2020-11-11T01:00:00Z"));
    }

    @Test
    void shouldCountAndSumThePurchasesOfDays() {
        // Given: 100 minor units each, by days in Shanghai.
        Segment twice = COMPILER.compile("boughtCount(\"today-1d\", \"today\") == 2", ANY_DAY);
        Segment sum =
                COMPILER.compile(
                        "spentBetween(\"2026-11-10\", \"2026-11-11\") == amount(\"2.00\")",
                        ANY_DAY);

        // Then: 10 November begins at 16:00 UTC of the 9th.
        String[] both = {"2026-11-09T16:00:00Z", "2026-11-11T12:00:00Z"};
        assertTrue(matches(twice, both));
        assertTrue(matches(sum, both));
        assertFalse(matches(twice, "2026-11-09T15:59:59Z", "2026-11-11T12:00:00Z"));
        assertFalse(matches(sum, "2026-11-09T15:59:59Z", "2026-11-11T12:00:00Z"));
    }

    @Test
    void shouldSeeRelativeDaysFromTheDayOfTheRun() {
        Segment recent = COMPILER.compile("bought(\"today-90d\", \"today\")", ANY_DAY);
        assertTrue(matches(recent, "2026-08-12T16:00:00Z"));
        assertFalse(matches(recent, "2026-08-12T15:59:59Z"));
    }

    @Test
    void shouldKnowTheLastPurchase() {
        Segment last = COMPILER.compile("lastPurchaseOn(\"2026-11-01\")", ANY_DAY);
        assertTrue(matches(last, "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
        assertFalse(matches(last, "2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z"));
    }

    @Test
    void shouldKnowTheHourInWhichAMemberBuysMostAndHowOften() {
        // Given: 20:00 in Shanghai twice, 08:00 once.
        String[] bought = {"2026-10-02T12:10:00Z", "2026-10-22T00:00:00Z", "2026-11-01T12:50:00Z"};
        assertTrue(matches(COMPILER.compile("favouriteHour == 20", ANY_DAY), bought));
        assertTrue(matches(COMPILER.compile("daysBetweenPurchases == 15", ANY_DAY), bought));
        assertTrue(matches(COMPILER.compile("favouriteHour == -1", ANY_DAY)));
        assertTrue(
                matches(COMPILER.compile("daysBetweenPurchases == 1000000", ANY_DAY), bought[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "2000-02-29,2027-02-28T01:00:00Z,true,27",
        "2000-02-29,2027-03-01T01:00:00Z,false,27",
        "2000-02-29,2028-02-28T01:00:00Z,false,27",
        "2000-02-29,2028-02-29T01:00:00Z,true,28",
        "--02-29,2027-02-28T01:00:00Z,true,-1",
        "1990-05-08,2026-05-07T15:59:59Z,false,35",
        "1990-05-08,2026-05-07T16:00:00Z,true,36",
        "--02-31,2026-03-03T01:00:00Z,false,-1",
        "someday,2026-03-03T01:00:00Z,false,-1",
    })
    void shouldKnowABirthdayAndAnAge(String birthday, Instant now, boolean today, int age) {
        Member member = born(birthday);
        Vantage vantage = SamplePlaybook.playbook().vantage(now);
        assertEquals(today, COMPILER.compile("birthdayToday", ANY_DAY).matches(member, vantage));
        assertTrue(COMPILER.compile("age == " + age, ANY_DAY).matches(member, vantage));
    }

    @Test
    void shouldSeeABirthdayComeOverTheTurnOfTheYear() {
        Vantage vantage = SamplePlaybook.playbook().vantage(Instant.parse("2026-12-28T04:00:00Z"));
        Segment week = COMPILER.compile("birthdayWithin(7)", ANY_DAY);
        assertTrue(week.matches(born("1990-12-28"), vantage));
        assertTrue(week.matches(born("--01-04"), vantage));
        assertFalse(week.matches(born("--01-05"), vantage));
        assertFalse(week.matches(born("1990-12-27"), vantage));
    }

    @Test
    void shouldSpareThoseWhoGotAMessageLately() {
        // Given: two on 9 November, one cleared on the 10th because it was not sent after all.
        Member member =
                Member.fresh("m", LAST_HOURS)
                        .change()
                        .counters(Map.of("sms.d20261109", 2, "sms.d20261110", 0, "sms.y2026", 9))
                        .claims(
                                Map.of(
                                        "member-day@2026-11-09",
                                        new Claim(
                                                LAST_HOURS, "n", Kind.MARKETING, Channel.SMS, "")))
                        .done();
        for (String yes :
                List.of(
                        "daysSinceMarketing(\"sms\") == 2",
                        "daysSinceMarketing(\"email\") == 1000000",
                        "marketingSent(\"sms\", 3) == 2",
                        "marketingSent(\"sms\", 2) == 0",
                        "gotCampaign(\"member-day\")",
                        "!gotCampaign(\"member\")")) {
            assertTrue(COMPILER.compile(yes, ANY_DAY).matches(member, vantage()), yes);
        }
    }

    @Test
    void shouldTellWhoSetATagAndWhen() {
        Member member =
                Member.fresh("m", LAST_HOURS)
                        .change()
                        .tags(
                                Map.of(
                                        "vip",
                                        new Tag("operator:anna", LAST_HOURS.minusSeconds(90_000))))
                        .done();
        for (String yes :
                List.of(
                        "taggedBy(\"vip\", \"operator\")",
                        "taggedBy(\"vip\", \"operator:anna\")",
                        "!taggedBy(\"vip\", \"operator:ann\")",
                        "!taggedBy(\"new\", \"operator\")",
                        "daysSinceTag(\"vip\") == 1",
                        "daysSinceTag(\"new\") == 1000000")) {
            assertTrue(COMPILER.compile(yes, ANY_DAY).matches(member, vantage()), yes);
        }
    }

    @Test
    void shouldNotTakeSilenceForARefusal() {
        Segment refused = COMPILER.compile("refused(\"sms\")", ANY_DAY);
        Member silent = Member.fresh("m", LAST_HOURS);
        Member no =
                silent.change()
                        .consents(
                                Consents.UNKNOWN.with(
                                        Channel.SMS,
                                        Kind.MARKETING,
                                        new Consent(false, true, LAST_HOURS)))
                        .done();
        assertFalse(refused.matches(silent, vantage()));
        assertTrue(refused.matches(no, vantage()));
    }

    private static Member born(String birthday) {
        return Member.fresh("m", LAST_HOURS)
                .change()
                .profile(Profile.EMPTY.with(Profile.Field.BIRTHDAY, birthday, LAST_HOURS))
                .done();
    }

    @Test
    void shouldFindAWordInRegionCityOrAddress() {
        Segment students =
                COMPILER.compile("addressContainsAny([\"大学\", \"高中\"])", Optional.empty());
        Profile.Field[] fields = {Profile.Field.REGION, Profile.Field.CITY, Profile.Field.ADDRESS};
        for (Profile.Field field : fields) {
            Member lives =
                    Member.fresh("m", LAST_HOURS)
                            .change()
                            .profile(Profile.EMPTY.with(field, "北京大学东门", LAST_HOURS))
                            .done();
            assertTrue(students.matches(lives, vantage()), field.key());
        }
        assertFalse(students.matches(Member.fresh("m", LAST_HOURS), vantage()));
    }

    @Test
    void shouldTakeAMemberWithoutPurchasesForVeryLongSilent() {
        Segment silent = COMPILER.compile("daysSinceLastPurchase > 90", Optional.empty());
        assertTrue(matches(silent));
        assertFalse(matches(silent, "2026-11-01T00:00:00Z"));
    }

    @Test
    void shouldNotChooseAMemberForWhomTheExpressionHasNoValue() {
        Segment perOrder = COMPILER.compile("spent / keptPurchases >= 0", Optional.empty());
        assertTrue(matches(perOrder, "2026-11-01T00:00:00Z"));
        assertFalse(matches(perOrder));
    }

    @Test
    void shouldUseANamedSegmentInAnother() {
        // Given
        SegmentCompiler compiler = new SegmentCompiler("CNY", HORIZON, SamplePlaybook.ladder());
        compiler.knowing("regulars", compiler.compile("keptPurchases >= 2", Optional.empty()));

        // When
        Segment both = compiler.compile("segment(\"regulars\") && city == \"\"", Optional.empty());

        // Then
        assertTrue(matches(both, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
        assertFalse(matches(both, "2026-11-01T00:00:00Z"));
    }

    @Test
    void shouldNameTheSegmentsThatAnExpressionUses() {
        assertEquals(
                Set.of("a", "b"),
                COMPILER.uses("segment(\"a\") || !(segment(\"b\") && segment(\"a\"))"));
        assertEquals(Set.of(), COMPILER.uses("segment(city) || segment("));
    }

    @Test
    void shouldAnswerARequestWithTheFieldAndTheMend() {
        BadExpression bad =
                assertThrows(
                        BadExpression.class, () -> COMPILER.compile("spend > 0", Optional.empty()));
        assertEquals(
                "segment: 1:1: unknown field spend: did you mean spent? (got: spend > 0)",
                bad.in("segment").answer());
    }

    private static boolean matches(Segment segment, String... paidAt) {
        List<Purchase> bought =
                IntStream.range(0, paidAt.length)
                        .mapToObj(i -> new Purchase("s:s:" + i, Instant.parse(paidAt[i]), 100))
                        .toList();
        Member member =
                Member.fresh("m", LAST_HOURS)
                        .change()
                        .purchases(Purchases.of(bought, HORIZON))
                        .done();
        assertEquals(paidAt.length, member.purchases().count(), Arrays.toString(paidAt));
        return segment.matches(member, vantage());
    }

    private static Vantage vantage() {
        return SamplePlaybook.playbook().vantage(LAST_HOURS);
    }
}
