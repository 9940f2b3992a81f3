package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.message.Templates.Template;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** A sprint of three hours that the playbook knows nothing of. */
class InlineCampaignTest {
    private static final LocalDateTime SIX = LocalDateTime.parse("2026-05-09T18:00:31");
    private static final String SPRINT =
            """
            {'id': 'sprint', 'segment': 'segment("buyers") && !bought("2026-05-09", "2026-05-09")',
             'send': {'sms': 'sprint'}, 'window': '3h', 'attribution': '2d', 'budget': '300.00 CNY',
             'templates': {'sprint.sms.txt': '{{name|亲}}，最后3小时', 'sprint.en.sms.txt': '3 hours'}}
            """;

    private final Playbook playbook = SmallShop.compile(Map.of()).playbook().orElseThrow();

    @Test
    void shouldMakeACampaignOfADefinitionAndHoldItAtTheTimeOfTheCall() {
        // When
        InlineCampaign.Compiled compiled = compile(SPRINT);

        // Then
        Campaign campaign = compiled.campaign();
        assertEquals("sprint", campaign.key());
        assertEquals(
                List.of(new Schedule.On(LocalDate.parse("2026-05-09"), LocalTime.of(18, 0))),
                campaign.schedules());
        assertEquals(Duration.ofHours(3), campaign.window());
        assertEquals(10, campaign.holdoutPercent());
        assertEquals(compiled.playbook().campaign("sprint").orElseThrow(), campaign);
        assertEquals(3, compiled.playbook().campaigns().size());
        Template english =
                compiled.playbook().templates().find(Channel.SMS, "sprint", "en").orElseThrow();
        assertEquals("en", english.language());
        assertEquals(List.of(), compiled.warnings());
    }

    @Test
    void shouldTakeTheSameSegmentAsThePlaybookWould() {
        assertEquals(
                playbook.campaign("member-day").orElseThrow().segment().compiled(),
                compile(
                                SPRINT.replace(
                                        "segment(\"buyers\") && !bought(\"2026-05-09\","
                                                + " \"2026-05-09\")",
                                        "buyers"))
                        .campaign()
                        .segment()
                        .compiled());
    }

    @Test
    void shouldSendATemplateOfThePlaybookToo() {
        InlineCampaign.Compiled compiled =
                compile(SPRINT.replace("{'sms': 'sprint'}", "{'sms': 'last-hours'}"));

        assertEquals("last-hours", compiled.campaign().send().getFirst().template());
    }

    @Test
    void shouldSayWhatMayBeWrongAllTheSame() {
        List<String> warnings =
                compile(SPRINT.replace("最后3小时", "最后3小时" + "抢".repeat(55))).warnings();

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.getFirst().startsWith("definition.templates.sprint.sms.txt: the opt-out"),
                warnings.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'sprint', 's | 'last-hours', 's | definition.id: the playbook has a"
                        + " campaign of this id: choose another (got: last-hours)",
                "'window': '3h' | 'windows': '3h' | definition.sprint.window: is missing: write a"
                        + " duration like 4d, 10h, 30m or 1d12h; also definition.sprint.windows:"
                        + " unknown field: did you mean window? (got: )",
                "'3h' | '4h' | definition.sprint.window: ends at 22:00, but the store is quiet from"
                        + " 21:00 to 08:00: 3h fits (got: 4h)",
                "segment(\\\"buyers\\\") | keptPurchase > 1 | definition.sprint.segment: column 1:"
                        + " unknown field keptPurchase: did you mean keptPurchases?",
                "segment(\\\"buyers\\\") | keptPurchases | definition.sprint.segment: column 15:"
                        + " '&&' does not take (int, bool)",
                "{{name|亲}} | {{nam|亲}} | definition.templates.sprint.sms.txt.{{nam}}: unknown"
                        + " variable: did you mean name? (got: )",
                "{'sms': 'sprint'} | {'sms': 'sprnt'} | definition.sprint.send: unknown template:"
                        + " there is no templates/sprnt.sms.txt",
                "'sprint.sms.txt' | 'sprint.email.html' | definition.templates.sprint.email.html:"
                        + " emails are checked at build: write it into the playbook",
                "'sprint.sms.txt' | 'last-hours.sms.txt' | definition.templates.last-hours.sms.txt:"
                        + " the playbook has a template of this name: choose another",
                "'300.00 CNY' | '300.00 USD' | definition.sprint.budget: must be in the store's"
                        + " currency, CNY (got: 300.00 USD)",
                "'window': '3h' | 'window': '3h', 'waves': [{'id': 'a'}] | definition.waves: define"
                        + " one run",
                "'window': '3h' | 'window': '3h', 'schedule': {'date': '2026-05-09', 'at': '23:00'}"
                        + " | definition.sprint.schedule: begins at 23:00, but the store is quiet",
            })
    void shouldRefuseWhatThePlaybookWouldWithFieldValueAndMend(
            String right, String wrong, String answer) {
        String definition = SPRINT.replace(unescaped(right), unescaped(wrong));
        assertTrue(!definition.equals(SPRINT), right + " is not there");

        BadInput bad = assertThrows(BadInput.class, () -> compile(definition));

        assertTrue(bad.answer().contains(answer.strip()), bad.answer());
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"");
    }

    /** With JSON's quotes instead of single ones. */
    private InlineCampaign.Compiled compile(String definition) {
        String json = definition.replace("\"", "\\\"").replace('\'', '"');
        return InlineCampaign.compile(Json.read(json), playbook, SIX);
    }
}
