package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

class AddressesTest {
    private final Addresses addresses =
            new Addresses(
                    "CN",
                    Set.of("13800000000", "@relay.example", "nobody@example.com", "shopify:s:1"));

    @ParameterizedTest
    @CsvSource({
        "13800138001, +8613800138001",
        "138 0013 8001, +8613800138001",
        "138-0013-8001, +8613800138001",
        "+86 138 0013 8001, +8613800138001",
        "0086 13800138001, +8613800138001",
        "86 13800138001, +8613800138001",
        "(+86)13800138001, +8613800138001",
        "１３８００１３８００１, +8613800138001",
        "+1 (201) 555-0123, +12015550123",
        "+49 1512 3456789, +4915123456789"
    })
    void shouldReadAPhoneInEveryCommonShape(String written, String e164) {
        assertEquals(Optional.of(e164), addresses.phone(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "138****8001",
                "$Qm9i$1$",
                "12345",
                "138001380011380013800",
                "555-555-SHIP",
                "010-62345678",
                "+49 30 123456",
                "13800138001 ext. 5",
                "13800000000",
                "+86 138 0000 0000",
                "😀"
            })
    void shouldTakeNoPhoneThatIsNobodysOwn(String written) {
        assertEquals(Optional.empty(), addresses.phone(written));
    }

    @Test
    void shouldReadAnEmailInLowerCase() {
        assertEquals(Optional.of("a.b+c@x.example"), addresses.email(" A.B+c@X.example "));
        assertEquals(Optional.of("小雨@例子.中国"), addresses.email("小雨@例子.中国"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@b",
                "a@@b.example",
                "a b@c.example",
                "a***@b.example",
                "$abc$1$@b.example",
                "nobody@example.com",
                "NOBODY@Example.com",
                "x8f2@relay.example",
                "a@b.example, c@d.example"
            })
    void shouldTakeNoEmailThatIsNobodysOwn(String written) {
        assertEquals(Optional.empty(), addresses.email(written));
    }

    @Test
    void shouldKnowAPlaceholderAccount() {
        assertEquals(true, addresses.placeholder("shopify:s:1"));
        assertEquals(false, addresses.placeholder("shopify:s:2"));
    }
}
