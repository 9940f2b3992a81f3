package io.memberday.result;

import io.memberday.money.Money;
import io.memberday.money.Price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
    /** Stands where there is nothing to say yet; a 0 would say that it was counted. */
    public static final String NOTHING = "–";

    private static final int HUNDRED = 100;
    private static final int DECIMALS = 2;

    private Figures() {}

    /** A count with separators: {@code 33,962}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share as {@code 0.92 %}, half up; {@link #NOTHING} of nothing. */
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return NOTHING;
        }
        return BigDecimal.valueOf(part)
                        .multiply(BigDecimal.valueOf(HUNDRED))
                        .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_UP)
                        .toPlainString()
                + " %";
    }

    /**
     * What one unit of cost brought, as {@code 1:27} (R60): to the whole, half up, and below 1 with
     * two decimals. {@link #NOTHING} where nothing was spent.
     *
     * @param minor amount in minor units
     * @param costMicros cost in millionths of the major unit
     */
    public static String ratio(long minor, long costMicros, String currency) {
        if (costMicros == 0) {
            return NOTHING;
        }
        BigDecimal amount = BigDecimal.valueOf(new Money(minor, currency).micros());
        BigDecimal cost = BigDecimal.valueOf(costMicros);
        int scale = amount.compareTo(cost) < 0 ? DECIMALS : 0;
        return "1:" + amount.divide(cost, scale, RoundingMode.HALF_UP).toPlainString();
    }

    /** An amount as {@code 45,743.00 CNY}. */
    public static String money(long minor, String currency) {
        Money money = new Money(minor, currency);
        BigDecimal decimal = new BigDecimal(money.decimal());
        return String.format(Locale.ROOT, "%,." + decimal.scale() + "f %s", decimal, currency);
    }

    /** A cost as {@code 1,698.10 CNY}, rounded to the minor unit. */
    public static String cost(long micros, String currency) {
        return money(Price.rounded(micros, currency).minor(), currency);
    }

    /** A difference of shares in percentage points: {@code +0.31}. */
    public static String points(double difference) {
        return String.format(Locale.ROOT, "%+.2f", difference * HUNDRED);
    }

    /** A difference of amounts in major units: {@code +0.85}. */
    public static String difference(double minor, String currency) {
        int decimals = new BigDecimal(new Money(0, currency).decimal()).scale();
        return String.format(Locale.ROOT, "%+.2f", minor / Math.pow(10, decimals));
    }
}
