package io.memberday.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.export.ExportRequest.Format;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Member;
import io.memberday.segment.Segment;
import io.memberday.segment.Vantage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

class ExportRequestTest {

    /** A segment that a test spells out in Java. */
    record JavaSegment(String source, BiPredicate<Member, Vantage> chooses) implements Segment {
        @Override
        public boolean matches(Member member, Vantage vantage) {
            return chooses.test(member, vantage);
        }

        @Override
        public Map<String, Object> compiled() {
            return Map.of("source", source);
        }
    }

    private static final Map<String, Segment> NAMED =
            Map.of("regulars", new JavaSegment("keptPurchases >= 2", (member, vantage) -> true));

    @Test
    void shouldTakeANamedSegmentInBothFormatsWithPlainAddressesByDefault() {
        ExportRequest request = read("{\"segment\": \"regulars\"}");

        assertEquals(List.of(Format.CSV, Format.JSONL), request.formats());
        assertTrue(request.columns().contains(Column.PHONE));
        assertFalse(request.columns().contains(Column.PHONE_SHA256));
        assertFalse(request.includeSuppressed());
    }

    @Test
    void shouldGiveNothingThatTellsAPersonWhereHashesAreAskedFor() {
        List<Column> columns = read("{\"segment\": \"regulars\", \"hashed\": true}").columns();

        assertTrue(columns.containsAll(List.of(Column.PHONE_SHA256, Column.EMAIL_SHA256)));
        for (Column personal : List.of(Column.NAME, Column.PHONE, Column.EMAIL, Column.ADDRESS)) {
            assertFalse(columns.contains(personal), personal.key());
        }
    }

    @Test
    void shouldCompileAGivenExpression() {
        ExportRequest request = read("{\"where\": \"points > 5\", \"format\": [\"csv\"]}");

        assertEquals("points > 5", request.segment().source());
        assertEquals("expression", request.name());
        assertEquals(List.of(Format.CSV), request.formats());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | segment: give either the segment's name, or an expression as \"where\" (got:"
                        + " null)",
                "{\"segment\": \"regulars\", \"where\": \"true\"} | segment: give either the"
                        + " segment's name, or an expression as \"where\" (got: regulars)",
                "{\"segment\": \"regular\"} | segment: is no segment: did you mean regulars? (got:"
                        + " regular)",
                "{\"segment\": 5} | segment: must be text (got: 5)",
                "{\"segment\": \"regulars\", \"format\": [\"xlsx\"]} | format: is not known: choose"
                        + " one of csv, jsonl (got: xlsx)",
                "{\"segment\": \"regulars\", \"format\": \"csv\"} | format: must be a list (got:"
                        + " csv)",
                "{\"segment\": \"regulars\", \"format\": []} | format: name at least one, and each"
                        + " once (got: [])",
                "{\"segment\": \"regulars\", \"columns\": [\"phon\"]} | columns: is not known: did"
                        + " you mean phone? (got: phon)",
                "{\"segment\": \"regulars\", \"columns\": [\"phone\"], \"hashed\": true} | columns:"
                        + " with \"hashed\" take phoneSha256 and emailSha256 in their place (got:"
                        + " [phone])",
                "{\"segment\": \"regulars\", \"hashed\": \"yes\"} | hashed: must be true or false"
                        + " (got: yes)",
                "{\"segment\": \"regulars\", \"formats\": []} | formats: is no field: did you mean"
                        + " format? (got: [])",
                "{\"where\": \"point > 5\"} | where: unknown point (got: point > 5)"
            })
    void shouldNameFieldValueAndMendOfWhatCannotBeTaken(String json, String answer) {
        assertEquals(answer, assertThrows(BadInput.class, () -> read(json)).answer());
    }

    private static ExportRequest read(String json) {
        return ExportRequest.read(Json.read(json), NAMED, ExportRequestTest::compile);
    }

    private static Segment compile(String where) {
        if (where.startsWith("points")) {
            return new JavaSegment(where, (member, vantage) -> member.points() > 5);
        }
        throw new BadInput("where", where, "unknown point");
    }
}
