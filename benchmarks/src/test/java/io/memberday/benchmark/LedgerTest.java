package io.memberday.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.benchmark.Paths.Path;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the ways ask of DynamoDB: who raises one of these counts raises every operator's bill. */
@ExtendWith(EmulatorExtension.class)
class LedgerTest {
    private final Emulator emulator;

    LedgerTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @Test
    void shouldAskNoMoreOfDynamoDbThanTheCostPageSays() {
        Map<String, Path> paths =
                new Paths(Shop.at(emulator.dynamoDbEndpoint(), emulator.template()))
                        .go().stream().collect(Collectors.toMap(Path::name, Function.identity()));

        assertAtMost(paths.get("webhook"), 3, 2.7, 23.9);
        assertAtMost(paths.get("planned member"), 0.0031, 0.055, 0.0214);
        assertAtMost(paths.get("message"), 1.13, 0.54, 1.73);
    }

    private static void assertAtMost(Path path, double requests, double reads, double writes) {
        double items = path.items();
        String told =
                "%s: %.4f requests, %.4f read units, %.4f write units each; %s"
                        .formatted(
                                path.name(),
                                path.counts().all() / items,
                                path.counts().readUnits() / items,
                                path.counts().writeUnits() / items,
                                path.counts().requests());
        assertTrue(items > 100, told);
        assertTrue(path.counts().all() / items <= requests, told);
        assertTrue(path.counts().readUnits() / items <= reads, told);
        assertTrue(path.counts().writeUnits() / items <= writes, told);
    }
}
