package io.memberday.campaignreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.DynamoDbFeedbackStore;
import io.memberday.aws.Env;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.Sleep;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;
import io.memberday.json.Fields;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.message.Templates.SmsEnding;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One shop's own table of campaigns (R61), through rows in the tables and the function. */
@ExtendWith(EmulatorExtension.class)
class ShopsTableTest {
    private static final SmsEnding PLAIN = new SmsEnding("", "【样店】");
    private static final SmsEnding WITH_OPT_OUT = new SmsEnding("拒收请回复R", "【样店】");

    /** 62 characters: with the signature 66, one part; with the opt-out words two. */
    private static final String FESTIVAL =
            "七夕将至，愿每一份心意都被温柔以待。感谢您一路相伴，老会员专享礼盒已备好，本周到店或下单即赠手写贺卡一张，数量有限先到先得";

    private final Emulator emulator;

    ShopsTableTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @Test
    void shouldReproduceTheLastThreeHoursOfElevenEleven() throws Exception {
        // Given
        PastRun run = run("last-hours", "2026-11-11T13:00:00Z", 4, 1).sent(33_962, 33_962 / 312);
        bought(run, 312, 45_743_00, 33_962);
        decoys(run);
        run.write();
        DynamoDbFeedbackStore feedback =
                new DynamoDbFeedbackStore(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"), new Sleep());
        for (int message = 0; message < 40; message++) {
            feedback.write(
                    new Origin.OfRun(run.run().id()),
                    List.of(
                            new Feedback(
                                    "id-" + message,
                                    Feedback.Kind.DELIVERED,
                                    false,
                                    run.run().at())));
        }

        // When
        Fields report = report(run);

        // Then
        assertEquals("0.92 %", report.text("conversion"));
        assertEquals("1:27", report.text("roi"));
        assertEquals("45743.00", report.raw("amount").orElseThrow().toString());
        assertEquals("1698.1", report.raw("cost").orElseThrow().toString());
        assertEquals(312L, report.raw("buyers").orElseThrow());
        assertEquals(
                "33,962 sent + 30 failed + 20 unknown + 50 suppressed + 400 held out = 34,462"
                        + " members",
                report.text("sum"));
        assertEquals(true, report.raw("finished").orElseThrow());
        assertEquals(3L, report.raw("heldOutBuyers").orElseThrow());
        assertEquals(40L, report.raw("delivered").orElseThrow());
        assertEquals(List.of(), report.list("remarks"));
        assertEquals(
                List.of("2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"),
                report.objects("days").stream().map(day -> day.text("date")).toList());
        assertEquals(
                45_743_00L,
                report.objects("days").stream()
                        .map(day -> day.optionalDecimal("amount").orElseThrow())
                        .mapToLong(amount -> amount.movePointRight(2).longValueExact())
                        .sum());
        String page = stored("reports/last-hours@2026-11-11/index.html");
        for (String figure : List.of("33,962", "0.92 %", "1:27", "45,743.00", "1,698.10", "<svg")) {
            assertTrue(page.contains(figure), figure);
        }
        assertTrue(
                stored("reports/last-hours@2026-11-11/report.csv")
                        .contains("summary,,conversion,0.92 %"));
    }

    @Test
    void shouldReproduceTheFestivalGreetingAndItsTwoPartsWithOptOutWords() throws Exception {
        // Given
        int plain = parts(PLAIN);
        int longer = parts(WITH_OPT_OUT);
        PastRun one = run("festival", "2026-08-19T02:00:00Z", 3, plain).sent(8_000, 8_000 / 40);
        bought(one, 40, 8_000_00, 8_000);
        one.write();
        PastRun two =
                run("festival-suffix", "2026-08-29T02:00:00Z", 3, longer).sent(8_000, 8_000 / 40);
        bought(two, 40, 8_000_00, 8_000);
        two.write();

        // When
        Fields without = report(one);
        Fields with = report(two);

        // Then
        assertEquals(1, plain);
        assertEquals("1:20", without.text("roi"));
        assertEquals("400", without.raw("cost").orElseThrow().toString());
        assertEquals(List.of(), without.list("remarks"));
        assertEquals(null, without.raw("delivered").orElse(null));
        assertEquals(2, longer);
        assertEquals("1:10", with.text("roi"));
        assertEquals("800", with.raw("cost").orElseThrow().toString());
        assertEquals(
                List.of(
                        "8,000 of 8,000 SMS took more than one part, 16,000 parts in all, for"
                                + " 800.00 CNY. In one part each the run would have cost 400.00"
                                + " CNY and its ROI would be 1:20: shorten the text or its opt-out"
                                + " words."),
                with.list("remarks"));
    }

    @Test
    void shouldReproduceBackToSchool() throws Exception {
        PastRun run =
                run("back-to-school", "2026-09-01T02:00:00Z", 2, 1).sent(16_549, 16_549 / 107);
        bought(run, 107, 16_913_00, 16_549);
        run.write();

        Fields report = report(run);

        assertEquals("1:20", report.text("roi"));
        assertEquals("827.45", report.raw("cost").orElseThrow().toString());
        assertEquals("0.65 %", report.text("conversion"));
    }

    private PastRun run(String id, String at, int days, int parts) {
        return new PastRun(emulator, id, Instant.parse(at), Duration.ofDays(days), parts);
    }

    private static int parts(SmsEnding ending) {
        return new SmsTemplate("festival", "zh", Pieces.parse(FESTIVAL))
                .render(Map.of(), ending)
                .parts();
    }

    /**
     * Orders of so many of the sent members, over the whole window up to its last second. Every
     * tenth buyer has two orders, every seventh got some money back.
     */
    private static void bought(PastRun run, int buyers, long minor, int sent) {
        long left = minor;
        for (int buyer = 0; buyer < buyers; buyer++) {
            int n = buyer * (sent / buyers);
            long brings = buyer == buyers - 1 ? left : minor / buyers;
            left -= brings;
            long seconds = run.attribution().toSeconds() - 1;
            Instant paid = run.claimedAt(n).plusSeconds(1 + (seconds - 1) * buyer / (buyers - 1));
            long refund = buyer % 7 == 3 ? 12_34 : 0;
            if (buyer % 10 == 5) {
                run.order(run.sentMember(n), paid.minusSeconds(1), brings / 3, 0);
                run.order(run.sentMember(n), paid, brings - brings / 3 + refund, refund);
            } else {
                run.order(run.sentMember(n), paid, brings + refund, refund);
            }
        }
    }

    /** Everything that must not count, and buyers who were merged since. */
    private static void decoys(PastRun run) {
        Instant soon = run.claimedAt(900).plusSeconds(3_600);
        Duration window = run.attribution();
        for (int n = 1; n <= 20; n++) {
            run.order(run.sentMember(n), run.claimedAt(n), 99_00, 0);
            run.order(run.sentMember(n), run.claimedAt(n).minusSeconds(n), 99_00, 0);
            run.order(run.sentMember(n), run.claimedAt(n).plus(window), 99_00, 0);
            run.order(run.sentMember(n), soon, 99_00, 99_00);
        }
        run.unsent(Status.FAILED, "InvalidParameter", ids("failed", 30));
        run.unsent(Status.UNKNOWN, "", ids("perhaps", 20));
        run.unsent(Status.SUPPRESSED, "consent", ids("refused", 50));
        for (String id : List.of("failed1", "perhaps2", "refused3")) {
            run.order(id, soon, 99_00, 0);
        }
        run.heldOut(ids("held", 400));
        run.order("held1", run.run().at().plusSeconds(1), 50_00, 0);
        run.order("held2", run.run().at().minusSeconds(1), 50_00, 0);
        run.order("held3", soon, 70_00, 0);
        run.order("held4", run.run().at().plus(window), 50_00, 0);
        run.order("held5", soon, 70_00, 0);
        Claim other = new Claim(run.claimedAt(5), "nonce", Kind.MARKETING, Channel.SMS, "");
        run.member(Member.fresh("elsewhere", run.run().at()), Map.of("other@2026-11-11", other));
        run.order("elsewhere", soon, 99_00, 0);
        run.order("nobody", soon, 99_00, 0);
        // A stranger, then found to be the first buyer under another name: the order is late.
        run.member(
                Member.fresh("loser", run.run().at()).change().mergedInto(run.sentMember(0)).done(),
                Map.of());
        run.order("loser", run.claimedAt(0).plus(window), 99_00, 0);
    }

    private static List<String> ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(n -> name + n).toList();
    }

    private Fields report(PastRun run) {
        emulator.s3();
        CampaignReportLambda function =
                new CampaignReportLambda(
                        Env.of(emulator.environment("CampaignReportFunction")),
                        SamplePlaybook.playbook(),
                        emulator.dynamoDb(),
                        new S3FileStore(emulator.s3(), emulator.bucket("FilesBucket")),
                        Clock.fixed(run.run().at().plus(Duration.ofDays(30)), ZoneOffset.UTC));
        return Fields.of("", function.handleRequest(Map.of("run", run.run().id()), null));
    }

    private String stored(String name) {
        return emulator.s3()
                .getObjectAsBytes(get -> get.bucket(emulator.bucket("FilesBucket")).key(name))
                .asUtf8String();
    }
}
