package io.memberday.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"2000.00 CNY,200000", "0.05 USD,5", "1200 JPY,1200", "-3.10 EUR,-310", "7 CNY,700"})
    void shouldReadAnAmountAsIntegerMinorUnits(String written, long minor) {
        assertEquals(minor, Money.parse(written).minor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000", "CNY 2000", "1.005 CNY", "1.5 JPY", "1e3 CNY", "5 ZZZ", ""})
    void shouldRefuseWhatIsNotAnAmountOfAKnownCurrency(String written) {
        assertThrows(IllegalArgumentException.class, () -> Money.parse(written));
    }

    @Test
    void shouldPrintTheCurrencysDecimals() {
        assertEquals("457.43 CNY", new Money(45743, "CNY").toString());
        assertEquals("1200 JPY", new Money(1200, "JPY").toString());
    }

    @Test
    void shouldKeepPricesBelowTheMinorUnitExact() {
        // Given a tenth of a US cent's tenth per email
        Price email = Price.parse("0.0001 USD");

        // When 12,345 emails are summed
        long micros = 12_345 * email.micros();

        // Then nothing was rounded on the way, and people read it rounded half up
        assertEquals(1_234_500, micros);
        assertEquals("1.23 USD", Price.rounded(micros, "USD").toString());
        assertEquals("1 JPY", Price.rounded(500_000, "JPY").toString());
    }

    @Test
    void shouldTurnMoneyIntoMillionths() {
        assertEquals(50_000, Money.parse("0.05 CNY").micros());
        assertEquals(3_000_000, Money.parse("3 JPY").micros());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.05", "0.0000001 CNY", "five CNY", "1 ZZZ"})
    void shouldRefuseWhatIsNotAPriceAndSayHowToWriteIt(String written) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Price.parse(written))
                        .getMessage();
        assertTrue(message.contains("0.05 CNY"), message);
    }
}
