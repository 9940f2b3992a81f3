package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

final class SegmentReaderTest {
    private static final String THREE =
            """
            buyers: keptPurchases >= 1
            regulars: keptPurchases >= 2
            quiet-ones: segment("regulars") && !bought("2026-11-10", "2026-11-11")
            """;

    @Test
    void shouldLetASegmentUseALaterOneAndKeepTheSequenceOfTheFile() {
        PlaybookCompiler.Result result =
                compile(
                        """
                        quiet-ones: segment("regulars") && !bought("2026-11-10", "2026-11-11")
                        buyers: keptPurchases >= 1
                        regulars: segment("buyers") && keptPurchases >= 2
                        """);
        assertEquals(
                List.of("quiet-ones", "buyers", "regulars"),
                List.copyOf(result.playbook().orElseThrow().segments().keySet()),
                result.mistakes().toString());
    }

    @Test
    void shouldShowTheWayOfACycleOnceAndNothingThatOnlyFollowsFromIt() {
        PlaybookCompiler.Result result =
                compile(
                        """
                        buyers: segment("quiet-ones") || keptPurchases >= 1
                        regulars: segment("buyers") && keptPurchases >= 2
                        quiet-ones: segment("regulars") && !bought("2026-11-10", "2026-11-11")
                        """);
        assertEquals(
                List.of(
                        "segments.yaml:1: buyers: uses itself: buyers → quiet-ones → regulars →"
                                + " buyers; take segment(\"buyers\") out of one of them"),
                errors(result));
    }

    @Test
    void shouldRefuseASegmentThatNamesItself() {
        assertEquals(
                List.of(
                        "segments.yaml:2: regulars: uses itself: regulars → regulars; take"
                                + " segment(\"regulars\") out of one of them"),
                errors(compile(THREE.replace("keptPurchases >= 2", "segment(\"regulars\")"))));
    }

    @Test
    void shouldReportOnlyTheMistakeAndNotWhoUsesIt() {
        List<String> errors =
                errors(compile(THREE.replace("keptPurchases >= 2", "keptPurchase >= 2")));
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(
                errors.getFirst().startsWith("segments.yaml:2: regulars: column 1: unknown field"));
    }

    @Test
    void shouldNameTheSegmentThatIsMeant() {
        List<String> errors =
                errors(compile(THREE.replace("segment(\"regulars\")", "segment(\"regular\")")));
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(
                errors.getFirst().contains("no segment is called regular: did you mean regulars?"),
                errors.toString());
    }

    private static PlaybookCompiler.Result compile(String segments) {
        return SmallShop.compile(Map.of("segments.yaml|" + THREE, segments));
    }

    private static List<String> errors(PlaybookCompiler.Result result) {
        return result.mistakes().stream()
                .filter(mistake -> !mistake.warning())
                .map(mistake -> mistake.toString().replaceFirst(" \\(found: .*", ""))
                .toList();
    }
}
