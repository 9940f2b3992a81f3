package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.playbook.Touchpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What editors are told of the playbook's files is what the compiler takes. */
final class PlaybookSchemaTest {
    private static final Path SCHEMAS = Path.of("src/main/schema");
    private static final Path PLAYBOOK = Path.of("src/main/playbook");
    private static final String UNKNOWN = "zzzzzzzzzzzzzz";
    private static final Pattern KNOWN =
            Pattern.compile(UNKNOWN + ": unknown field: choose one of ([^(]*)");

    /** Has every table that there is; each is said to have another field. */
    private static final String CAMPAIGNS =
            """
            - id: member-day
              schedule: { weekly: FRI, at: "10:00" }
              window: 10h
              segment: buyers
              send: { sms: member-day }
              attribution: 4d
              offers:
                - id: own
                  text: 满{{threshold}}减{{reduction}}
                  freeShipping: { over: "80.00 CNY" }
                  size:
                    threshold: { ofAverageOrder: 110%, atLeast: "90.00 CNY", atMost: "900.00 CNY", roundTo: "10.00 CNY" }
                    reduction: { ofAverageDiscount: 120%, atLeast: 5%, atMost: 20%, roundTo: "1.00 CNY" }
            - id: big
              schedule: { yearly: "11-11" }
              attribution: 4d
              waves:
                - { daysBefore: 1, id: eve, at: "12:00", window: 2h, segment: buyers, send: { sms: last-hours } }
            - id: late
              kind: service
              schedule: { date: "2026-10-11", at: "12:00" }
              window: 2h
              over: orders
              paid: { from: today-2d, to: today }
              where: "!order.shipped"
              send: { sms: last-hours }
              attribution: 4d
            - id: tried
              schedule: { date: "2026-10-10", at: "12:00" }
              window: 2h
              segment: buyers
              sendAt: { segment: regulars, at: "16:00" }
              attribution: 4d
              variants:
                - { weight: 40, id: short, send: { sms: last-hours } }
                - { weight: 60, id: long, send: { sms: payment-reminder } }
            """;

    private static final String BENEFITS =
            """
            gold: 95折
            coupons:
              gift: { value: "20.00 CNY", over: "99.00 CNY", validFor: 30d }
            """;

    private static final String TOUCHPOINTS =
            """
            - id: payment-reminder
              on: order-unpaid
              validFor: 12h
              branches:
                - when: tier == "gold"
                  call: payment
                - send: { sms: payment-reminder }
            """;

    static Stream<String> files() {
        return Stream.of("store", "tiers", "segments", "campaigns", "touchpoints", "benefits");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldTakeTheShippedFileWhichNamesItsSchema(String file) throws IOException {
        String yaml = Files.readString(PLAYBOOK.resolve(file + ".yaml"));
        assertTrue(
                yaml.startsWith(
                        "# yaml-language-server: $schema=../schema/%s.schema.json\n"
                                .formatted(file)));
        assertEquals(List.of(), violations(file, yaml));
    }

    @ParameterizedTest
    @ValueSource(strings = {"friday", "the-eighth", "tuesday-night"})
    void shouldTakeEachWayToHoldMemberDay(String way) throws IOException {
        String yaml = Files.readString(Path.of("src/main/member-days", way + ".yaml"));
        assertEquals(List.of(), violations("campaigns", yaml));
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "store       | name: Shop          | ",
                "store       | price:              | channel",
                "store       | day:                | caps",
                "store       | active:             | stages",
                "store       | massDelay:          | logistics",
                "store       | shipped:            | silent",
                "tiers       | window:             | ",
                "tiers       | id: gold            | tiers[]",
                "touchpoints | on: order-unpaid    | []",
                "touchpoints | when: tier          | branch",
                "campaigns   | window: 10h         | campaign",
                "campaigns   | weekly:             | schedule",
                "campaigns   | from: today-2d      | paid",
                "campaigns   | daysBefore: 1       | wave",
                "campaigns   | segment: regulars   | sendTime",
                "campaigns   | weight: 40          | variant",
                "campaigns   | text: 满             | offer",
                "campaigns   | over:               | freeShipping",
                "benefits    | value:              | coupon",
                "campaigns   | threshold: {        | size",
                "campaigns   | ofAverageOrder:     | threshold",
                "campaigns   | ofAverageDiscount:  | reduction",
            })
    void shouldKnowTheFieldsThatTheCompilerKnows(String file, String before, String table)
            throws IOException {
        // Given: a table with a field that nobody knows
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.put("campaigns.yaml", CAMPAIGNS);
        files.put("benefits.yaml", BENEFITS);
        files.put("touchpoints.yaml", TOUCHPOINTS);
        String yaml = files.get(file + ".yaml");
        assertTrue(yaml.contains(before), before);
        files.put(
                file + ".yaml",
                yaml.replaceFirst(Pattern.quote(before), unknownBefore(yaml, before)));

        // When
        Matcher known = KNOWN.matcher(SmallShop.compileFiles(files).mistakes().toString());

        // Then
        assertTrue(known.find(), () -> SmallShop.compileFiles(files).mistakes().toString());
        assertEquals(
                properties(file, table == null ? "" : table),
                new TreeSet<>(List.of(known.group(1).strip().split(", "))));
    }

    /** In a table of one line, or on a line of its own. */
    private static String unknownBefore(String yaml, String before) {
        int at = yaml.indexOf(before);
        int line = yaml.lastIndexOf('\n', at) + 1;
        String indent = yaml.substring(line, at);
        return indent.contains("{")
                ? UNKNOWN + ": 1, " + before
                : UNKNOWN + ": 1\n" + indent.replace('-', ' ') + before;
    }

    @Test
    void shouldFindEveryTableThatTheSchemasHave() throws IOException {
        // Twenty-two are compared above; whoever adds a table adds it there.
        int tables = 0;
        for (String file : files().toList()) {
            Matcher table =
                    Pattern.compile("\"additionalProperties\": false")
                            .matcher(Files.readString(schema(file)));
            tables += (int) table.results().count();
        }
        // The channels of a store are checked by name, with a mistake of their own.
        assertEquals(22 + 1, tables);
    }

    @Test
    void shouldKnowTheEventsThatTheCompilerKnows() {
        Set<String> known =
                Arrays.stream(Touchpoint.Trigger.values())
                        .map(Touchpoint.Trigger::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        Fields on = read("touchpoints").object("items").object("properties").object("on");
        assertEquals(known, new TreeSet<>(on.texts("enum")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "campaigns   | holdout: 10%                | holdouts: 10%",
                "campaigns   | weekly: FRI                 | weekly: Friday",
                "campaigns   | window: 10h                 | window: ten hours",
                "campaigns   | \"2000.00 CNY\"             | 2000",
                "campaigns   | at: \"10:00\"               | at: 10 am",
                "campaigns   | { sms: last-hours }         | { fax: last-hours }",
                "campaigns   | attribution: 4d             | kind: sale",
                "store       | currency: CNY               | currency: yuan",
                "store       | rate: 100                   | rate: 0",
                "touchpoints | order-unpaid                | order-unpayed",
                "tiers       | core: true                  | core: maybe",
                "segments    | buyers:                     | Buyers:",
            })
    void shouldRefuseInTheEditorWhatTheCompilerRefuses(String file, String right, String wrong) {
        String yaml = SmallShop.files().get(file + ".yaml");
        assertTrue(yaml.contains(right), right);
        assertEquals(List.of(), violations(file, yaml));
        assertFalse(violations(file, yaml.replace(right, wrong)).isEmpty());
        Map<String, String> change = Map.of(file + ".yaml|" + right, wrong);
        assertTrue(SmallShop.compile(change).playbook().isEmpty());
    }

    private static Set<String> properties(String file, String table) {
        Fields schema = read(file);
        Fields found =
                switch (table) {
                    case "" -> schema;
                    case "[]" -> schema.object("items");
                    case "tiers[]" -> schema.object("properties").object("tiers").object("items");
                    default ->
                            schema.optionalObject("$defs")
                                    .filter(defined -> defined.has(table))
                                    .orElseGet(() -> schema.object("properties"))
                                    .object(table);
                };
        return new TreeSet<>(found.object("properties").names());
    }

    private static Fields read(String file) {
        try {
            return Json.read(Files.readString(schema(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path schema(String file) {
        return SCHEMAS.resolve(file + ".schema.json");
    }

    private static List<String> violations(String file, String yaml) {
        Map<String, String> schemas =
                Stream.concat(files(), Stream.of("common"))
                        .collect(
                                Collectors.toMap(
                                        name ->
                                                "https://memberday.io/playbook/%s.schema.json"
                                                        .formatted(name),
                                        PlaybookSchemaTest::text));
        Schema schema =
                SchemaRegistry.withDefaultDialect(
                                SpecificationVersion.DRAFT_2020_12,
                                registry -> registry.schemas(schemas))
                        .getSchema(
                                SchemaLocation.of(
                                        "https://memberday.io/playbook/%s.schema.json"
                                                .formatted(file)));
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        // Our writer takes objects only.
        String json = Json.write(Map.of("it", loaded));
        return schema.validate(json.substring(6, json.length() - 1), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(schema(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
