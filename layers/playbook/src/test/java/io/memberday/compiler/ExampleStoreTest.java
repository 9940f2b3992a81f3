package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Body;
import io.memberday.message.Templates;
import io.memberday.message.Templates.SmsEnding;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Touchpoint;
import io.memberday.segment.Segments;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The store that is shipped, as the functions load it. */
final class ExampleStoreTest {
    private static final Playbook STORE = Playbooks.load();

    @Test
    void shouldLoadFromTheClassPathWithNoParserOnIt() throws Exception {
        // Given: the class path of a function is core, its JSON reader and the playbook.
        Path[] entries =
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(Path::of)
                        .filter(
                                path ->
                                        !path.toString()
                                                .matches(".*(snakeyaml|jsoup|dev.cel|antlr).*"))
                        .toArray(Path[]::new);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries[i].toUri().toURL();
        }

        // When
        try (URLClassLoader loader =
                new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> playbooks = loader.loadClass(Playbooks.class.getName());
            Object playbook = playbooks.getMethod("load").invoke(null);

            // Then
            assertNotNull(playbook);
        }
    }

    /** One shop's own texts had these lengths with the signature: one part each (R61). */
    @ParameterizedTest
    @CsvSource({
        "payment-reminder, 49, 1",
        "last-hours, 68, 2",
        "festival-greeting, 66, 2",
        "back-to-school, 69, 2",
        "problem-parcel, 63, 1",
        "signed-notice, 66, 2",
    })
    void shouldSayTheShopsTextsInOnePartUnlessOptOutWordsFollow(
            String template, int characters, int partsWithWords) {
        // When
        Body plain = sms(template, STORE.store().ending(Kind.SERVICE, "zh"));
        Body worded = sms(template, STORE.store().ending(Kind.MARKETING, "zh"));

        // Then
        assertEquals(characters, plain.text().length());
        assertTrue(plain.text().endsWith("【棉里】"));
        assertEquals(1, plain.parts());
        assertTrue(worded.text().endsWith("拒收请回复R【棉里】"));
        assertEquals(partsWithWords, worded.parts());
    }

    private static Body sms(String template, SmsEnding ending) {
        return STORE.templates()
                .find(Channel.SMS, template, "zh")
                .orElseThrow()
                .render(Map.of(), ending);
    }

    @Test
    void shouldLeaveOutOptOutWordsOnlyWhereACampaignSaysSo() {
        assertEquals("", campaign("eleven-eleven-last-hours").ending(STORE.store(), "zh").optOut());
        assertEquals("拒收请回复R", campaign("member-day").ending(STORE.store(), "zh").optOut());
        assertEquals(
                "Reply STOP to opt out",
                campaign("member-day").ending(STORE.store(), "en").optOut());
    }

    @Test
    void shouldOfferTheRichestWhenTheEighthIsAFriday() {
        Campaign memberDay = campaign("member-day");
        assertEquals("friday-the-eighth", offer(memberDay, "2026-05-08"));
        assertEquals("friday", offer(memberDay, "2026-05-15"));
        assertEquals("the-eighth", offer(memberDay, "2026-06-08"));
        assertTrue(memberDay.schedule(LocalDate.parse("2026-06-09")).isEmpty());
    }

    private static String offer(Campaign campaign, String date) {
        return campaign.offer(LocalDate.parse(date)).orElseThrow().id();
    }

    @Test
    void shouldSpeakOfEveryParcelsWayAndEveryUnpaidOrderInBothLanguages() {
        Set<Touchpoint.Trigger> told =
                STORE.touchpoints().stream().map(Touchpoint::on).collect(Collectors.toSet());
        for (Touchpoint.Trigger trigger : Touchpoint.Trigger.values()) {
            if (trigger.isOfParcel() || trigger == Touchpoint.Trigger.ORDER_UNPAID) {
                assertTrue(told.contains(trigger), trigger.key());
            }
        }
        for (Touchpoint touchpoint : STORE.touchpoints()) {
            for (Campaign.Send send : touchpoint.allSends()) {
                for (String language : new String[] {"zh", "en"}) {
                    assertEquals(
                            language,
                            STORE.templates()
                                    .find(send.channel(), send.template(), language)
                                    .orElseThrow()
                                    .language());
                }
            }
        }
    }

    /** What follows a purchase is short: a spill into a second part would double its price. */
    @Test
    void shouldSayAllAlongAPurchaseInOnePartOptOutWordsIncluded() throws IOException {
        Map<String, String> files = new HashMap<>();
        Path folder = Path.of("src/main/playbook");
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        Set<String> ids =
                STORE.touchpoints().stream().map(Touchpoint::id).collect(Collectors.toSet());
        ids.addAll(Set.of("newcomer-goods", "newcomer-last-days"));
        for (MessagePreview message : SmallShop.compileFiles(files).messages()) {
            if (ids.contains(message.sender())) {
                assertEquals(1, message.parts(), message.toString());
            }
        }
    }

    @Test
    void shouldKeepEveryRunsFrozenPartFarBelowTheLimitOfARow() {
        for (Campaign campaign : STORE.campaigns()) {
            String frozen = Frozen.of(STORE, campaign).json();
            int bytes = frozen.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes < 20_000, campaign.id() + " " + bytes);
            assertTrue(
                    Segments.answerable(
                            campaign.segment(),
                            LocalDate.parse("2026-12-01"),
                            STORE.store().horizon()));
        }
    }

    @Test
    void shouldCompileTheSameTextEveryTimeAndFailWithAReport(@TempDir Path temp)
            throws IOException {
        // Given
        Path source = Path.of("src/main/playbook");
        Path first = temp.resolve("a/playbook.json");
        Path second = temp.resolve("b/playbook.json");
        Path previews = temp.resolve("previews");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        // When
        int right = PlaybookCheck.run(source, first, previews, SmallShop.TODAY, out);
        PlaybookCheck.run(source, second, previews, SmallShop.TODAY, out);
        int wrong =
                PlaybookCheck.run(
                        temp.resolve("a"), temp.resolve("c.json"), previews, SmallShop.TODAY, out);

        // Then
        assertEquals(0, right);
        assertEquals(Files.readString(first), Files.readString(second));
        assertEquals(1, wrong);
        String report = printed.toString(StandardCharsets.UTF_8);
        assertTrue(report.contains("68 characters  1 part, 2 with opt-out words"), report);
        assertTrue(report.contains("store.yaml:1: is missing"), report);
    }

    @Test
    void shouldRenderEveryTextOnOnePageWithPartsAndCost(@TempDir Path temp) throws IOException {
        // When
        PlaybookCheck.run(
                Path.of("src/main/playbook"),
                temp.resolve("playbook.json"),
                temp,
                SmallShop.TODAY,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        String page = Files.readString(temp.resolve("index.html"));

        // Then
        for (Templates.Template template : STORE.templates().all()) {
            assertTrue(
                    page.contains(template.id() + "/" + template.language() + ", "), template.id());
        }
        assertTrue(page.contains("2026-05-08, friday-the-eighth, member-day/zh, SMS to a regular"));
        assertTrue(page.contains("欧阳小明，会员日到啦！全店88折，积分双倍，白金会员再享9折"), page);
        assertTrue(page.contains("亲，会员日到啦！全店88折，积分双倍，会员同享，今天有效"), page);
        assertTrue(page.contains("66 characters, 1 part, 0.05 CNY"));
        assertTrue(page.contains("<iframe sandbox"));
        assertFalse(page.contains("{{"), "a variable was not filled");
        assertFalse(page.contains("<script"));
    }

    @Test
    void shouldHoldDoubleElevenInThreeWavesAndGreetAtTheSpringFestivalOfEachYear() {
        assertTrue(held("double-eleven#recall", "2026-11-03"));
        assertTrue(held("double-eleven#offer", "2026-11-07"));
        assertTrue(held("double-eleven#eve", "2027-11-10"));
        assertTrue(held("spring-festival-greeting", "2026-02-17"));
        assertTrue(held("spring-festival-greeting", "2027-02-06"));
    }

    private static boolean held(String key, String date) {
        return campaign(key).schedule(LocalDate.parse(date)).isPresent();
    }

    private static Campaign campaign(String id) {
        return STORE.campaign(id).orElseThrow();
    }
}
