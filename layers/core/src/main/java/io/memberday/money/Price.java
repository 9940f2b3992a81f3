package io.memberday.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a provider asks for one SMS part or one email. Providers price below the minor unit (an
 * email is 0.0001 USD), so prices and the costs summed from them are integer millionths of the
 * major unit.
 *
 * @param micros millionths of the currency's major unit
 * @param currency ISO 4217 code
 */
public record Price(long micros, String currency) {
    private static final int DECIMALS = 6;

    /**
     * Reads a price as the playbook writes it, such as {@code "0.05 CNY"}.
     *
     * @throws IllegalArgumentException if it is not a price with at most six decimals
     */
    public static Price parse(String written) {
        String[] parts = written.split(" ");
        try {
            if (parts.length == 2) {
                Money.decimals(parts[1]);
                long micros = new BigDecimal(parts[0]).movePointRight(DECIMALS).longValueExact();
                return new Price(micros, parts[1]);
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(notAPrice(written), e);
        }
        throw new IllegalArgumentException(notAPrice(written));
    }

    /** A cost in millionths as money, rounded half up to the minor unit: for people to read. */
    public static Money rounded(long micros, String currency) {
        return new Money(
                BigDecimal.valueOf(micros)
                        .divide(
                                BigDecimal.valueOf(microsPerMinor(currency)),
                                0,
                                RoundingMode.HALF_UP)
                        .longValueExact(),
                currency);
    }

    static long microsPerMinor(String currency) {
        return BigDecimal.ONE.movePointRight(DECIMALS - Money.decimals(currency)).longValueExact();
    }

    private static String notAPrice(String written) {
        return "'" + written + "' is not a price: write it as \"0.05 CNY\", six decimals at most";
    }
}
