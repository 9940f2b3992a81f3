package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class OptionsTest {
    @Test
    void shouldStayUpWithAThousandMembersUnlessAskedOtherwise() {
        Options options = Options.parse();
        assertFalse(options.once());
        assertEquals(1000, options.members());
    }

    @Test
    void shouldReadAllOptionsInAnySequence() {
        assertEquals(
                new Options(true, true, 60, 7, 9000, false, List.of(), Optional.empty()),
                Options.parse(
                        "--port",
                        "9000",
                        "--isolated",
                        "--once",
                        "--seed",
                        "7",
                        "--members",
                        "60"));
        assertTrue(Options.parse("--help").help());
        assertEquals(List.of("R34", "R52"), Options.parse("--rows", "R34,R52").rows());
        assertTrue(Options.parse("--rows", "all").rows().size() > 20);
    }

    @Test
    void shouldSayWhichPurchasesCanBeReplayed() {
        assertEquals(
                Optional.of("bad-review"), Options.parse("--purchase", "bad-review").purchase());
        assertEquals(
                "--purchase wants one of kept, repurchased, gift, bad-review, silent, unpaid,"
                        + " refunded, not \"lost\"",
                assertThrows(Options.Mistaken.class, () -> Options.parse("--purchase", "lost"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--twice",
                "--members",
                "--members many",
                "--members 0",
                "--port 70000",
                "--rows R34,X9",
                "--purchase",
                "--purchase lost"
            })
    void shouldSayWhatIsWrongAndHowToMendIt(String line) {
        Options.Mistaken mistaken =
                assertThrows(Options.Mistaken.class, () -> Options.parse(line.split(" ")));
        assertTrue(mistaken.getMessage().contains("-"), mistaken.getMessage());
    }
}
