package io.memberday.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import io.memberday.aws.MemberFormat;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.http.LocalServer;
import io.memberday.local.outbox.Sent;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.core.sync.RequestBody;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@ExtendWith(EmulatorExtension.class)
class LocalPageTest {
    private static final Instant NOW = Instant.parse("2026-05-07T06:00:00Z");
    private static final String EVIL = "<img src=x onerror=alert(1)>\"'&王";

    private final Emulator emulator;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Sent> messages = new ArrayList<>();
    private final List<Instant> moves = new ArrayList<>();
    private HttpServer server = LocalServer.bind("the page", 0);

    LocalPageTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @BeforeEach
    void serve() {
        emulator.tables().reset();
        PageClock clock =
                new PageClock() {
                    @Override
                    public Instant now() {
                        return moves.isEmpty() ? NOW : moves.getLast();
                    }

                    @Override
                    public void moveTo(Instant target) {
                        moves.add(target);
                    }
                };
        emulator.s3();
        server.createContext(
                "/",
                new LocalPage(
                        new PageSources(
                                emulator.dynamoDb(),
                                emulator.s3(),
                                id ->
                                        id.endsWith("Bucket")
                                                ? emulator.bucket(id)
                                                : emulator.table(id),
                                () -> messages,
                                clock,
                                SamplePlaybook.playbook())));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    @Test
    void shouldAnswerEveryViewWhileThereIsNothingYet() throws Exception {
        assertEquals("样店", json("/local/overview").object("store").text("name"));
        assertEquals(0, json("/local/members").whole("total", 0, 9));
        assertEquals(0, json("/local/messages?channel=sms").whole("total", 0, 9));
        assertEquals(List.of(), json("/local/runs").objects("runs"));
        assertEquals(List.of(), json("/local/exports").objects("exports"));
        HttpResponse<String> page = get("/");
        assertTrue(page.body().contains("Overview") && page.body().contains("page.js"));
    }

    @Test
    void shouldShowAMemberAndFindItByAnythingShown() throws Exception {
        save(member("m1234567890abcdef", "王小明", "+8613800138001"));
        save(member("mabcdef1234567890", "Emma O'Brien", "+12125550123"));
        for (String sought : List.of("王小明", "8613800138001", "m1234567890abcdef", "sms yes")) {
            String path =
                    "/local/members?q="
                            + java.net.URLEncoder.encode(sought, StandardCharsets.UTF_8);
            boolean both = sought.equals("sms yes");
            assertEquals(both ? 2 : 1, json(path).objects("members").size(), sought);
        }
        Fields detail = json("/local/members/m1234567890abcdef");
        assertEquals("王小明", detail.text("name"));
        assertEquals("+8613800138001", detail.object("profile").text("phone"));
    }

    @Test
    void shouldGiveHostileNamesAsDataThatNoBrowserTakesForMarkup() throws Exception {
        save(member("m1234567890abcdef", EVIL, "+8613800138001"));
        HttpResponse<String> answer = get("/local/members");
        assertEquals(EVIL, Json.read(answer.body()).objects("members").getFirst().text("name"));
        assertEquals("application/json; charset=utf-8", header(answer, "content-type"));
        assertEquals("nosniff", header(answer, "x-content-type-options"));
        assertTrue(header(get("/"), "content-security-policy").startsWith("default-src 'self'"));
        // The script puts all data in as text: the ways to put in markup do not stand in it.
        String script = get("/local/page.js").body();
        for (String way :
                List.of(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(")) {
            assertFalse(script.contains(way), way);
        }
    }

    @Test
    void shouldShowAnEmailButRunNothingOfIt() throws Exception {
        messages.add(
                new Sent.Email(
                        "id",
                        NOW,
                        List.of("li.na1@mail.example"),
                        "会员日",
                        Map.of(
                                "from",
                                "样店 <hello@sample.example>",
                                "list-unsubscribe",
                                "<http://127.0.0.1:1/unsubscribe/token>"),
                        "text",
                        "<p>好</p><script>alert(1)</script>",
                        "raw"));
        Fields email = json("/local/messages?channel=email").objects("messages").getFirst();
        assertEquals("会员日", email.text("subject"));
        assertEquals("http://127.0.0.1:1/unsubscribe/token", email.text("unsubscribe"));
        HttpResponse<String> html = get("/local/messages/0/html");
        assertTrue(html.body().contains("<p>好</p>"));
        assertTrue(
                header(html, "content-security-policy").startsWith("sandbox; default-src 'none'"));
        assertEquals(404, get("/local/messages/7/html").statusCode());
    }

    @Test
    void shouldShowAnSmsWithItsPartsAndSignature() throws Exception {
        messages.add(
                new Sent.Sms(
                        "id",
                        NOW,
                        "+8613800138001",
                        "亲，会员日到啦！拒收请回复R【样店】",
                        Map.of("AWS.SNS.SMS.SMSType", "Promotional")));
        Fields sms = json("/local/messages?channel=sms&q=会员日").objects("messages").getFirst();
        assertEquals("【样店】", sms.text("signature"));
        assertEquals("marketing", sms.text("kind"));
        assertEquals(1, sms.whole("parts", 0, 9));
    }

    @Test
    void shouldShowReportsInASandboxAndGiveExportsAsFiles() throws Exception {
        put(
                "reports/member-day@2026-05-08/index.html",
                "text/html; charset=utf-8",
                "<h1>Report</h1>");
        put("exports/e1/part-000.csv.gz", "application/gzip", "rows");
        String report = "/local/file?key=reports/member-day@2026-05-08/index.html";
        assertTrue(header(get(report), "content-security-policy").startsWith("sandbox"));
        assertEquals(
                "attachment; filename=\"part-000.csv.gz\"",
                header(get("/local/file?key=exports/e1/part-000.csv.gz"), "content-disposition"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/local/file?key=secret/keys.txt",
                "/local/file?key=reports/none.html",
                "/local/members/nobody",
                "/local/messages/x/html",
                "/local/elsewhere"
            })
    void shouldSayThatThereIsNothing(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(404, answer.statusCode());
        assertTrue(Json.read(answer.body()).text("message").startsWith("there is n"));
    }

    @Test
    void shouldMoveTheClockForwardAloneAndForItsOwnPageAlone() throws Exception {
        assertEquals(403, post("{\"advance\": \"PT1H\"}", false).statusCode());
        assertEquals(400, post("{\"advance\": \"PT-1H\"}", true).statusCode());
        assertEquals(400, post("{\"advance\": \"soon\"}", true).statusCode());
        assertEquals(400, post("{\"to\": \"tomorrow\"}", true).statusCode());
        assertEquals(List.of(), moves);
        assertEquals(200, post("{\"advance\": \"PT1H\"}", true).statusCode());
        assertEquals(200, post("{\"to\": \"member-day\"}", true).statusCode());
        assertEquals(
                List.of(
                        Instant.parse("2026-05-07T07:00:00Z"),
                        Instant.parse("2026-05-08T02:00:00Z")),
                moves);
    }

    private void save(Member member) {
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("MembersTable"))
                                        .item(MemberFormat.item(member)));
    }

    private static Member member(String id, String name, String phone) {
        return Member.fresh(id, NOW)
                .change()
                .profile(Profile.EMPTY.with(Field.NAME, name, NOW).with(Field.PHONE, phone, NOW))
                .consents(
                        io.memberday.member.Consents.UNKNOWN.with(
                                Channel.SMS, Kind.MARKETING, new Consent(true, true, NOW)))
                .done();
    }

    private void put(String key, String type, String text) {
        emulator.s3()
                .putObject(
                        put ->
                                put.bucket(emulator.bucket("FilesBucket"))
                                        .key(key)
                                        .contentType(type),
                        RequestBody.fromString(text));
    }

    private Fields json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.read(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address(path)).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String body, boolean own)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/local/clock")).POST(BodyPublishers.ofString(body));
        if (own) {
            request.header("X-Memberday-Local", "1");
        }
        return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private URI address(String path) {
        return URI.create(
                LocalServer.address(server) + path.replace("会员日", "%E4%BC%9A%E5%91%98%E6%97%A5"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
