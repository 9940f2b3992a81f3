package io.memberday.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class TemplateTest {
    private final Template template = Template.read(Path.of("src/test/resources/shop.yaml"));

    @Test
    void shouldGiveParametersTheirDefaults() {
        assertEquals(
                Map.of("Zone", "Asia/Shanghai", "Days", "30", "AlarmEmail", ""),
                template.parameterDefaults());
    }

    @Test
    void shouldListResourcesOfATypeInOrder() {
        assertEquals(
                List.of("OrdersTable", "LedgerTable"),
                template.resources("AWS::DynamoDB::Table").stream()
                        .map(Template.Resource::logicalId)
                        .toList());
    }

    @Test
    void shouldLeaveOutResourcesWhoseConditionDoesNotHold() {
        assertTrue(template.resources("AWS::SNS::Topic").isEmpty());
        assertEquals(
                1,
                template.with(Map.of("AlarmEmail", "ops@example.com"))
                        .resources("AWS::SNS::Topic")
                        .size());
    }

    @Test
    void shouldMergeGlobalsIntoFunctions() {
        Template.Function order = template.function("OrderFunction");
        Template.Function plain = template.function("PlainFunction");

        assertEquals("shop.OrderLambda::handleRequest", order.handler());
        assertEquals("functions/order/target/order.zip", order.codeUri());
        assertEquals(Duration.ofSeconds(5), order.timeout());
        assertEquals(
                List.of("CoreLayer", "ExtraLayer"),
                template.resolve(order.properties().get("Layers")));
        assertEquals(Duration.ofSeconds(20), plain.timeout());
        assertEquals(
                Map.of("ZONE", "Asia/Shanghai", "ORDERS_TABLE", "OrdersTable"),
                plain.environment());
    }

    @Test
    void shouldResolveTheEnvironmentOfAFunction() {
        Map<String, String> environment = template.function("OrderFunction").environment();

        assertEquals("Asia/Shanghai", environment.get("ZONE"));
        assertEquals("30", environment.get("DAYS"));
        assertEquals(
                "arn:aws:sqs:us-east-1:000000000000:OrdersQueue", environment.get("QUEUE_ARN"));
        assertEquals("s3://reportsbucket/${kept}/us-east-1", environment.get("BUCKET_URL"));
        assertEquals(
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:ShopSecret",
                environment.get("SECRET"));
        assertEquals(
                "a/arn:aws:dynamodb:us-east-1:000000000000:table/memberday-ledger",
                environment.get("LONG_FORM"));
        assertEquals("quiet", environment.get("MOOD"));
        assertFalse(environment.containsKey("ALARM"));
    }

    @Test
    void shouldPutGivenNamesInPlaceOfDefaultsAndConventions() {
        Template given =
                template.with(Map.of("Zone", "Europe/Paris", "AWS::StackName", "trial"))
                        .with(Map.of("OrdersTable", "x-orders", "AlarmEmail", "ops@example.com"))
                        .with(Map.of("OrdersQueue.Arn", "arn:elsewhere"));
        Map<String, String> environment = given.function("OrderFunction").environment();

        assertEquals("Europe/Paris", environment.get("ZONE"));
        assertEquals("x-orders", environment.get("ORDERS_TABLE"));
        assertEquals("arn:elsewhere", environment.get("QUEUE_ARN"));
        assertEquals("ops@example.com", environment.get("ALARM"));
        assertEquals("loud", environment.get("MOOD"));
        assertEquals("trial-ledger", given.nameOf("LedgerTable"));
    }

    @Test
    void shouldListTheEventsOfAFunction() {
        List<Template.Event> events = template.function("OrderFunction").events();

        assertEquals(
                new Template.Event(
                        "Webhook",
                        "HttpApi",
                        Map.of("Path", "/webhooks/{source}", "Method", "POST")),
                events.get(0));
        assertEquals(
                new Intrinsic.GetAtt("OrdersQueue", "Arn"),
                events.get(1).properties().get("Queue"));
    }

    @Test
    void shouldNameWhatItCannotResolve() {
        assertSays("no Missing", new Intrinsic.Ref("Missing"));
        assertSays("no value for parameter Required", new Intrinsic.Ref("Required"));
        assertSays("no condition Missing", new Intrinsic.If("Missing", "a", "b"));
        assertSays(
                "OrdersQueue.Colour is known on AWS only",
                new Intrinsic.GetAtt("OrdersQueue", "Colour"));
        assertSays(
                "cannot resolve !FindInMap",
                new Intrinsic.Other("FindInMap", List.of("map", "top", "second")));
    }

    @Test
    void shouldRefuseAnUnknownFunction() {
        assertThrows(IllegalArgumentException.class, () -> template.function("Missing"));
    }

    @Test
    void shouldSayWhereTheYamlIsBroken(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("template.yaml"), "Resources:\n  - [1, 2\n");

        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Template.read(file));

        assertTrue(refusal.getMessage().contains(file + " is not a template"));
        assertTrue(refusal.getMessage().contains("line 3"), refusal.getMessage());
    }

    @Test
    void shouldSayThatThereIsNoTemplate(@TempDir Path folder) {
        Path file = folder.resolve("template.yaml");

        assertEquals(
                "there is no template at " + file,
                assertThrows(IllegalArgumentException.class, () -> Template.read(file))
                        .getMessage());
    }

    private void assertSays(String part, Intrinsic intrinsic) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> template.resolve(intrinsic))
                        .getMessage();
        assertTrue(message.contains(part), message);
    }
}
