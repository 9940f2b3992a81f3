package io.memberday.local.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.LocalStack;
import io.memberday.local.Ports;
import io.memberday.local.engine.Repository;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the product promises, from outside, on one stack: rows that take seconds, or {@code
 * -Drows=R34}, and purchases day by day. {@code ./local/run --rows all} shows all of them.
 */
class RowsTest {
    private static final String QUICK = "R7,R11,R30,R39,R40,R50,R52,R62,R69";
    private static final Playbook PLAYBOOK = Playbooks.load();

    private static LocalStack stack;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack =
                LocalStack.start(
                        new LocalStack.Settings(
                                Repository.template(), Repository.root(), folder, Ports.ANY));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldHoldItsRowsAndTellWhatWasSentAndWhatWasNot() {
        // When
        List<String> failed =
                new Rows(stack, PLAYBOOK, said::add)
                        .tell(List.of(System.getProperty("rows", QUICK).split(",")));
        // Then
        String text = String.join("\n", said);
        assertEquals(List.of(), failed, text);
        assertTrue(text.contains("not sent"), text);
    }

    @Test
    void shouldReplayAKeptPurchaseAndSayOfEachOf75DaysWhatWasSentOrWhyNothing() {
        // When
        boolean held = new PurchaseReplay(stack, PLAYBOOK, said::add).tell("kept", 75);
        // Then
        List<String> days = days();
        assertTrue(held, () -> String.join("\n", said));
        assertEquals(76, days.size());
        days.forEach(day -> assertTrue(day.matches(".*[→✗☎·].*"), day));
        // The shop's own dates: 11-26, 12-11, 12-26 and 01-25.
        says(0, "Wed 11-11", "→ 15:", "SMS dispatch-notice");
        says(1, "Thu 11-12", "→ 19:", "SMS second-purchase-gift");
        says(3, "Sat 11-14", "SMS same-city-notice", "SMS signed-notice");
        says(9, "Fri 11-20", "SMS member-day", "SMS review-gift");
        says(11, "Sun 11-22", "SMS review-care");
        says(15, "Thu 11-26", "SMS after-sale-care");
        // A member day: what meets it in the caps comes later.
        says(30, "Fri 12-11", "SMS member-day", "similar-goods");
        assertTrue(
                days.subList(30, 33).stream().anyMatch(day -> day.contains("SMS similar-goods")),
                () -> String.join("\n", days.subList(30, 33)));
        says(45, "Sat 12-26", "SMS repurchase-incentive");
        says(75, "Mon 01-25", "SMS next-festival");
        says(33, "Mon 12-14", "· nothing is due; next is");
        assertTrue(said.stream().noneMatch(line -> line.contains("☎")), "nobody has to see to it");
    }

    @Test
    void shouldReplayABadReviewAndCallAPersonInsteadOfWriting() {
        // When
        new PurchaseReplay(stack, PLAYBOOK, said::add).tell("bad-review", 10);
        // Then
        says(5, "reviews with two stars", "✗ 21:", "review-care: a person was asked to call");
        // Whose order it is differs: the first buyer who is in no control group.
        assertTrue(
                days().get(5)
                        .matches(".*☎ 21:\\d\\d a person sees to review-memberday:main:\\d+-a: .*"),
                days().get(5));
        says(9, "✗ 10:", "review-gift: its member has reviewed the order");
        assertTrue(days().stream().noneMatch(day -> day.contains("SMS review")), said::toString);
    }

    private List<String> days() {
        return said.stream().filter(line -> line.startsWith("  day ")).toList();
    }

    private void says(int day, String... words) {
        String line = days().get(day);
        for (String word : words) {
            assertTrue(line.contains(word), () -> word + " in " + line);
        }
    }
}
