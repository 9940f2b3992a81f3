package io.memberday.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Templates.SmsEnding;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PlaybooksTest {
    private static final Playbook SAMPLE = SamplePlaybook.playbook();

    @Test
    void shouldReadBackEverythingThatWasWritten() {
        // When
        String written = Playbooks.write(SAMPLE);
        Playbook read = Playbooks.read(written);

        // Then
        assertEquals(SAMPLE.store(), read.store());
        assertEquals(SAMPLE.ladder(), read.ladder());
        assertEquals(SAMPLE.segments(), read.segments());
        assertEquals(SAMPLE.campaigns(), read.campaigns());
        assertEquals(SAMPLE.touchpoints(), read.touchpoints());
        assertEquals(SAMPLE.benefits(), read.benefits());
        assertEquals(SAMPLE.templates().all(), read.templates().all());
        assertEquals(written, Playbooks.write(read));
    }

    @Test
    void shouldReadBackSchedulesOfEveryKind() {
        // Given
        LocalTime at = LocalTime.of(12, 15);
        Schedule yearly = new Schedule.Yearly(MonthDay.of(2, 29), at);
        Schedule festival =
                new Schedule.Festival("qixi", List.of(LocalDate.parse("2026-08-19")), at);
        List<Schedule> schedules =
                List.of(
                        new Schedule.Daily(at),
                        new Schedule.Weekly(DayOfWeek.MONDAY, at),
                        new Schedule.Monthly(31, at),
                        new Schedule.Coincident(DayOfWeek.FRIDAY, 8, at),
                        new Schedule.On(LocalDate.parse("2026-11-11"), at),
                        yearly,
                        festival,
                        new Schedule.Before(yearly, 7),
                        new Schedule.Before(festival, 0),
                        new Schedule.Birthday(3, at));
        Campaign like = SamplePlaybook.memberDay();
        Campaign wave =
                CampaignDraft.like(like)
                        .id("promotion")
                        .wave(Optional.of("recall"))
                        .value(1)
                        .on(schedules.toArray(Schedule[]::new))
                        .times(
                                new SendTimes(
                                        like.window(),
                                        true,
                                        List.of(
                                                new SendTimes.Other(
                                                        SamplePlaybook.bought(),
                                                        2,
                                                        LocalTime.of(16, 30),
                                                        Duration.ofHours(1)))))
                        .offers(List.of())
                        .done();

        // When
        Frozen frozen = Frozen.read(Frozen.of(SAMPLE, wave).json());

        // Then
        assertEquals(wave, frozen.campaign());
        assertEquals("promotion#recall", frozen.campaign().key());
    }

    @Test
    void shouldReadBackVariantsWhatTheyAreComparedByAndHowTheStoreMeasures() {
        // When
        Playbook read = Playbooks.read(Playbooks.write(SamplePlaybook.measured(3)));
        Frozen frozen =
                Frozen.read(
                        Frozen.of(SamplePlaybook.measured(3), SamplePlaybook.memberDayInVariants())
                                .json());

        // Then
        assertEquals(List.of(SamplePlaybook.memberDayInVariants()), read.campaigns());
        assertEquals(3, read.store().measuring().globalHoldoutPercent());
        assertEquals(SamplePlaybook.memberDayInVariants(), frozen.campaign());
        assertEquals(read.store(), frozen.store());
    }

    @Test
    void shouldRefuseWhatIsNotACompiledPlaybook() {
        assertThrows(BadInput.class, () -> Playbooks.read("{\"store\": {}}"));
        assertThrows(BadInput.class, () -> Playbooks.read("store: 1"));
    }

    @Test
    void shouldFreezeOneCampaignWithItsTemplatesOnly() {
        // When
        Frozen frozen = Frozen.read(Frozen.of(SAMPLE, SamplePlaybook.memberDay()).json());

        // Then
        assertEquals(SamplePlaybook.memberDay(), frozen.campaign());
        assertEquals(SAMPLE.store(), frozen.store());
        assertEquals(SAMPLE.benefits(), frozen.benefits());
        assertEquals("5% off", frozen.benefits().text(frozen.store(), "gold", "en-GB"));
        assertEquals("", frozen.benefits().text(frozen.store(), "member", "zh"));
        assertEquals(3, frozen.templates().all().size());
        assertTrue(frozen.templates().find(Channel.SMS, "payment-reminder", "zh").isEmpty());
        Instant now = Instant.parse("2026-05-08T02:00:00Z");
        assertEquals(SAMPLE.vantage(now), frozen.vantage(now));
    }

    @Test
    void shouldTakeTheRicherOfferWhenTheEighthIsAFriday() {
        Campaign memberDay = SamplePlaybook.memberDay();
        assertEquals("the-eighth", memberDay.offer(LocalDate.parse("2026-05-08")).get().id());
        assertEquals("friday", memberDay.offer(LocalDate.parse("2026-05-15")).get().id());
        assertTrue(memberDay.offer(LocalDate.parse("2026-05-16")).isEmpty());
    }

    @Test
    void shouldEndAnSmsInTheTemplatesLanguage() {
        Store store = SAMPLE.store();
        assertEquals(new SmsEnding("拒收请回复R", "【样店】"), store.ending(Kind.MARKETING, "zh-CN"));
        assertEquals(
                new SmsEnding("Reply STOP to opt out", "[Sample]"),
                store.ending(Kind.MARKETING, "en-GB"));
        assertEquals(new SmsEnding("", "【样店】"), store.ending(Kind.SERVICE, "fr"));
        assertEquals(Map.of("en", "[Sample]"), store.signatures());
    }
}
