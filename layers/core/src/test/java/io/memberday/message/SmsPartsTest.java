package io.memberday.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

final class SmsPartsTest {

    /** The first vectors are AWS's own (End User Messaging, "SMS character limits"). */
    @ParameterizedTest
    @CsvSource({
        "a, 180, 2", "中, 71, 2", "’, 130, 2", "a, 160, 1", "a, 161, 2", "a, 306, 2",
        "a, 307, 3", "中, 70, 1", "中, 134, 2", "中, 135, 3", "€, 80, 1", "€, 81, 2",
        "€, 152, 2", "€, 153, 3", "😀, 35, 1", "😀, 36, 2", "😀, 66, 2", "😀, 67, 3",
    })
    void shouldCountARepeatedCharacter(String character, int times, int parts) {
        assertEquals(parts, SmsParts.of(character.repeat(times)).count());
    }

    @Test
    void shouldNotSplitAnExtensionCharacterAcrossParts() {
        // 152 septets, then one of two: it moves to the next part, which then has 151 more left.
        String text = "a".repeat(152) + "€" + "a".repeat(151);
        assertEquals(305, SmsParts.of(text).units());
        assertEquals(2, SmsParts.of(text).count());
        assertEquals(3, SmsParts.of(text + "a").count());
    }

    @Test
    void shouldNotSplitAnEmojiAcrossParts() {
        String text = "中".repeat(66) + "😀" + "中".repeat(65);
        assertEquals(2, SmsParts.of(text).count());
        assertEquals(3, SmsParts.of(text + "中").count());
    }

    @Test
    void shouldHoldEveryCharacterOfTheDefaultAlphabet() {
        assertTrue(SmsParts.of("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r").gsm());
        assertTrue(SmsParts.of("^{}\\[~]|€").gsm());
        assertEquals(18, SmsParts.of("^{}\\[~]|€").units());
        assertEquals(false, SmsParts.of("ç").gsm());
        assertEquals(false, SmsParts.of("`").gsm());
        assertEquals(0, SmsParts.of("").count());
    }

    /** What is counted can be cut into that many parts, and into no fewer by room alone. */
    @Test
    void shouldCountWhatACutterNeeds() {
        long seed = 61;
        Random random = new Random(seed);
        String[] alphabet = {"a", "€", "中", "😀", "Z"};
        for (int i = 0; i < 5000; i++) {
            boolean gsm = random.nextBoolean();
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(400); j >= 0; j--) {
                text.append(alphabet[random.nextInt(gsm ? 2 : alphabet.length)]);
            }
            SmsParts parts = SmsParts.of(text.toString());
            int units =
                    parts.gsm()
                            ? text.length() + (int) text.chars().filter(c -> c == '€').count()
                            : text.toString().getBytes(StandardCharsets.UTF_16BE).length / 2;
            assertEquals(units, parts.units(), "seed " + seed);
            int single = parts.gsm() ? 160 : 70;
            int room = parts.gsm() ? 153 : 67;
            int atLeast = units <= single ? 1 : (units + room - 1) / room;
            int atMost = units <= single ? 1 : (units + room - 2) / (room - 1);
            assertTrue(
                    parts.count() >= atLeast && parts.count() <= atMost,
                    "seed " + seed + ": " + parts);
        }
    }
}
