package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "4574300, 1698100000, CNY, 1:27",
        "800000, 400000000, CNY, 1:20",
        "1691300, 827450000, CNY, 1:20",
        "800000, 800000000, CNY, 1:10",
        "50, 1000000, CNY, 1:0.50",
        "0, 1000000, CNY, 1:0.00",
        "2000, 100000000, JPY, 1:20",
        "100, 0, CNY, –"
    })
    void shouldPrintRoiAsShopsDo(long minor, long costMicros, String currency, String printed) {
        assertEquals(printed, Figures.ratio(minor, costMicros, currency));
    }

    @ParameterizedTest
    @CsvSource({"312, 33962, 0.92 %", "1, 200, 0.50 %", "0, 10, 0.00 %", "0, 0, –"})
    void shouldPrintSharesWithTwoDecimals(long part, long whole, String printed) {
        assertEquals(printed, Figures.percent(part, whole));
    }

    @ParameterizedTest
    @CsvSource({"4574300, CNY, '45,743.00 CNY'", "-5, USD, -0.05 USD", "4000, JPY, '4,000 JPY'"})
    void shouldPrintMoneyWithItsCurrencysDecimals(long minor, String currency, String printed) {
        assertEquals(printed, Figures.money(minor, currency));
    }
}
