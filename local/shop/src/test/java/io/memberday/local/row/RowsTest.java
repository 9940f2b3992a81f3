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

/**
 * Rows of campaigns, from outside: some that take seconds, or {@code -Drows=R34}. {@code
 * ./local/run --rows all} shows all of them.
 */
class RowsTest {
    private static final String QUICK = "R7,R30,R39,R40,R50,R52,R62,R69";

    @Test
    void shouldHoldItsRowsAndTellWhatWasSentAndWhatWasNot(@TempDir Path folder) {
        List<String> said = new ArrayList<>();
        try (LocalStack stack =
                LocalStack.start(
                        new LocalStack.Settings(
                                Repository.template(), Repository.root(), folder, Ports.ANY))) {
            // When
            List<String> failed =
                    new Rows(stack, Playbooks.load(), said::add)
                            .tell(List.of(System.getProperty("rows", QUICK).split(",")));
            // Then
            String text = String.join("\n", said);
            assertEquals(List.of(), failed, text);
            assertTrue(text.contains("not sent"), text);
        }
    }
}
