package io.memberday.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class SafeCsvTest {

    @Test
    void shouldBeginWithAByteOrderMarkAndKeepChineseIntact() throws IOException {
        assertEquals(
                "\uFEFF姓名,城市\r\n王小明𠮷,广州\r\n", csv(List.of("姓名", "城市"), List.of("王小明𠮷", "广州")));
    }

    @Test
    void shouldQuoteWhatWouldBreakTheRow() throws IOException {
        assertEquals(
                "\uFEFF\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n",
                csv(List.of("a,b", "say \"hi\"", "two\r\nlines")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+8613800138000",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "＝1+1",
                "＠x"
            })
    void shouldNeverWriteACellThatRunsAsAFormula(String cell) {
        assertEquals("'" + cell, SafeCsv.safe(cell));
    }

    @Test
    void shouldLeaveHarmlessCellsAlone() {
        assertEquals("", SafeCsv.safe(""));
        assertEquals("a=b", SafeCsv.safe("a=b"));
        assertEquals("12.50", SafeCsv.safe("12.50"));
    }

    @SafeVarargs
    private static String csv(List<String>... rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(bytes)) {
            for (List<String> row : rows) {
                csv.row(row);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
