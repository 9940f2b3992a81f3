package io.memberday.local.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.LocalStack;
import io.memberday.local.Ports;
import io.memberday.local.engine.Repository;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every row of campaigns, from outside: what {@code ./local/run --rows all} shows. */
class RowsTest {
    @Test
    void shouldHoldEveryRowAndTellWhatWasSentAndWhatWasNot(@TempDir Path folder) {
        List<String> said = new ArrayList<>();
        try (LocalStack stack =
                LocalStack.start(
                        new LocalStack.Settings(
                                Repository.template(), Repository.root(), folder, Ports.ANY))) {
            // When
            List<String> failed =
                    new Rows(stack, Playbooks.load(), said::add)
                            .tell(
                                    List.of(
                                            System.getProperty("rows", String.join(",", Rows.ids()))
                                                    .split(",")));
            // Then
            String text = String.join("\n", said);
            assertEquals(List.of(), failed, text);
            assertTrue(text.contains("not sent"), text);
        }
    }
}
