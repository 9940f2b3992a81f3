package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.json.Fields;
import io.memberday.json.Json;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shop that can afford two SMS per member and year (R52), and 0.20 CNY a month (R54), from
 * outside: signed webhooks come in, an operator calls campaigns, messages go out or do not.
 */
class BudgetsTest {
    private static final String NAME = "budgets";
    private static final int BUYERS = 4;

    @Test
    void shouldStayBelowTheMonthsMoneyAndTheYearsMessagesAndGoOnInTheNext() throws Exception {
        Path template = ChangedPlaybook.template(WholeStack.folder(NAME), BudgetsTest::small);
        try (LocalStack stack = WholeStack.start(template, NAME)) {
            stack.travel().jumpTo(Instant.parse("2026-06-15T02:00:00Z"));
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                order(stack, buyer);
            }

            assertEquals("sent", held(stack, "june", "2026-06-15T03:00:00Z"));
            assertEquals("suppressed budget", held(stack, "june-again", "2026-06-22T03:00:00Z"));
            assertEquals("sent", held(stack, "july", "2026-07-06T03:00:00Z"));
            assertEquals("excluded cap", held(stack, "august", "2026-08-03T03:00:00Z"));
            assertEquals("sent", held(stack, "new-year", "2027-01-04T03:00:00Z"));
        }
    }

    /** Caps a day, a week and a year, and a month's money for four messages. */
    private static String small(String playbook) {
        return playbook.replaceFirst("\"caps\":\\[1,3,\\d+]", "\"caps\":[1,3,2]")
                .replaceFirst("\"monthBudget\":\"[^\"]+\"", "\"monthBudget\":\"0.20 CNY\"");
    }

    /** Calls a campaign, and says in a word what became of all of its audience. */
    private static String held(LocalStack stack, String id, String at) {
        Instant now = Instant.parse(at);
        stack.travel().jumpTo(now);
        int before = stack.outbox().sms().size();
        String definition =
                Json.write(
                        Map.of(
                                "definition",
                                Map.of(
                                        "id", id,
                                        "segment", "keptPurchases >= 1",
                                        "send", Map.of("sms", id),
                                        "templates", Map.of(id + ".sms.txt", "{{name|亲}}，今天上新"),
                                        "holdout", "0%",
                                        "window", "3h",
                                        "attribution", "2d")));
        Fields planned = Json.read(stack.invoke("MemberDayFunction", definition).payload());
        stack.travel().moveTo(now.plus(Duration.ofMinutes(5)));
        int sent = stack.outbox().sms().size() - before;
        if (sent == BUYERS) {
            return "sent";
        }
        assertEquals(0, sent, id);
        Fields report =
                Json.read(
                        stack.invoke(
                                        "CampaignReportFunction",
                                        Json.write(Map.of("run", planned.text("run"))))
                                .payload());
        return Stream.of("suppressed", "excluded")
                .flatMap(
                        how ->
                                report.object(how).names().stream()
                                        .map(reason -> how + " " + reason))
                .collect(Collectors.joining(", "));
    }

    private static void order(LocalStack stack, int buyer) throws Exception {
        String at = "2026-06-15T09:30:00+08:00";
        String body =
                OrderBody.paid(
                        "budget-" + buyer,
                        at,
                        Map.of(
                                "phone",
                                "+861380013800" + buyer,
                                "consents",
                                OrderBody.consents("sms", true, at)));
        HttpResponse<String> answer = SignedPost.to(stack, "/webhooks/memberday", body);
        assertEquals(200, answer.statusCode(), answer.body());
    }
}
