package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

/** Who or what set a tag, and when (R6): of two statements the later holds. */
class TagsTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final Tag ANNA = new Tag("operator:anna", NOON);
    private static final Tag LATER = new Tag("file:fair", NOON.plusSeconds(1));

    @Test
    void shouldNotBringBackATagThatWasTakenAwayLater() {
        Tags taken = Tags.NONE.with("vip", LATER, false);
        assertEquals(taken, taken.with("vip", ANNA, true));
        assertEquals(taken, Tags.NONE.with("vip", ANNA, true).join(taken));
    }

    @Test
    void shouldSetATagAnewThatWasTakenAwayBefore() {
        Tags set = Tags.NONE.with("vip", ANNA, false).with("vip", LATER, true);
        assertEquals(new Tags(Map.of("vip", LATER), Map.of()), set);
    }

    @Test
    void shouldTakeAwayWhatTheSameSetAtTheSameTimeInEitherSequence() {
        Tags gone = new Tags(Map.of(), Map.of("vip", ANNA));
        assertEquals(gone, Tags.NONE.with("vip", ANNA, true).with("vip", ANNA, false));
        assertEquals(gone, Tags.NONE.with("vip", ANNA, false).with("vip", ANNA, true));
    }
}
