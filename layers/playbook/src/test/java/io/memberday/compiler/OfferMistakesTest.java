package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.playbook.FreeShipping;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Sizing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Offers by value and promises of free shipping, and what can be wrong with them. */
final class OfferMistakesTest {
    private static final String OFFERS =
            """
              offers:
                - id: own
                  text: 满{{threshold}}减{{reduction}}，满{{freeShipping}}包邮
                  freeShipping: { over: "80.00 CNY", justPaid: 20d }
                  size:
                    threshold: { ofAverageOrder: 110%, atLeast: "90.00 CNY", atMost: "900.00 CNY", roundTo: "10.00 CNY" }
                    reduction: { ofAverageDiscount: 120%, atLeast: 5%, atMost: 20%, roundTo: "1.00 CNY" }
            """;
    private static final String TEMPLATE =
            "{{name|亲}}，{{offer}}，单均{{averageOrder}}元，省{{averageDiscount}}\n";

    @Test
    void shouldCompileAnOfferThatIsSizedForEachMember() {
        PlaybookCompiler.Result result = compile(OFFERS, TEMPLATE);
        assertEquals(List.of(), result.mistakes());
        Offer offer =
                result.playbook()
                        .orElseThrow()
                        .campaign("last-hours")
                        .orElseThrow()
                        .offers()
                        .getFirst();
        assertEquals(
                Optional.of(
                        new Sizing(
                                new Sizing.Threshold(110, 9_000, 90_000, 1_000),
                                new Sizing.Reduction(120, 5, 20, 100))),
                offer.sizing());
        assertEquals(
                Optional.of(new FreeShipping(8_000, Duration.ofDays(20))), offer.freeShipping());
        assertTrue(
                result.messages().stream()
                        .anyMatch(message -> message.text().contains("满900减180，满80包邮")),
                "parts are counted with the longest figures");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                wrong(
                        "over: \"80.00 CNY\", ",
                        "",
                        "campaigns.yaml:26: last-hours.offers[0].freeShipping.over: is missing"),
                wrong(
                        "over: \"80.00 CNY\"",
                        "over: \"-1.00 CNY\"",
                        "campaigns.yaml:26: last-hours.offers[0].freeShipping.over: write from"
                                + " which order it holds"),
                wrong(
                        "justPaid: 20d",
                        "justPaid: 500d",
                        "campaigns.yaml:26: last-hours.offers[0].freeShipping.justPaid: is longer"
                                + " than the store's horizon"),
                wrong(
                        "justPaid: 20d",
                        "paid: 20d",
                        "campaigns.yaml:26: last-hours.offers[0].freeShipping.paid: unknown field"),
                wrong(
                        "      freeShipping: { over: \"80.00 CNY\", justPaid: 20d }\n",
                        "",
                        "campaigns.yaml:25: last-hours.offers[0].text: {{freeShipping}} needs its"
                                + " amount"),
                wrong(
                        "满{{freeShipping}}包邮",
                        "满100包邮",
                        "campaigns.yaml:23: last-hours.offers: own, zh: promises free shipping from"
                                + " another amount than the offer's freeShipping, 80"),
                wrong(
                        "{{threshold}}",
                        "{{treshold}}",
                        "campaigns.yaml:25: last-hours.offers[0].text: unknown variable treshold:"
                                + " did you mean threshold?"),
                wrong(
                        "{{threshold}}",
                        "{{threshold}",
                        "campaigns.yaml:25: last-hours.offers[0].text: braces that are not"),
                wrong(
                        "{{threshold}}",
                        "{{order}}",
                        "campaigns.yaml:25: last-hours.offers[0].text: unknown variable order"),
                wrong(
                        "threshold: {",
                        "treshold: {",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold: is missing"),
                wrong(
                        "ofAverageOrder: 110%",
                        "ofAverageOrder: 0%",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold.ofAverageOrder:"
                                + " write a share from 1% to 1000%"),
                wrong(
                        "atLeast: \"90.00 CNY\"",
                        "atLeast: \"95.00 CNY\"",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold.atLeast: is not a"
                                + " whole number of roundTo"),
                wrong(
                        "atMost: \"900.00 CNY\"",
                        "atMost: \"80.00 CNY\"",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold.atMost: is less"
                                + " than atLeast"),
                wrong(
                        "roundTo: \"10.00 CNY\"",
                        "roundTo: \"10.00 USD\"",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold.roundTo: must be in"
                                + " the store's currency"),
                wrong(
                        ", roundTo: \"10.00 CNY\"",
                        "",
                        "campaigns.yaml:28: last-hours.offers[0].size.threshold.roundTo: is"
                                + " missing"),
                wrong(
                        "atMost: 20%",
                        "atMost: 95%",
                        "campaigns.yaml:29: last-hours.offers[0].size.reduction.atMost: write a"
                                + " share from 1% to 90%"),
                wrong(
                        "atLeast: 5%",
                        "atLeast: 50%",
                        "campaigns.yaml:29: last-hours.offers[0].size.reduction.atMost: is less"
                                + " than atLeast"),
                wrong(
                        "roundTo: \"1.00 CNY\"",
                        "roundTo: \"100.00 CNY\"",
                        "campaigns.yaml:29: last-hours.offers[0].size.reduction.roundTo: could take"
                                + " off the whole threshold"));
    }

    @Test
    void shouldNotTakeDaysBeforeNothingForEveryDay() {
        found(
                compile(OFFERS.replace("id: own", "id: own\n      daysBefore: 2"), TEMPLATE),
                "campaigns.yaml:24: last-hours.offers[0].date: say when");
    }

    @Test
    void shouldNotLetAVariantNameWhatItsOffersDoNotHave() {
        String offers =
                OFFERS
                        + """
                          variants:
                            - { id: a, weight: 50, send: { sms: last-hours } }
                            - { id: b, weight: 50, send: { sms: last-hours }, offer: "WORDS" }
                        """;
        String campaigns = "campaigns.yaml:31: last-hours.variants[1].offer: ";
        found(
                tried(offers.replace("WORDS", "满{{treshold}}")),
                campaigns + "unknown variable treshold: did you mean threshold?");
        String without = offers.replaceFirst("(?s) {6}size:.*?\n  variants", "  variants");
        String plain =
                without.replaceFirst("满\\{\\{threshold}}减\\{\\{reduction}}，", "")
                        .replace("WORDS", "满{{threshold}}");
        found(
                tried(plain),
                "campaigns.yaml:28: last-hours.variants[1].offer: {{threshold}} needs a size");
    }

    private static PlaybookCompiler.Result tried(String offers) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        String campaigns = files.get("campaigns.yaml");
        files.put(
                "campaigns.yaml", campaigns.replace("  send: { sms: last-hours }\n", "") + offers);
        files.put("templates/last-hours.sms.txt", TEMPLATE);
        return SmallShop.compileFiles(files);
    }

    private static Arguments wrong(String right, String wrong, String mistake) {
        return Arguments.of(right, wrong, mistake);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void shouldSayWhatIsWrongWithAnOffer(String right, String wrong, String mistake) {
        assertTrue(OFFERS.contains(right), right);
        found(compile(OFFERS.replace(right, wrong), TEMPLATE), mistake);
    }

    @ParameterizedTest
    @MethodSource("promises")
    void shouldNotLetATextPromiseFreeShippingWithoutItsAmount(
            String offers, String template, String mistake) {
        found(compile(offers, template), mistake);
    }

    static Stream<Arguments> promises() {
        String none = "";
        String plain = "  offers: [{ id: plain, text: 满200减20 }]\n";
        String over = "  offers: [{ id: o, text: 88折, freeShipping: { over: \"80.00 CNY\" } }]\n";
        String file = "templates/last-hours.sms.txt:1: ";
        return Stream.of(
                Arguments.of(
                        none, "今天包邮", file + "promises free shipping, and last-hours has no offer"),
                Arguments.of(
                        none,
                        "满80免运费",
                        file + "promises free shipping, and last-hours has no offer"),
                Arguments.of(
                        plain,
                        "{{offer}}满80包邮",
                        file + "plain: promises free shipping, but not from which amount"),
                Arguments.of(
                        plain,
                        "Free Shipping over 80, {{offer}}",
                        file + "plain: promises free shipping, but not from which amount"),
                Arguments.of(
                        over,
                        "满800包邮{{offer}}",
                        file
                                + "o: promises free shipping from another amount than the offer's"
                                + " freeShipping, 80"),
                Arguments.of(
                        over,
                        "满80.5包邮{{offer}}",
                        file
                                + "o: promises free shipping from another amount than the offer's"
                                + " freeShipping, 80"),
                Arguments.of(plain, "满{{threshold}}", file + "plain: {{threshold}} needs a size"),
                Arguments.of(
                        none, "减{{reduction}}", file + "last-hours: {{reduction}} needs a size"),
                Arguments.of(
                        "  offers: [{ id: o, text: 满80包邮 }]\n",
                        "{{offer}}",
                        "campaigns.yaml:23: last-hours.offers: o, zh: promises free shipping, but"
                                + " not from which amount"));
    }

    @Test
    void shouldTakeAPromiseWhoseAmountIsSaid() {
        String over = "  offers: [{ id: o, freeShipping: { over: \"80.00 CNY\" } }]\n";
        assertEquals(List.of(), compile(over, "满80包邮，满{{freeShipping}}免邮").mistakes());
        assertEquals(List.of(), compile(over, "满80元包邮").mistakes());
        String always = over.replace("80.00", "0.00");
        assertEquals(List.of(), compile(always, "今天包邮").mistakes());
    }

    private static void found(PlaybookCompiler.Result result, String mistake) {
        assertTrue(
                result.mistakes().stream()
                        .anyMatch(each -> !each.warning() && each.toString().startsWith(mistake)),
                () -> mistake + "\nbut found\n" + result.mistakes());
    }

    private static PlaybookCompiler.Result compile(String offers, String template) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.merge("campaigns.yaml", offers, String::concat);
        files.put("templates/last-hours.sms.txt", template);
        return SmallShop.compileFiles(files);
    }
}
