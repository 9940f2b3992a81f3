package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class TablesTest {
    /** {@code ## Members (`memberId`)} or {@code ## CampaignResults (`pk` + `sk`)}. */
    private static final Pattern TABLE =
            Pattern.compile("## (\\w+) \\(`(\\w+)`(?: \\+ `(\\w+)`)?\\)");

    /** {@code `byMember`: `memberId` + `createdAt`}, whatever stands between the names. */
    private static final Pattern INDEX =
            Pattern.compile(
                    "`(by\\w+)`[^`:]*: `(\\w+)`(?:(?!`by).)*?(?:\\+|,) `(\\w+At)`", Pattern.DOTALL);

    @Test
    void shouldHaveTheTablesAndKeysThatTheDocsSay() throws IOException {
        Map<String, List<String>> documented = new TreeMap<>();
        Matcher table = TABLE.matcher(docs());
        while (table.find()) {
            documented.put(
                    table.group(1) + "Table",
                    table.group(3) == null
                            ? List.of(table.group(2))
                            : List.of(table.group(2), table.group(3)));
        }

        Map<String, List<String>> deployed = new TreeMap<>();
        tables().forEach(one -> deployed.put(one.logicalId(), keys(Deployment.resolved(one))));

        assertEquals(documented, deployed);
        assertEquals(5, deployed.size());
    }

    @Test
    void shouldHaveTheIndexesThatTheDocsSay() throws IOException {
        Map<String, List<String>> documented = new TreeMap<>();
        Matcher index = INDEX.matcher(docs());
        while (index.find()) {
            documented.put(index.group(1), List.of(index.group(2), index.group(3)));
        }

        Map<String, List<String>> deployed = new TreeMap<>();
        for (Template.Resource table : tables()) {
            if (table.properties().containsKey("GlobalSecondaryIndexes")) {
                Deployment.resolved(table)
                        .objects("GlobalSecondaryIndexes")
                        .forEach(one -> deployed.put(one.text("IndexName"), keys(one)));
            }
        }

        assertEquals(documented, deployed);
        assertEquals(Set.of("byMember", "byPaidDay", "byDue", "byOpenCase"), deployed.keySet());
    }

    @Test
    void shouldKeepWhatIsInTheTablesWhateverBecomesOfTheStack() {
        for (Template.Resource table : tables()) {
            Fields properties = Deployment.resolved(table);
            assertEquals("PAY_PER_REQUEST", properties.text("BillingMode"), table.logicalId());
            assertTrue(
                    properties
                            .object("PointInTimeRecoverySpecification")
                            .optionalTruth("PointInTimeRecoveryEnabled")
                            .orElse(false),
                    table.logicalId());
            assertTrue(
                    properties.object("SSESpecification").optionalTruth("SSEEnabled").orElse(false),
                    table.logicalId());
            assertTrue(
                    properties.optionalTruth("DeletionProtectionEnabled").orElse(false),
                    table.logicalId());
        }
    }

    private static List<String> keys(Fields tableOrIndex) {
        return tableOrIndex.objects("KeySchema").stream()
                .map(key -> key.text("AttributeName"))
                .toList();
    }

    static List<Template.Resource> tables() {
        return Deployment.TEMPLATE.resources("AWS::DynamoDB::Table");
    }

    private static String docs() throws IOException {
        return Files.readString(Repository.root().resolve("docs/tables.md"));
    }
}
