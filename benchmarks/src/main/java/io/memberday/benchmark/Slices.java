package io.memberday.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.MemberFormat;
import io.memberday.benchmark.Benchmark.Goal;
import io.memberday.benchmark.Benchmark.Reference;
import io.memberday.campaign.Screening;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Reading and evaluating a slice of the members. */
final class Slices {
    private static final String TABLE = "Members";
    private static final String SCAN = "DynamoDB_20120810.Scan";
    private static final int PAGE = 1_000;

    /** Of a member of 920 bytes of JSON. */
    private static final double NANOS_A_BYTE_OF_TOKENS = 1.65 * 1_000 / 920;

    private static final double NANOS_A_BYTE_OF_SDK = 12.33 * 1_000 / 920;
    private static final double MOST = 0.4;
    private static final double MOST_FOR_TEN = 1.5;

    private Slices() {}

    static Benchmark benchmark() {
        byte[] page = page();
        double micros = page.length / (double) PAGE / 1_000;
        return new Benchmark(
                "slice",
                "member",
                List.of(
                        new Line("floor: walk the tokens of the page", Slices::tokens),
                        new Line("by hand: the SDK's scan(), which only counts", Slices::counted),
                        new Line("ours: read only", aws -> read(aws, Optional.empty())),
                        new Line(
                                "ours: read and evaluated for member day",
                                aws -> read(aws, Optional.of(screening()))),
                        new Line("ours: planned for one campaign", aws -> planned(aws, 1)),
                        new Line(
                                "ours: planned for ten that are due together",
                                aws -> planned(aws, 10))),
                List.of(new Goal(3, 1, MOST), new Goal(5, 4, MOST_FOR_TEN)),
                List.of(
                        new Reference(
                                0,
                                NANOS_A_BYTE_OF_TOKENS * micros,
                                "tokens of %.0f bytes".formatted(micros * 1_000)),
                        new Reference(1, NANOS_A_BYTE_OF_SDK * micros, "the SDK's scan()")));
    }

    /** A page as DynamoDB answers it. */
    static byte[] page() {
        return DynamoJson.page(
                LongStream.range(0, PAGE)
                        .mapToObj(Shoppers::shopper)
                        .map(MemberFormat::item)
                        .toList(),
                MemberFormat.key(Shoppers.id(PAGE - 1)));
    }

    /** Whom the store's member day addresses. */
    static Screening screening() {
        Playbook playbook = Playbooks.load();
        Campaign campaign = playbook.campaign("member-day").orElseThrow();
        return new Screening(
                Frozen.of(playbook, campaign), LocalDate.parse("2026-05-08"), Shoppers.TEN);
    }

    private static Line.Work tokens(StubAws aws) {
        byte[] page = page();
        JsonFactory json = new JsonFactory();
        return () -> {
            try (JsonParser parser = json.createParser(page)) {
                while (parser.nextToken() != null) {
                    continue;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return PAGE;
        };
    }

    private static Line.Work counted(StubAws aws) {
        byte[] page = page();
        DynamoDbClient client = aws.answer(SCAN, request -> page).dynamoDb();
        return () ->
                client.scan(
                                scan ->
                                        scan.tableName(TABLE)
                                                .segment(0)
                                                .totalSegments(1)
                                                .limit(PAGE)
                                                .exclusiveStartKey(
                                                        MemberFormat.key(Shoppers.id(0))))
                        .items()
                        .size();
    }

    private static Line.Work planned(StubAws aws, int campaigns) {
        byte[] page = page();
        return PlannedSlices.of(
                new DynamoDbMemberScan(aws.answer(SCAN, request -> page).dynamoDb(), TABLE),
                campaigns);
    }

    private static Line.Work read(StubAws aws, Optional<Screening> screening) {
        byte[] page = page();
        MemberScan scan =
                new DynamoDbMemberScan(aws.answer(SCAN, request -> page).dynamoDb(), TABLE);
        int[] addressed = {0};
        return () -> {
            List<Member> members = scan.page(0, 1, Optional.of(Shoppers.id(0)), PAGE).members();
            screening.ifPresent(
                    decides -> {
                        for (Member member : members) {
                            if (decides.of(member) instanceof Screening.Verdict.Addressed) {
                                addressed[0]++;
                            }
                        }
                        if (addressed[0] == 0) {
                            throw new IllegalStateException("nobody is addressed");
                        }
                    });
            return members.size();
        };
    }
}
