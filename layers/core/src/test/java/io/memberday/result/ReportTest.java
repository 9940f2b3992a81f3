package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ReportTest {
    private final RunScene scene = new RunScene();

    @BeforeEach
    void festival() {
        scene.page(Map.of("=cmd", 1), Optional.empty());
        scene.batch("000000-00", List.of("a", "b"), List.of("h"), true);
        for (String member : List.of("a", "b")) {
            scene.outcome("000000-00", member, Status.SENT, "", Channel.SMS, 2, "qixi zh");
        }
        scene.member(scene.claimed("a"));
        scene.order("a", RunScene.CLAIM.plusSeconds(60), 2_00);
    }

    @Test
    void shouldWarnThatATextSpilledIntoASecondPart() {
        CampaignResult result = scene.compute();

        assertEquals("1:10", Report.json(result).get("roi"));
        assertEquals(
                List.of(
                        "2 of 2 SMS took more than one part, 4 parts in all, for 0.20 CNY. In one"
                                + " part each the run would have cost 0.10 CNY and its ROI would be"
                                + " 1:20: shorten the text or its opt-out words."),
                Remarks.of(result));
    }

    @Test
    void shouldSayHowLongOrdersStillCount() {
        CampaignResult result = scene.compute(RunScene.AT.plus(Duration.ofDays(1)));

        assertEquals(
                "Orders still come to count, until 2026-05-12 10:05.",
                Remarks.of(result).getLast());
    }

    @Test
    void shouldGiveTheSameFiguresInJsonAndCsv() {
        CampaignResult result = scene.compute();
        Fields json = Json.read(Json.write(Report.json(result)));
        String csv = new String(Report.csv(result), StandardCharsets.UTF_8);

        assertEquals(2, json.whole("sent", 0, 9));
        assertEquals("50.00 %", json.text("conversion"));
        assertEquals("0.2", json.optionalDecimal("cost").orElseThrow().toString());
        assertEquals(
                "2 sent + 0 failed + 0 unknown + 0 suppressed + 1 held out = 3 members",
                json.text("sum"));
        assertTrue(csv.startsWith("\uFEFFpart,item,measure,value\r\n"));
        assertTrue(csv.contains("\r\nsummary,,conversion,50.00 %\r\n"));
        assertTrue(csv.contains("\r\nsummary,,delivered,–\r\n"));
        assertTrue(csv.contains("\r\nday,2026-05-08,amount,2.00\r\n"));
        assertTrue(csv.contains("\r\ntemplate,sms qixi zh,roi,1:10\r\n"));
        assertTrue(csv.contains("\r\nexcluded,,'=cmd,1\r\n"), csv);
    }

    @Test
    void shouldMakeAPageThatNeedsNothingElseAndRunsNoScript() {
        String page = ReportPage.of(scene.compute());

        assertTrue(page.contains("Tea &amp; &lt;Co&gt; · member-day@2026-05-08"));
        assertFalse(page.contains("<Co>"));
        assertTrue(page.contains("<b>1:10</b><span>ROI</span>"));
        assertTrue(page.contains("<b>50.00 %</b><span>conversion</span>"));
        assertEquals(4, page.split("<svg ", -1).length - 1);
        assertTrue(page.contains("too few to tell"));
        assertFalse(page.contains("<script") || page.contains("http") || page.contains("src="));
    }
}
