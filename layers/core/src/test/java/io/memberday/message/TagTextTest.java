package io.memberday.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "member-day@2026-05-08",
                "member-day@2026-05-08#2",
                "memberday:shop:2026_001",
                "会员日",
                "_5F",
                ""
            })
    void shouldReadBackWhatItMadeFitForEveryProvider(String id) {
        String tag = TagText.of(id);

        assertTrue(tag.matches("[A-Za-z0-9_-]*"), tag);
        assertEquals(id, TagText.read(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "member-day@2026-05-08", "_"})
    void shouldLeaveATextThatItNeverMade(String text) {
        assertEquals(text, TagText.read(text));
    }
}
