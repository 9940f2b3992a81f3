package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

class SignaturesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_778_205_600);
    private static final byte[] BODY = "{\"名\":\"值\"}".getBytes(StandardCharsets.UTF_8);
    private static final List<String> LIVE = List.of("new", "old");

    @Test
    void shouldAcceptEverySecretThatIsLive() {
        for (String secret : LIVE) {
            assertTrue(
                    Signatures.timed(
                            Optional.of(Signatures.sign(BODY, secret, NOW)), BODY, LIVE, NOW));
            assertTrue(
                    Signatures.plain(Optional.of(Signatures.signPlain(BODY, secret)), BODY, LIVE));
        }
    }

    @Test
    void shouldRefuseWhatIsSignedByAnybodyElse() {
        assertFalse(
                Signatures.timed(
                        Optional.of(Signatures.sign(BODY, "older", NOW)), BODY, LIVE, NOW));
        assertFalse(Signatures.plain(Optional.of(Signatures.signPlain(BODY, "older")), BODY, LIVE));
        assertFalse(
                Signatures.timed(
                        Optional.of(Signatures.sign(BODY, "new", NOW)), BODY, List.of(), NOW));
    }

    @Test
    void shouldRefuseAnotherBodyUnderTheSameSignature() {
        byte[] other = "{}".getBytes(StandardCharsets.UTF_8);
        assertFalse(
                Signatures.timed(Optional.of(Signatures.sign(BODY, "new", NOW)), other, LIVE, NOW));
        assertFalse(Signatures.plain(Optional.of(Signatures.signPlain(BODY, "new")), other, LIVE));
    }

    @Test
    void shouldRefuseWhatIsStaleOrAheadByMoreThanFiveMinutes() {
        for (int seconds : new int[] {-301, 301}) {
            String header = Signatures.sign(BODY, "new", NOW.plusSeconds(seconds));
            assertFalse(Signatures.timed(Optional.of(header), BODY, LIVE, NOW), header);
        }
        for (int seconds : new int[] {-300, 300}) {
            String header = Signatures.sign(BODY, "new", NOW.plusSeconds(seconds));
            assertTrue(Signatures.timed(Optional.of(header), BODY, LIVE, NOW), header);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=", "v1=00", "t=1,v1=zz", "t=99999999999999999999,v1=00", "§"})
    void shouldRefuseWhatIsNoSignature(String header) {
        assertFalse(Signatures.timed(Optional.of(header), BODY, LIVE, NOW));
        assertFalse(Signatures.plain(Optional.of(header), BODY, LIVE));
        assertFalse(Signatures.timed(Optional.empty(), BODY, LIVE, NOW));
        assertFalse(Signatures.plain(Optional.empty(), BODY, LIVE));
    }

    @Test
    void shouldCheckTheSignaturesOfOlderPlatforms() {
        UnaryOperator<String> param = salt -> "{}" + salt;
        for (String secret : LIVE) {
            String signed = Signatures.signMd5(param.apply(secret));
            assertTrue(Signatures.md5(signed, LIVE, param));
            assertTrue(Signatures.md5(signed.toLowerCase(Locale.ROOT), LIVE, param));
            assertFalse(Signatures.md5(signed, LIVE, salt -> "[]" + salt));
            assertTrue(Signatures.hex(Signatures.signHex(BODY, secret), BODY, LIVE));
        }
        for (String none : List.of("", "00", "§", Signatures.signMd5("{}older"))) {
            assertFalse(Signatures.md5(none, LIVE, param), none);
            assertFalse(Signatures.hex(none, BODY, LIVE), none);
        }
        assertFalse(Signatures.md5(Signatures.signMd5("{}"), List.of(), param));
    }

    @Test
    void shouldKnowAnApplicationByItsIdAndSecretAroundTheBody() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        // printf 'app{}secret' | md5sum
        String header = "23d915571c914013a06ebc078071d83f";
        assertEquals(header, Signatures.signEnclosed(body, "app:secret"));
        List<String> live = List.of("app:next", "app:secret");
        assertTrue(Signatures.enclosed(Optional.of(header), body, live));
        assertTrue(Signatures.enclosed(Optional.of(header.toUpperCase(Locale.ROOT)), body, live));
        assertFalse(Signatures.enclosed(Optional.of(header), BODY, live));
        assertFalse(Signatures.enclosed(Optional.of(header), body, List.of("other:secret")));
        assertFalse(Signatures.enclosed(Optional.of(header), body, List.of()));
        assertFalse(Signatures.enclosed(Optional.of(""), body, live));
        assertFalse(Signatures.enclosed(Optional.empty(), body, live));
    }

    @Test
    void shouldTurnBackWhatWordPressWritesOtherwiseAndOnlyOnce() {
        String meant = Signatures.signPlain(BODY, "a&b<c>\"d'&lt;");
        String kept = "a&amp;b&#060;c&gt;&#x22;d&#039;&amp;lt;";
        assertEquals(meant, Signatures.signWordPress(BODY, kept));
        assertTrue(Signatures.wordPress(Optional.of(meant), BODY, List.of("old", kept)));
        assertFalse(Signatures.wordPress(Optional.of(meant), BODY, List.of("old")));
    }

    /** Worked out with {@code printf '1778205600.{}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void shouldSignAsOthersDo() {
        assertEquals(
                "t=1778205600,v1=d2f88a2a27362d08aaa20403d0f9041b3aa03abe5422e0933cfecaba1fe01460",
                Signatures.sign("{}".getBytes(StandardCharsets.UTF_8), "secret", NOW));
        assertEquals(
                "dzJZAsrKgS3CWXM6rNBGtzgXNyx3e42VtAJkdHRRbhM=",
                Signatures.signPlain("{}".getBytes(StandardCharsets.UTF_8), "secret"));
        assertEquals(
                "77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13",
                Signatures.signHex("{}".getBytes(StandardCharsets.UTF_8), "secret"));
        assertEquals(
                "77A0BD86801B25BA7D1D66226D1F9619", Signatures.signMd5("{\"nu\":\"测试\"}" + "salt"));
    }
}
