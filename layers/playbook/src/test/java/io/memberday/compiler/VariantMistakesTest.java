package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Variant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Variants, compared segments and what a store measures by: right, and wrong in one place. */
final class VariantMistakesTest {
    private static final String VARIANTS =
            """
              compare: [buyers, regulars]
              send: { sms: last-hours }
              variants:
                - { id: a, weight: 50 }
                - { id: b, weight: 50, send: { sms: other } }
            """;

    @Test
    void shouldCompileVariantsAndWhatTheyAreComparedBy() {
        // When
        PlaybookCompiler.Result result = compile(VARIANTS, "", "");

        // Then
        assertEquals(List.of(), result.mistakes());
        Campaign campaign = result.playbook().flatMap(all -> all.campaign("last-hours")).get();
        assertEquals(
                List.of(
                        new Variant(
                                "a", 50, List.of(new Send(Channel.SMS, "last-hours")), Map.of()),
                        new Variant("b", 50, List.of(new Send(Channel.SMS, "other")), Map.of())),
                campaign.variants());
        assertEquals(List.of("buyers", "regulars"), List.copyOf(campaign.compared().keySet()));
        assertEquals(
                Set.of("last-hours, variant a", "last-hours, variant b"),
                Set.copyOf(
                        result.messages().stream()
                                .map(MessagePreview::sender)
                                .filter(sender -> sender.contains("variant"))
                                .toList()));
    }

    @Test
    void shouldReadByWhatTheStoreMeasures() {
        Playbook playbook =
                compile(
                                VARIANTS,
                                "holdout: 10%",
                                """
                                holdout: 10%
                                globalHoldout: 2%
                                refundPeriod: 7d
                                expectedConversion: 0.92%
                                """)
                        .playbook()
                        .orElseThrow();
        assertEquals(2, playbook.store().measuring().globalHoldoutPercent());
        assertEquals(Duration.ofDays(7), playbook.store().measuring().refundPeriod());
        assertEquals(92, playbook.store().measuring().buyersOfTenThousand());
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weight: 50 }           | weight: 40 }       | campaigns.yaml:24: last-hours.variants: their weights sum up to 90: make it 100
                    weight: 50 }           | weight: half }     | campaigns.yaml:25: last-hours.variants[0].weight: write a whole number from 1 to 100 (found: half)
                    weight: 50 }           | weight: 0 }        | campaigns.yaml:25: last-hours.variants[0].weight: write a whole number from 1 to 100 (found: 0)
                    id: b                  | id: a              | campaigns.yaml:26: last-hours.variants[1].id: is there twice: ids must differ
                    id: b                  | id: B!             | campaigns.yaml:26: last-hours.variants[1].id: write it in lower case
                    sms: other             | sms: othre         | campaigns.yaml:26: last-hours.variants[1].send: unknown template: there is no templates/othre.sms.txt
                    sms: other             | email: member-day  | campaigns.yaml:26: last-hours.variants[1].send: uses other channels than a
                    sms: other             | sms: last-hours    | campaigns.yaml:26: last-hours.variants[1].id: says the same as a: give it another template or offer
                    sms: other             | fax: other         | campaigns.yaml:26: last-hours.variants[1].send[0].fax: unknown channel
                    weight: 50, send       | wieght: 50, send   | campaigns.yaml:26: last-hours.variants[1].wieght: unknown field: did you mean weight?
                    weight: 50 }           | weight: 50, send: { sms: third } } | campaigns.yaml:23: last-hours.send: nobody gets it: each variant sends its own; take it away
                    { sms: other } }       | { sms: other }, offer: 88折 } | campaigns.yaml:26: last-hours.variants[1].offer: the campaign has no offers to be told in other words: add offers to it
                    { sms: other } }       | { sms: other }, offer: { en: less } } | campaigns.yaml:26: last-hours.variants[1].offer: is missing in the store's language, zh
                    [buyers, regulars]     | [buyers, regulrs]  | campaigns.yaml:22: last-hours.compare: no segment is called regulrs: did you mean regulars?
                    [buyers, regulars]     | [buyers, buyers]   | campaigns.yaml:22: last-hours.compare: buyers is there twice
                    """)
    void shouldSayFileLineFieldAndMend(String right, String wrong, String mistake) {
        refused(compile(VARIANTS, right, wrong), mistake);
    }

    @Test
    void shouldRefuseAnOfferInOtherWordsThatNobodySees() {
        String offers =
                """
                  offers: [{ id: all, yearly: "11-11", text: 88折 }]
                """;
        refused(
                compile(VARIANTS + offers, "{ sms: other } }", "{ sms: other }, offer: 八八折 }"),
                "campaigns.yaml:26: last-hours.variants[1].offer: nobody sees it: none of its"
                        + " templates shows {{offer}}");
    }

    @Test
    void shouldRefuseAVariantThatStandsAlone() {
        String alone =
                """
                  variants:
                    - { id: a, weight: 100, send: { sms: last-hours } }
                """;
        refused(
                compile(alone, "", ""),
                "campaigns.yaml:22: last-hours.variants: list 2 to 10 of them");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    globalHoldout: 30%        | store.yaml:14: globalHoldout: write a share from 0% to 20% (found: 30%)
                    refundPeriod: 200d        | store.yaml:14: refundPeriod: wait for refunds for 90d at most (found: 200d)
                    expectedConversion: 0.925% | store.yaml:14: expectedConversion: write a share like 1% or 0.92%, up to 100% (found: 0.925%)
                    expectedConversion: 101%  | store.yaml:14: expectedConversion: write a share like 1% or 0.92%, up to 100% (found: 101%)
                    """)
    void shouldSayWhatIsWrongWithTheStoresMeasures(String wrong, String mistake) {
        refused(compile(VARIANTS, "holdout: 10%", "holdout: 10%\n" + wrong), mistake);
    }

    private static void refused(PlaybookCompiler.Result result, String mistake) {
        assertTrue(
                result.mistakes().stream()
                        .filter(found -> !found.warning())
                        .anyMatch(found -> found.toString().startsWith(mistake)),
                () -> mistake + "\nbut found\n" + result.mistakes());
        assertTrue(result.playbook().isEmpty());
    }

    /** The small shop, whose last-hours campaign has variants, with one thing changed. */
    private static PlaybookCompiler.Result compile(String variants, String right, String wrong) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.merge(
                "campaigns.yaml",
                variants,
                (text, more) -> text.replace("  send: { sms: last-hours }\n", "") + more);
        files.put("templates/other.sms.txt", "另一个\n");
        if (wrong.contains("third")) {
            files.put("templates/third.sms.txt", "第三个\n");
        }
        if (!variants.contains("other")) {
            files.remove("templates/other.sms.txt");
        }
        String changed = right.startsWith("holdout") ? "store.yaml" : "campaigns.yaml";
        assertTrue(files.get(changed).contains(right), right);
        int at = files.get(changed).lastIndexOf(right);
        if (changed.equals("campaigns.yaml") && right.startsWith("weight: 50 }")) {
            at = files.get(changed).indexOf(right);
        }
        String text = files.get(changed);
        files.put(changed, text.substring(0, at) + wrong + text.substring(at + right.length()));
        return SmallShop.compileFiles(files);
    }
}
