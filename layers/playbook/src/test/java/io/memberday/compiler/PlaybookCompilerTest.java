package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Body;
import io.memberday.message.Templates;
import io.memberday.playbook.Playbook;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** What a playbook compiles to, and what is said of a whole one. */
final class PlaybookCompilerTest {

    @Test
    void shouldFindNothingWrongInARightPlaybook() {
        PlaybookCompiler.Result result = SmallShop.compile(Map.of());
        assertEquals(List.of(), result.mistakes());
        assertTrue(result.playbook().isPresent());
    }

    @Test
    void shouldReportEverythingAtOnce() {
        PlaybookCompiler.Result result =
                SmallShop.compile(
                        Map.of(
                                "store.yaml|Asia/Shanghai", "Asia/Shangai",
                                "segments.yaml|keptPurchases >= 2", "citty == \"上海\"",
                                "campaigns.yaml|holdout: 10%", "holdout: 110%",
                                "templates/member-day.sms.txt|{{name|亲}}", "{{nmae}}"));
        List<String> files = result.mistakes().stream().map(Mistake::file).distinct().toList();
        assertEquals(
                List.of(
                        "campaigns.yaml",
                        "segments.yaml",
                        "store.yaml",
                        "templates/member-day.sms.txt"),
                files,
                result.mistakes().toString());
    }

    @Test
    void shouldNameAFieldThatIsThereTwice() {
        warned("store.yaml|zone:", "name: Again\nzone:", "store.yaml:5: name: is there twice");
    }

    @Test
    void shouldNameAMissingFileAndOneThatIsNoPart() {
        Map<String, String> files = SmallShop.files();
        files.remove("tiers.yaml");
        files.put("tier.yaml", "");
        String found = SmallShop.compileFiles(files).mistakes().toString();
        assertTrue(found.contains("tiers.yaml:1: is missing"), found);
        assertTrue(found.contains("tier.yaml:1: is not part of a playbook"), found);
    }

    @Test
    void shouldWarnOfCampaignsThatSendAtTheSameTime() {
        warned(
                "campaigns.yaml|{ date: \"2026-11-11\", at: \"20:30\" }",
                "{ date: \"2026-11-13\", at: \"19:30\" }",
                "campaigns.yaml:17: warning: last-hours.schedule: sends at the same time as"
                        + " member-day on 2026-11-13: last-hours wins a member by its value");
    }

    @Test
    void shouldWarnWhenOptOutWordsSpillTheTextIntoAFurtherPart() {
        // 61 characters, 6 of opt-out words and 3 of signature are 70; one more is too many.
        String fits = "字".repeat(61);
        assertEquals(
                List.of(),
                SmallShop.compile(Map.of("templates/last-hours.sms.txt|最后", fits)).mistakes());
        warned(
                "templates/last-hours.sms.txt|最后",
                fits + "字",
                "templates/last-hours.sms.txt:1: warning: the opt-out words spill it into 2 parts"
                        + " instead of 1 (last-hours): shorten it by 1");
    }

    @Test
    void shouldWarnWhenACampaignCarriesNoOptOutWords() {
        warned(
                "campaigns.yaml|  value: 80",
                "  value: 80\n  optOut: none",
                "campaigns.yaml:19: warning: last-hours.optOut: its SMS tell nobody how to refuse");
    }

    @Test
    void shouldWarnOfATemplateThatNothingSends() {
        Map<String, String> files = SmallShop.files();
        files.put("templates/lost.sms.txt", "谁");
        String found = SmallShop.compileFiles(files).mistakes().toString();
        assertTrue(found.contains("templates/lost.sms.txt:1: warning: no campaign"), found);
    }

    @Test
    void shouldMakeTheTextPartOfAnEmailFromItsHtml() {
        Playbook playbook = SmallShop.compile(Map.of()).playbook().orElseThrow();
        Templates.Template email =
                playbook.templates().find(Channel.EMAIL, "member-day", "zh").orElseThrow();
        Body body =
                email.render(
                        Map.of("name", "A&B", "unsubscribe", "https://u"),
                        playbook.store().ending(Kind.MARKETING, "zh"));
        assertEquals("A&B，您好\n\n今天会员日\n退订 https://u", body.text());
        assertEquals("会员日", body.subject());
        assertTrue(body.html().contains("A&amp;B，您好"));
        assertFalse(body.html().contains("{{"));
    }

    private static void warned(String where, String written, String mistake) {
        PlaybookCompiler.Result result = SmallShop.compile(Map.of(where, written));
        assertTrue(
                result.mistakes().stream().anyMatch(m -> m.toString().startsWith(mistake)),
                () -> mistake + "\nbut found\n" + result.mistakes());
    }
}
