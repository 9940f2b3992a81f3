package io.memberday.result;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.Marks;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.InMemoryFeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.result.PaidOrders.PaidOrder;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run's rows in memory: member day of 8 May 2026, 10:00 in Shanghai, 4 days of attribution. */
final class RunScene {
    static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    static final Instant CLAIM = AT.plusSeconds(300);
    static final Terms TERMS =
            new Terms(
                    "Tea & <Co>",
                    ZoneId.of("Asia/Shanghai"),
                    "CNY",
                    Duration.ofDays(4),
                    Duration.ofDays(15),
                    Marks.of(
                            Frozen.of(
                                    SamplePlaybook.playbook(),
                                    SamplePlaybook.memberDayInVariants()),
                            AT));
    static final Run RUN =
            new Run(
                    "member-day@2026-05-08",
                    "member-day",
                    LocalDate.parse("2026-05-08"),
                    AT,
                    AT.plus(Duration.ofHours(8)),
                    1,
                    Run.State.RUNNING,
                    Optional.empty(),
                    0,
                    0);

    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final Map<String, List<Outcome>> outcomes = new TreeMap<>();
    private final InMemoryFeedbackStore feedback = new InMemoryFeedbackStore();
    private final List<PaidOrder> orders = new ArrayList<>();
    private final Map<String, Member> members = new HashMap<>();
    private int pages;

    void page(Map<String, Integer> excluded, Optional<String> next) {
        audience.write(new Page(RUN.id(), 0, pages++, next, 0, 0, excluded), List.of());
    }

    void batch(String id, List<String> to, List<String> held, boolean done) {
        batch(id, to, held, done, "", "");
    }

    void batch(
            String id,
            List<String> to,
            List<String> held,
            boolean done,
            String variant,
            String marks) {
        Batch batch =
                BatchDraft.of(RUN.id(), id, AT)
                        .members(to)
                        .held(held)
                        .variant(variant, marks)
                        .batch()
                        .with(AT, Optional.empty(), done ? Optional.of(CLAIM) : Optional.empty());
        audience.write(
                new Page(RUN.id(), 0, pages++, Optional.empty(), 0, 0, Map.of()), List.of(batch));
    }

    void outcome(String batch, String member, Status status, String reason) {
        outcome(batch, member, status, reason, Channel.SMS, status == Status.SENT ? 1 : 0, "hi zh");
    }

    void outcome(
            String batch,
            String member,
            Status status,
            String reason,
            Channel channel,
            int parts,
            String template) {
        outcomes.computeIfAbsent(batch, id -> new ArrayList<>())
                .add(
                        new Outcome(
                                member,
                                status,
                                reason,
                                channel,
                                parts,
                                parts * 50_000L,
                                CLAIM,
                                "",
                                template));
    }

    /** A member who was claimed and sent a message. */
    void sent(String batch, String member) {
        outcome(batch, member, Status.SENT, "");
        member(claimed(member));
    }

    Member claimed(String id) {
        Claim claim = new Claim(CLAIM, "n", Kind.MARKETING, Channel.SMS, "");
        return unclaimed(id).change().claims(Map.of(RUN.id(), claim)).done();
    }

    Member unclaimed(String id) {
        return Member.fresh(id, AT);
    }

    void member(Member member) {
        members.put(member.id(), member);
    }

    void order(String member, Instant paidAt, long keptMinor) {
        orders.add(new PaidOrder("shop:1:" + orders.size(), member, paidAt, keptMinor));
    }

    void feedback(String message, Feedback.Kind kind, boolean lasting) {
        feedback.write(
                new Origin.OfRun(RUN.id()), List.of(new Feedback(message, kind, lasting, CLAIM)));
    }

    /** A member who was sent an SMS with the id {@code sms-<member>}. */
    void sentSms(String batch, String member) {
        outcomes.computeIfAbsent(batch, id -> new ArrayList<>())
                .add(
                        new Outcome(
                                member,
                                Status.SENT,
                                "",
                                Channel.SMS,
                                1,
                                50_000,
                                CLAIM,
                                "sms-" + member,
                                "hi zh"));
        member(claimed(member));
    }

    void smsReport(
            String message, Feedback.Kind kind, String reason, Optional<Feedback.Bill> bill) {
        feedback.write(
                Origin.OfSms.at(CLAIM),
                List.of(new Feedback(message, kind, false, CLAIM, reason, bill)));
    }

    CampaignResult compute() {
        return compute(AT.plus(Duration.ofDays(30)));
    }

    CampaignResult compute(Instant now) {
        return new ResultComputation(
                        audience,
                        (run, slice, row) ->
                                outcomes.forEach(
                                        (batch, of) ->
                                                of.forEach(one -> row.accept(batch, List.of(one)))),
                        feedback,
                        (day, each) ->
                                orders.stream()
                                        .filter(
                                                order ->
                                                        LocalDate.ofInstant(
                                                                        order.paidAt(),
                                                                        TERMS.zone())
                                                                .equals(day))
                                        .forEach(each),
                        ids -> ids.stream().filter(members::containsKey).map(members::get).toList())
                .compute(RUN, TERMS, now);
    }
}
