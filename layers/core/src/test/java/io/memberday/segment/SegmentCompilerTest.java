package io.memberday.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
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
import java.util.Optional;
import java.util.stream.IntStream;

final class SegmentCompilerTest {
    private static final Duration HORIZON = Duration.ofDays(400);
    private static final SegmentCompiler COMPILER =
            new SegmentCompiler("CNY", HORIZON, SamplePlaybook.ladder());
    private static final Instant LAST_HOURS = Instant.parse("2026-11-11T12:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keptPurchase >= 1|1:1: unknown field keptPurchase: did you mean keptPurchases?",
                "true && agee > 3|1:9: unknown field agee: choose one of",
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
                "segment(\"regulars\")|no segment above is called regulars",
                "tags == [\"vip\"]|lists cannot be compared",
                "tags.exists(t, t == \"vip\")|",
                "member.city == \"上海\"|write the name alone, without a dot",
                "keptPurchases in [1, city]|",
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
