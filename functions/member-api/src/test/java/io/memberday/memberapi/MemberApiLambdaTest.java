package io.memberday.memberapi;

import static io.memberday.memberapi.ApiScene.BUYER;
import static io.memberday.memberapi.ApiScene.XIAOYU;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.json.Fields;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.memberapi.Api.Answer;
import io.memberday.parcel.ParcelStatus;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The API from outside: what webhooks have left in the tables, asked for and changed. */
@ExtendWith(EmulatorExtension.class)
class MemberApiLambdaTest {
    private final ApiScene scene;

    MemberApiLambdaTest(Emulator emulator) {
        scene = new ApiScene(emulator);
    }

    @BeforeEach
    void bought() {
        scene.bought();
    }

    @Test
    void shouldShowAnAgentWhatIsKnownOfAMemberByAnyIdentity() {
        // Given
        scene.told(
                """
                {"event": "order.reviewed", "at": "2026-05-05T12:00:00Z", "shop": "tmall-main",
                 "review": {"id": "rv-1", "order": 3340298812345678901, "stars": 5,
                   "reply": {"text": "谢谢林小姐", "at": "2026-05-06T12:00:00Z"}}}
                """);

        // When
        Answer found = scene.call("find-by-phone");

        // Then
        Fields view = found.body();
        assertEquals(200, found.status());
        assertEquals(XIAOYU, view.text("member"));
        assertEquals("regular", view.text("group"));
        assertEquals(List.of(), view.list("cases"));
        assertEquals("林小雨", view.object("profile").text("name"));
        assertEquals(Map.of("sms", "yes", "email", "yes"), view.object("reachable").asMap());
        assertEquals("会员", view.object("tier").text("name"));
        assertEquals("new", view.text("layer"));
        assertEquals("active", view.text("stage"));
        assertEquals(129L, view.whole("points", 0, 999));
        assertEquals("129.50 CNY", view.object("purchases").text("amount"));
        assertEquals("file:fair", view.objects("tags").getFirst().text("by"));
        assertEquals("M", view.object("attributes").object("size").text("value"));
        assertEquals(true, view.objects("consent").getFirst().raw("granted").orElseThrow());
        assertEquals(List.of("bought"), view.texts("segments"));
        assertEquals("memberday:tmall-main:2", view.object("wanted").text("order"));
        assertEquals("春茶", view.object("wanted").objects("lines").getFirst().text("title"));
        Fields newest = view.objects("orders").getFirst();
        assertEquals("created", newest.text("state"));
        Fields shipped = view.objects("orders").getLast();
        assertEquals("paid", shipped.text("state"));
        assertEquals(5, shipped.object("review").whole("stars", 1, 5));
        assertEquals(
                Map.of("review", "rv-1", "at", "2026-05-06T12:00:00Z", "text", "谢谢林小姐"),
                shipped.objects("replies").getFirst().asMap());
        Fields parcel = shipped.objects("parcels").getFirst();
        assertEquals("arrived", parcel.text("state"));
        assertEquals("杭州市", parcel.object("lastScan").text("city"));
        Fields reminder = view.objects("messages").getFirst();
        assertEquals("payment-reminder", reminder.text("touchpoint"));
        assertEquals("planned", reminder.text("status"));
        assertFalse(view.has("next"));
        for (String event :
                List.of("find-by-email", "find-by-account", "find-by-order", "member")) {
            assertEquals(view.asMap(), scene.call(event).body().asMap(), event);
        }
    }

    @Test
    void shouldSayWhatSomebodyWantedWhoHasNoOrderThatWaits() {
        scene.order("2", "2026-05-08T01:00:00Z", true, BUYER);
        scene.act("member.carted", "2026-05-08T01:10:00Z", "SKU-9");
        scene.act("member.browsed", "2026-05-08T01:05:00Z", "SKU-7");

        Fields view = scene.get(XIAOYU).body();

        assertEquals("cart", view.object("wanted").text("what"));
        assertEquals("SKU-9", view.object("wanted").text("product"));
        assertTrue(view.object("behaviour").has("browse"));
    }

    @Test
    void shouldShowTheOrdersOfAMemberThatWasTwoUnderEitherName() {
        // Given a member on another platform, whose next order shows who it is
        scene.order("100", "2026-04-01T12:00:00Z", true, "{\"account\": \"wx-1\"}");
        scene.order(
                "101",
                "2026-05-04T12:00:00Z",
                true,
                "{\"account\": \"wx-1\", \"phone\": \"13800138001\"}");

        // When
        Fields one = scene.get(XIAOYU).body();
        Fields other = scene.get("mmemberday000002").body();

        // Then
        assertEquals(one.asMap(), other.asMap());
        assertEquals(
                List.of("2", "101", "3340298812345678901", "100"), numbers(one.objects("orders")));
        assertEquals(1, one.texts("was").size());
        assertEquals("regular", one.text("group"));
    }

    @Test
    void shouldHandOverEachOrderOnceHoweverManyAreOfOneSecond() {
        // Given
        for (int number = 10; number < 17; number++) {
            scene.order(Integer.toString(number), "2026-05-05T12:00:00Z", true, BUYER);
        }

        // When
        List<String> pages = new ArrayList<>();
        APIGatewayV2HTTPEvent event = Api.event("orders");
        Fields page = scene.answer(event).body();
        List<String> seen = new ArrayList<>(numbers(page.objects("orders")));
        while (page.has("next")) {
            pages.add(page.text("next"));
            event.setQueryStringParameters(Map.of("limit", "2", "after", page.text("next")));
            page = scene.answer(event).body();
            seen.addAll(numbers(page.objects("orders")));
        }

        // Then
        assertEquals(
                List.of("2", "10", "11", "12", "13", "14", "15", "16", "3340298812345678901"),
                seen);
        assertEquals(4, pages.size());
        assertTrue(pages.stream().allMatch(next -> next.matches("[A-Za-z0-9_-]+")));
    }

    @Test
    void shouldTakeWhatAnOperatorWasToldOfConsentForTheVeryNextSend() {
        // When
        Fields refused = scene.call("consent").body();
        Fields again = scene.call("consent").body();
        Fields granted =
                scene.post(
                                "POST /members/{member}/consent",
                                "{\"channel\": \"sms\", \"kind\": \"marketing\", \"granted\":"
                                        + " true}")
                        .body();

        // Then
        assertEquals(true, refused.raw("changed").orElseThrow());
        assertEquals(false, refused.objects("consent").getFirst().raw("granted").orElseThrow());
        assertEquals(false, again.raw("changed").orElseThrow());
        assertEquals(true, granted.objects("consent").getFirst().raw("granted").orElseThrow());
        assertEquals(
                List.of("operator:anna", "operator:li.wei-shop.example"),
                scene.activity("consent#sms#marketing#2026-05-08").stream()
                        .map(row -> row.get("by").s())
                        .toList());
    }

    @Test
    void shouldLetAgentsListTakeAndCloseACaseOnce() {
        // Given the carrier reports trouble
        scene.scan(ParcelStatus.EXCEPTION, "2026-05-07T00:00:00Z");

        // When
        Fields listed = scene.call("cases").body().objects("cases").getFirst();
        Fields file = scene.call("case").body();
        Fields view = scene.get(XIAOYU).body();
        Fields mine = scene.call("case-assign").body();
        Answer late = scene.call("case-assign");
        Fields closed = scene.call("case-close").body();
        Answer again = scene.call("case-close");

        // Then
        assertEquals("case#parcel-sf:SF-3340298812345678901", listed.text("case"));
        assertEquals("complaint", file.text("routing"));
        assertTrue(file.texts("likely").getFirst().startsWith("parcel-trouble sf:SF-33402988"));
        assertEquals(view.asMap(), file.object("view").asMap());
        assertEquals("complaint", view.text("group"));
        assertEquals(listed.asMap(), view.objects("cases").getFirst().asMap());
        assertEquals("anna", mine.text("assignee"));
        assertEquals(409, late.status());
        assertEquals("a new parcel is on its way", closed.text("result"));
        assertEquals(409, again.status());
        assertEquals(List.of(), scene.call("cases").body().list("cases"));
        assertEquals("new", scene.get(XIAOYU).body().text("layer"));
        assertEquals("regular", scene.get(XIAOYU).body().text("group"));
        assertEquals(
                404,
                scene.post(
                                "POST /cases/find",
                                "{\"member\": \"m1\", \"case\": \"case#parcel-sf:1\"}")
                        .status());
    }

    @Test
    void shouldSetTagsAndTakeThemAway() {
        Fields tagged = scene.call("tags").body();

        Fields tag = tagged.objects("tags").getFirst();
        assertEquals(1, tagged.objects("tags").size(), "trial is gone");
        assertEquals("guest:tea-evening", tag.text("name"));
        assertEquals("operator:anna", tag.text("by"));
        assertEquals(tagged.list("tags"), scene.get(XIAOYU).body().list("tags"));
    }

    @Test
    void shouldTellAStorefrontTheSegmentsOfAVisitorAndNoMore() {
        assertEquals(Map.of("segments", List.of("bought")), scene.call("segments").body().asMap());
        assertEquals(
                Map.of("segments", List.of()),
                scene.post("POST /segments", "{\"account\": \"memberday:tmall-main:nobody\"}")
                        .body()
                        .asMap());
    }

    @Test
    void shouldExplainWhatAMemberWasTold() {
        Fields told = scene.call("explain-touchpoint").body();

        assertEquals("open", told.objects("touches").getFirst().text("status"));
        Answer run = scene.call("explain");
        assertEquals(400, run.status());
        assertTrue(run.body().text("error").startsWith("run: is no run"));
    }

    @Test
    void shouldSayWhatIsWrongAndHowToMendIt() {
        String find = "POST /members/find";
        String consent = "POST /members/{member}/consent";
        String tags = "POST /members/{member}/tags";
        for (Wrong wrong :
                List.of(
                        new Wrong(find, "{}", "body: name the member by one of member, phone, "),
                        new Wrong(
                                find,
                                "{\"phone\": \"138****8001\"}",
                                "phone: must be a whole mobile number, such as +8613800138001"
                                        + " (got: 138****8001)"),
                        new Wrong(
                                find,
                                "{\"phone\": \"+8613800000000\"}",
                                "phone: must be a whole mobile number"),
                        new Wrong(find, "{\"email\": \"x\"}", "email: must be a whole email"),
                        new Wrong(find, "{\"account\": \"x\"}", "account: must be source:shop"),
                        new Wrong(find, "{\"order\": \"1\"}", "order: must be source:shop"),
                        new Wrong(
                                find,
                                "{\"email\": \"a@b.example\", \"member\": \"m\"}",
                                "body: name the member by one of"),
                        new Wrong(find, "{\"phone\":", "body: send well-formed JSON in UTF-8"),
                        new Wrong(consent, "{\"channel\": \"fax\"}", "channel: must be one of"),
                        new Wrong(consent, "{\"chanel\": \"sms\"}", "chanel: is not a field"),
                        new Wrong(
                                consent,
                                "{\"channel\": \"sms\", \"kind\": \"service\"}",
                                "granted: is required, true or false"),
                        new Wrong(
                                "POST /cases/find",
                                "{\"member\": \"m1\", \"case\": \"parcel\"}",
                                "case: must name a case, such as case#parcel-sf:SF1"),
                        new Wrong(
                                "POST /cases/close",
                                "{\"member\": \"m1\", \"case\": \"case#parcel-sf:SF1\"}",
                                "version: is required"),
                        new Wrong(tags, "{}", "set: name a tag here, or in unset"),
                        new Wrong(tags, "{\"set\": [\"a b\"]}", "set: must be letters, digits"))) {
            Answer answer = scene.post(wrong.route(), wrong.body());

            assertEquals(400, answer.status(), wrong.toString());
            String error = answer.body().text("error");
            assertTrue(error.startsWith(wrong.error()), error);
        }
        APIGatewayV2HTTPEvent page = Api.event("orders");
        page.setQueryStringParameters(Map.of("limit", "51", "after", "x"));
        assertEquals(400, scene.answer(page).status());
        page.setQueryStringParameters(Map.of("after", "x"));
        assertEquals(400, scene.answer(page).status());
    }

    @Test
    void shouldKnowNobodyWhereThereIsNobody() {
        assertEquals(
                404, scene.post("POST /members/find", "{\"phone\": \"13800138002\"}").status());
        assertEquals(404, scene.post("GET /other", "").status());
        for (String route :
                List.of(
                        "GET /members/{member}",
                        "GET /members/{member}/orders",
                        "POST /members/{member}/consent",
                        "POST /members/{member}/tags")) {
            String body =
                    route.endsWith("tags")
                            ? "{\"set\": [\"a\"]}"
                            : "{\"channel\": \"sms\", \"kind\": \"service\", \"granted\": true}";
            Answer answer = scene.answer(Api.event(route, "m-nobody", body));
            assertEquals(404, answer.status(), route);
            assertEquals("there is no such member or case", answer.body().text("error"));
        }
    }

    /**
     * @param error how the answer begins
     */
    private record Wrong(String route, String body, String error) {}

    private static List<String> numbers(List<Fields> orders) {
        return orders.stream().map(order -> order.text("order").split(":", 3)[2]).toList();
    }
}
