package io.memberday.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.message.Templates.SmsEnding;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

final class TemplatesTest {
    private static final SmsEnding MARKETING = new SmsEnding("拒收请回复R", "【样店】");
    private static final Templates TEMPLATES = SamplePlaybook.templates();

    @Test
    void shouldEndAnSmsWithOptOutWordsAndThenTheSignature() {
        Body body = sms("zh").render(Map.of("name", "小林", "offer", "双倍积分"), MARKETING);
        assertEquals("小林，双倍积分拒收请回复R【样店】", body.text());
        assertEquals(1, body.parts());
    }

    @Test
    void shouldPutASpaceBetweenWordsOfAnAlphabetOnly() {
        SmsEnding english = new SmsEnding("Reply STOP to opt out", "[Sample]");
        assertEquals(
                "Hi Ann: 5% off. Reply STOP to opt out [Sample]",
                sms("en").render(Map.of("name", "Ann", "offer", "5% off"), english).text());
        SmsEnding service = new SmsEnding("", "【样店】");
        assertEquals(
                "Hi there: 5% off.【样店】",
                sms("en").render(Map.of("offer", "5% off"), service).text());
    }

    @Test
    void shouldTakeTheWrittenDefaultForAnUnknownOrBlankValue() {
        String expected = "亲，八折拒收请回复R【样店】";
        assertEquals(expected, sms("zh").render(Map.of("offer", "八折"), MARKETING).text());
        Map<String, String> blank = Map.of("offer", "八折", "name", "  ");
        assertEquals(expected, sms("zh").render(blank, MARKETING).text());
    }

    @Test
    void shouldNotLetANamePoseAsAShopOrBreakALine() {
        Map<String, String> values = Map.of("name", "【别店】\n小林\u0000", "offer", "八折");
        assertEquals("别店 小林，八折拒收请回复R【样店】", sms("zh").render(values, MARKETING).text());
    }

    @Test
    void shouldNotReadAValueAsATemplate() {
        Map<String, String> values = Map.of("name", "{{offer}}", "offer", "八折");
        assertTrue(sms("zh").render(values, MARKETING).text().startsWith("{{offer}}，八折"));
    }

    @Test
    void shouldEscapeValuesInHtmlOnly() {
        // Given
        Templates.Template email = TEMPLATES.find(Channel.EMAIL, "member-day", "zh").get();
        String name = "<b>\"A&B'</b>\r\nBcc: x";

        // When
        Body body = email.render(Map.of("name", name, "offer", name), MARKETING);

        // Then
        assertTrue(body.html().contains("&lt;b&gt;&quot;A&amp;B&#39;&lt;/b&gt;"), body.html());
        assertTrue(body.text().contains("<b>\"A&B'</b>"), body.text());
        assertEquals("会员日：<b>\"A&B'</b> Bcc: x", body.subject());
        assertEquals(1, body.parts());
    }

    @ParameterizedTest
    @CsvSource({"en-GB,en", "en_US,en", "EN,en", "zh-CN,zh", "fr,zh", "'',zh"})
    void shouldFallBackToTheBaseLanguageAndThenToTheStores(String wanted, String found) {
        assertEquals(found, TEMPLATES.find(Channel.SMS, "member-day", wanted).get().language());
        assertTrue(TEMPLATES.find(Channel.SMS, "no-such", wanted).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{}}", "{{name", "name}}", "{{#if name}}", "{{na me}}", "{{{name}}}"})
    void shouldRefuseBracesThatAreNoSlot(String text) {
        assertThrows(IllegalArgumentException.class, () -> Pieces.parse(text));
    }

    private static Templates.Template sms(String language) {
        return TEMPLATES.find(Channel.SMS, "member-day", language).get();
    }
}
