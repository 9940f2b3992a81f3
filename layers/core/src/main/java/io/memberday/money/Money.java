package io.memberday.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of money.
 *
 * @param minor integer minor units of the currency (fen, cents; yen have none)
 * @param currency ISO 4217 code
 */
public record Money(long minor, String currency) {
    private static final Pattern WRITTEN = Pattern.compile("(-?\\d+(?:\\.\\d+)?) ([A-Z]{3})");

    /**
     * Reads an amount as the playbook writes it, such as {@code "2000.00 CNY"}.
     *
     * @throws IllegalArgumentException if it is not an amount and a currency, or has more decimals
     *     than the currency
     */
    public static Money parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + written + "' is not an amount: write it as \"2000.00 CNY\"");
        }
        return ofDecimal(matcher.group(1), matcher.group(2));
    }

    /**
     * Makes an amount from a decimal number in major units.
     *
     * @throws IllegalArgumentException if the currency is unknown or has fewer decimals than given
     */
    public static Money ofDecimal(String decimal, String currency) {
        try {
            BigDecimal amount = new BigDecimal(decimal);
            return new Money(amount.movePointRight(decimals(currency)).longValueExact(), currency);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + decimal + "' is not an amount of " + currency, e);
        }
    }

    /** The amount in major units with the currency's decimals, such as {@code 2000.00}. */
    public String decimal() {
        return BigDecimal.valueOf(minor, decimals(currency)).toPlainString();
    }

    /** As a text shows it: without decimals where they are all nought, such as {@code 2000}. */
    public String brief() {
        return decimal().replaceFirst("\\.0+$", "");
    }

    /** The amount rounded down to whole major units, such as {@code 2000}. */
    public String wholeUnits() {
        return BigDecimal.valueOf(minor, decimals(currency))
                .setScale(0, RoundingMode.FLOOR)
                .toPlainString();
    }

    /** The amount in millionths of the currency's major unit, the unit of provider prices. */
    public long micros() {
        return Math.multiplyExact(minor, Price.microsPerMinor(currency));
    }

    @Override
    public String toString() {
        return decimal() + " " + currency;
    }

    static int decimals(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
