package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class ConsoleTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void shouldPrintOnePlainLinePerStageWhereNobodyWatches() {
        Console.Stage stage = console(false).begin("Orders", 2);
        stage.step();
        stage.step();
        stage.end("2 taken");
        assertEquals(1, text().lines().count());
        assertTrue(text().contains("Orders") && text().contains("2 taken"));
        assertFalse(text().contains("\r") || text().contains("\u001b"));
    }

    @Test
    void shouldFillABarOnATerminalAndClearItAtTheEnd() {
        Console.Stage stage = console(true).begin("Orders", 2);
        stage.step();
        stage.step();
        assertTrue(text().endsWith("█".repeat(24) + " 2/2"), text());
        stage.end("2 taken");
        String atTheEnd = text();
        stage.step();
        assertEquals(atTheEnd, text());
        assertTrue(atTheEnd.contains("\r\u001b[K  ✓ Orders"));
    }

    private Console console(boolean terminal) {
        return new Console(new PrintStream(said, true, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
