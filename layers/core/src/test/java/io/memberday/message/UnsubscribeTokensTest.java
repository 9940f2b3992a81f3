package io.memberday.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Kind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class UnsubscribeTokensTest {
    private static final Unsubscription LINK =
            new Unsubscription(
                    "m7f3k2p9q1w8e5r4t", Channel.EMAIL, Kind.MARKETING, "member-day@2026-05-08");

    private final UnsubscribeTokens tokens = new UnsubscribeTokens(List.of("first key"));

    @Test
    void shouldReadWhatItMade() {
        assertEquals(Optional.of(LINK), tokens.read(tokens.token(LINK)));
    }

    @Test
    void shouldMakeTokensThatNeedNoEscapingInAUrl() {
        assertTrue(tokens.token(LINK).matches("[A-Za-z0-9_.-]{1,400}"), tokens.token(LINK));
    }

    @Test
    void shouldHonourLinksOfAnOlderKeyWhileItIsLive() {
        // Given
        String old = tokens.token(LINK);

        // Then
        assertEquals(
                Optional.of(LINK),
                new UnsubscribeTokens(List.of("second key", "first key")).read(old));
        assertEquals(Optional.empty(), new UnsubscribeTokens(List.of("second key")).read(old));
    }

    @Test
    void shouldRefuseATokenChangedInAnyCharacter() {
        String token = tokens.token(LINK);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertEquals(Optional.empty(), tokens.read(forged), "changed at " + i);
        }
    }

    @Test
    void shouldRefuseWhatIsNoToken() {
        for (String text :
                List.of("", ".", "a.b", "abc", "%2e.%2e", "a".repeat(10_000), "密.钥", "AAAA.AAAA")) {
            assertEquals(Optional.empty(), tokens.read(text), text);
        }
    }

    @Test
    void shouldRefuseAnotherShopsToken() {
        assertEquals(
                Optional.empty(),
                tokens.read(new UnsubscribeTokens(List.of("another shop")).token(LINK)));
    }

    @Test
    void shouldNotWorkWithoutAKey() {
        assertThrows(IllegalArgumentException.class, () -> new UnsubscribeTokens(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new UnsubscribeTokens(List.of("")));
    }
}
