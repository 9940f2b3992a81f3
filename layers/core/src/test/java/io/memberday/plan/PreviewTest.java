package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Holdout;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.InMemoryEventBus;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.money.Money;
import io.memberday.money.Price;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

class PreviewTest {
    private static final LocalDate DATE = LocalDate.parse("2026-05-08");
    private static final Campaign MEMBER_DAY = SamplePlaybook.memberDay();
    private static final BooleanSupplier ALL_THE_TIME = () -> true;

    @Test
    void shouldAccountForEveryMemberAndEveryPart() {
        // When
        Map<String, Object> answer = preview(MEMBER_DAY, SampleMembers.of(2_000, 1), ALL_THE_TIME);

        // Then
        int excluded =
                map(answer, "excluded").values().stream().mapToInt(count -> (int) count).sum();
        long audience = (long) answer.get("audience");
        int heldOut = (int) answer.get("heldOut");
        assertEquals(2_000, answer.get("scanned"));
        assertEquals(2_000, audience + excluded);
        assertEquals(audience, (long) answer.get("messages") + heldOut);
        assertEquals(audience * 0.1, heldOut, 60, "seed 1");
        Map<String, Object> channels = map(answer, "channels");
        assertEquals(List.of("sms", "email"), List.copyOf(channels.keySet()));
        long sms = (long) map(channels, "sms").get("parts");
        long emails = (long) map(channels, "email").get("messages");
        assertEquals(sms + emails, answer.get("parts"));
        // Of 0.05 CNY a part and 0.0007 an email
        assertEquals(
                Price.rounded(sms * 50_000 + emails * 700, "CNY").toString(), answer.get("cost"));
        assertEquals("2000.00 CNY", answer.get("budget"));
        assertEquals(true, answer.get("withinBudget"));
        assertEquals("keptPurchases >= 1", answer.get("segment"));
        assertEquals(List.of(), answer.get("notes"));
    }

    @Test
    void shouldCountTheSameWhateverTheTableFilters() {
        // Given
        MemberScan filtering = new InMemoryMemberScan(SampleMembers.of(2_000, 3));

        // When
        Map<String, Object> answer = preview(MEMBER_DAY, filtering, ALL_THE_TIME);

        // Then
        assertTrue(
                filtering.page(0, 1, Optional.empty(), 2_000, filter()).filtered() > 100,
                "the table filters");
        assertEquals(preview(MEMBER_DAY, new Everybody(filtering), ALL_THE_TIME), answer);
    }

    private static MemberFilter filter() {
        return MEMBER_DAY
                .segment()
                .filter(SamplePlaybook.playbook().vantage(Instant.parse("2026-05-08T02:00:00Z")));
    }

    /** A table that filters nothing. */
    private record Everybody(MemberScan scan) implements MemberScan {
        @Override
        public ScanPage page(
                int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
            return scan.page(segment, of, after, limit);
        }

        @Override
        public long about() {
            return scan.about();
        }
    }

    @Test
    void shouldShowFiveSamplesAsTheyAreSent() {
        // When
        Map<String, Object> answer = preview(MEMBER_DAY, SampleMembers.of(2_000, 2), ALL_THE_TIME);

        // Then
        List<?> samples = (List<?>) answer.get("samples");
        assertEquals(5, samples.size());
        List<String> templates =
                samples.stream()
                        .map(sample -> (String) ((Map<?, ?>) sample).get("template"))
                        .toList();
        assertTrue(templates.contains("member-day/zh"), "every wording has a sample");
        List<String> texts =
                samples.stream().map(sample -> (String) ((Map<?, ?>) sample).get("text")).toList();
        assertTrue(
                texts.stream().anyMatch(text -> text.endsWith("双倍积分拒收请回复R【样店】")), texts.toString());
    }

    @Test
    void shouldTellHowLongSendingLastsAndRefuseWhatDoesNotFit() {
        // Given: 900 SMS at 100 a second, and a window of eight seconds
        List<Member> members = notHeld(900);

        // When
        Map<String, Object> fits = preview(MEMBER_DAY, members, ALL_THE_TIME);
        BadInput tight =
                assertThrows(
                        BadInput.class,
                        () ->
                                preview(
                                        with(Duration.ofSeconds(8), MEMBER_DAY.budget()),
                                        members,
                                        ALL_THE_TIME));

        // Then
        assertEquals("PT9S", fits.get("lasts"));
        assertEquals("PT10H", fits.get("window"));
        assertEquals(
                "campaign: cannot serve its audience: 900 by sms at 100 a second last PT9S, and the"
                        + " window is open for PT8S; widen the window, narrow the segment to 800,"
                        + " or have the rate raised to 113 (got: member-day)",
                tight.answer());
    }

    @Test
    void shouldCountOnlyTheOpenHoursOfTheWindow() {
        // Given: from 10:00 for 24 hours, of which 21:00 to 8:00 are quiet
        Map<String, Object> answer =
                preview(with(Duration.ofHours(24), MEMBER_DAY.budget()), notHeld(1), ALL_THE_TIME);
        assertEquals("PT13H", answer.get("window"));
    }

    @Test
    void shouldFlagAnAudienceBeyondTheBudget() {
        // Given: three SMS of 0.05 CNY
        Optional<Money> budget = Optional.of(Money.parse("0.10 CNY"));

        // When
        Map<String, Object> answer =
                preview(with(MEMBER_DAY.window(), budget), notHeld(3), ALL_THE_TIME);

        // Then
        assertEquals("0.15 CNY", answer.get("cost"));
        assertEquals(false, answer.get("withinBudget"));
        assertEquals(
                List.of(
                        "the budget is spent before everybody is served: raise it or narrow the"
                                + " segment"),
                answer.get("notes"));
    }

    @Test
    void shouldSayThatItIsIncompleteWhenTimeIsShort() {
        // Given: time for one read of 1,000 members
        Iterator<Boolean> time = List.of(true, false).iterator();

        // When
        Map<String, Object> answer = preview(MEMBER_DAY, SampleMembers.of(2_500, 3), time::next);

        // Then
        assertEquals(false, answer.get("complete"));
        assertEquals(1_000, answer.get("scanned"));
        assertEquals(
                List.of("time ran out after 1000 of about 2500 members: multiply"),
                answer.get("notes"));
    }

    @Test
    void shouldWriteNothingAndPutNothingOnTheBus() {
        // Given
        InMemoryRunStore runs = new InMemoryRunStore();
        InMemoryAudienceStore audience = new InMemoryAudienceStore();
        InMemoryEventBus bus = new InMemoryEventBus();
        MemberScan members = new InMemoryMemberScan(SampleMembers.of(500, 4));
        Instant aWeekLater = Instant.parse("2026-05-15T02:00:00Z");
        MemberDay memberDay =
                new MemberDay(
                        SamplePlaybook.playbook(),
                        runs,
                        audience,
                        members,
                        bus,
                        Clock.fixed(aWeekLater, ZoneOffset.UTC),
                        200);

        // When: any chosen date, past ones too
        Map<String, Object> answer =
                memberDay.answer(
                        PlanRequest.read(
                                Json.read(
                                        Json.write(
                                                Map.of(
                                                        "campaign",
                                                        "member-day",
                                                        "at",
                                                        DATE.toString(),
                                                        "dryRun",
                                                        true))),
                                ZoneOffset.UTC),
                        ALL_THE_TIME);

        // Then
        assertEquals("window passed", answer.get("status"));
        assertEquals("the-eighth", answer.get("offer"));
        assertEquals(500, answer.get("scanned"));
        assertEquals(List.of(), runs.all());
        assertEquals(List.of(), audience.allBatches());
        assertEquals(List.of(), bus.events());
    }

    private static Map<String, Object> preview(
            Campaign campaign, List<Member> members, BooleanSupplier timeLeft) {
        return preview(campaign, new InMemoryMemberScan(members), timeLeft);
    }

    private static Map<String, Object> preview(
            Campaign campaign, MemberScan members, BooleanSupplier timeLeft) {
        Frozen frozen = Frozen.of(SamplePlaybook.playbook(), campaign);
        RunPlan plan = RunPlan.of(campaign, DATE, frozen.store().zone());
        return new Preview(frozen, plan).of(members, 1, timeLeft);
    }

    private static List<Member> notHeld(int count) {
        Holdout holdout = new Holdout("member-day", 10);
        return IntStream.range(0, 2 * count + 10)
                .mapToObj(number -> "m" + number)
                .filter(id -> !holdout.holds(id))
                .limit(count)
                .map(SampleMembers::addressed)
                .toList();
    }

    private static Campaign with(Duration window, Optional<Money> budget) {
        return CampaignDraft.like(MEMBER_DAY).window(window).budget(budget).done();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> answer, String name) {
        return (Map<String, Object>) answer.get(name);
    }
}
