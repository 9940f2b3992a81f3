package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names that the compiled code and the template must have in common. */
class CodeTest {
    @Test
    void shouldTakeUpEveryEventThatTheCodePutsAndNoOther() throws IOException {
        Set<String> put =
                Constants.all().stream()
                        .filter(constant -> RulesTest.DETAIL_TYPE.matcher(constant).matches())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(put, RulesTest.detailTypesOfRules());
    }

    @Test
    void shouldNameKeysAndIndexesAsTheCodeDoes() throws IOException {
        Set<String> attributes = new TreeSet<>();
        Set<String> indexes = new TreeSet<>();
        for (Template.Resource table : TablesTest.tables()) {
            Fields properties = Deployment.resolved(table);
            properties
                    .objects("AttributeDefinitions")
                    .forEach(attribute -> attributes.add(attribute.text("AttributeName")));
            properties
                    .objects("GlobalSecondaryIndexes")
                    .forEach(index -> indexes.add(index.text("IndexName")));
        }
        Set<String> constants = Constants.all();

        attributes.removeAll(constants);
        Set<String> queried =
                Constants.ofStores().stream()
                        .filter(constant -> constant.matches("by[A-Z][A-Za-z]+"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), attributes, "named nowhere in the code");
        assertEquals(Set.of("byDue", "byMember", "byOpenCase", "byPaidDay"), queried);
        assertTrue(indexes.containsAll(queried), indexes + " lack some of " + queried);
    }
}
