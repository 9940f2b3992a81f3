package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What the shop's trade knows (R7): of two statements the later holds, in every sequence. */
class AttributesTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final long SEED = Long.getLong("seed", 20260508);

    private record Said(String name, Attribute stated) {}

    @Test
    void shouldKeepTheTypeThatWasStated() {
        Attributes known =
                Attributes.NONE
                        .with("size", text("XL", 0))
                        .with("petAge", new Attribute(Optional.of(new Attribute.Whole(3)), NOON))
                        .with("vip", new Attribute(Optional.of(new Attribute.Truth(true)), NOON));
        assertEquals("XL", known.text("size"));
        assertEquals(3, known.whole("petAge"));
        assertTrue(known.truth("vip"));
        assertEquals("", known.text("petAge"), "a number is no text");
        assertEquals(0, known.whole("size"), "a text is no number");
        assertFalse(known.truth("size"), "a text is no truth");
        assertEquals("", known.text("skinType"), "not known");
    }

    @Test
    void shouldNotBringBackWhatWasTakenAwayLaterOrAtTheSameTime() {
        Attributes gone = Attributes.NONE.with("size", new Attribute(Optional.empty(), NOON));
        assertEquals(gone, gone.with("size", text("XL", -1)));
        assertEquals(gone, gone.with("size", text("XL", 0)));
        assertEquals(gone, Attributes.NONE.with("size", text("XL", 0)).join(gone));
        assertEquals("XL", gone.with("size", text("XL", 1)).text("size"));
    }

    @Test
    void shouldEndTheSameInEverySequenceAndGroupingOfStatements() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            // Given
            Random random = new Random(seed);
            List<Said> said = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                said.add(said(random));
            }

            // When
            Attributes one = told(said);
            Collections.shuffle(said, random);
            int cut = random.nextInt(said.size());
            Attributes left = told(said.subList(0, cut));
            Attributes right = told(said.subList(random.nextInt(cut + 1), said.size()));

            // Then
            String shown = "seed " + seed;
            assertEquals(one, left.join(right), shown);
            assertEquals(one, right.join(left), shown);
            assertEquals(one, one.join(left), shown);
            assertEquals(lastStated(said), one.byName().keySet(), shown);
        }
    }

    /** The names of which something was stated last, found without a join. */
    private static Set<String> lastStated(List<Said> said) {
        Map<String, Instant> last = new TreeMap<>();
        said.forEach(
                each -> last.merge(each.name, each.stated.at(), (a, b) -> a.isAfter(b) ? a : b));
        List<String> names = new ArrayList<>(last.keySet());
        names.sort(Comparator.comparing((String name) -> last.get(name)));
        assertTrue(names.size() > Attributes.MOST, "more than are kept");
        return new HashSet<>(names.subList(names.size() - Attributes.MOST, names.size()));
    }

    private static Attributes told(List<Said> said) {
        Attributes told = Attributes.NONE;
        for (Said each : said) {
            told = told.with(each.name, each.stated);
        }
        return told;
    }

    private static Said said(Random random) {
        Optional<Attribute.Value> value =
                switch (random.nextInt(4)) {
                    case 0 -> Optional.of(new Attribute.Text("text" + random.nextInt(2)));
                    case 1 -> Optional.of(new Attribute.Whole(random.nextInt(2)));
                    case 2 -> Optional.of(new Attribute.Truth(random.nextBoolean()));
                    default -> Optional.empty();
                };
        // Few times: what is stated at one time must be decided, too.
        return new Said(
                "attribute" + (char) ('a' + random.nextInt(26)),
                new Attribute(value, NOON.plusSeconds(random.nextInt(15))));
    }

    private static Attribute text(String text, int second) {
        return new Attribute(Optional.of(new Attribute.Text(text)), NOON.plusSeconds(second));
    }
}
