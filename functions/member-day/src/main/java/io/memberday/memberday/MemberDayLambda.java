package io.memberday.memberday;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbMemberLookup;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbNamedMembers;
import io.memberday.aws.DynamoDbPaidOrders;
import io.memberday.aws.DynamoDbResultStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.Messengers;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookSecrets;
import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.RunStore;
import io.memberday.compiler.InlineCampaign;
import io.memberday.event.EventBus;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.json.RefusedRequest;
import io.memberday.member.MemberScan;
import io.memberday.plan.CalendarWake;
import io.memberday.plan.MemberDay;
import io.memberday.plan.PlanRequest;
import io.memberday.plan.RunControl;
import io.memberday.plan.SegmentPlan;
import io.memberday.plan.TierPlan;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.result.ResultStore;
import io.memberday.send.Dispatch;
import io.memberday.send.TestSend;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.touch.ChannelStops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Plans or previews a campaign's run. A stream handler, since schedules and operators send a plain
 * payload and a rule sends an event around it.
 */
public final class MemberDayLambda implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MemberDayLambda.class);

    /** What is left for the answer when a preview must stop reading. */
    private static final int MARGIN_MILLIS = 10_000;

    private final MemberDay memberDay;
    private final CalendarWake calendar;
    private final SegmentPlan segments;
    private final TierPlan tiers;
    private final RunControl control;
    private final Supplier<TestSend> tests;
    private final Playbook playbook;
    private final Clock clock;

    public MemberDayLambda() {
        this(Env.system());
    }

    public MemberDayLambda(Env env) {
        this(env, Playbooks.load(), Clients.dynamoDb());
    }

    private MemberDayLambda(Env env, Playbook playbook, DynamoDbClient dynamoDb) {
        this(
                env,
                playbook,
                dynamoDb,
                new DynamoDbChannelStops(dynamoDb, env.campaignResultsTable(), new Sleep()));
    }

    private MemberDayLambda(
            Env env, Playbook playbook, DynamoDbClient dynamoDb, ChannelStops stops) {
        this(
                playbook,
                new DynamoDbRunStore(dynamoDb, env.campaignResultsTable()),
                new DynamoDbResultStore(dynamoDb, env.campaignResultsTable()),
                new DynamoDbAudienceStore(dynamoDb, env.campaignResultsTable()),
                stops,
                new DynamoDbMemberScan(dynamoDb, env.membersTable()),
                new Buyers.Source(
                        new DynamoDbPaidOrders(dynamoDb, env.ordersTable()),
                        new DynamoDbMemberLookup(dynamoDb, env.membersTable())::find),
                new EventBridgeBus(Clients.eventBridge(), env.eventBus()),
                new S3FileStore(Clients.s3(), env.filesBucket()),
                tests(env, playbook, dynamoDb, stops),
                env.clock(),
                MemberDay.SLICE);
    }

    /** The clients are made when a test is asked for only: schedules need no providers. */
    private static Supplier<TestSend> tests(
            Env env, Playbook playbook, DynamoDbClient dynamoDb, ChannelStops stops) {
        String identities = env.identitiesTable();
        String members = env.membersTable();
        String secrets = env.webhookSecrets();
        String publicUrl = env.publicUrl();
        int sendersAtOnce = env.sendersAtOnce();
        Clock clock = env.clock();
        return () -> {
            WebhookSecrets live = new WebhookSecrets(Clients.secretsManager(), secrets, clock);
            return new TestSend(
                    new DynamoDbNamedMembers(dynamoDb, identities, members),
                    new Dispatch(
                            Messengers.of(playbook.store(), clock),
                            stops,
                            sendersAtOnce,
                            new Sleep(),
                            clock),
                    new UnsubscribeLinks(publicUrl, () -> live.live(UnsubscribeLinks.SECRET)),
                    clock);
        };
    }

    MemberDayLambda(
            Playbook playbook,
            RunStore runs,
            ResultStore results,
            AudienceStore audience,
            ChannelStops stops,
            MemberScan members,
            Buyers.Source buyers,
            EventBus bus,
            FileStore files,
            Supplier<TestSend> tests,
            Clock clock,
            int sliceSize) {
        memberDay = new MemberDay(playbook, runs, audience, members, buyers, bus, clock, sliceSize);
        calendar = new CalendarWake(playbook, memberDay, runs, files, clock);
        segments = new SegmentPlan(playbook, members, runs, results, files, clock);
        tiers = new TierPlan(playbook, members, clock);
        control = new RunControl(runs, audience, stops, clock);
        this.tests = tests;
        this.playbook = playbook;
        this.clock = clock;
    }

    /**
     * @throws RefusedRequest if the request cannot be taken
     */
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        try {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Fields request = Json.read(text);
            Map<String, Object> answer = answer(request, context);
            out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
        } catch (BadInput bad) {
            throw new RefusedRequest(bad);
        }
    }

    private Map<String, Object> answer(Fields input, Context context) {
        Fields request = PlanRequest.unwrapped(input);
        if (RunControl.asked(request)) {
            return control(request);
        }
        if (SegmentPlan.asked(request)) {
            return segment(request, context);
        }
        if (TierPlan.asked(request)) {
            return tiers(request, context);
        }
        return CalendarWake.asked(request) ? calendar(request) : plan(request, context);
    }

    private Map<String, Object> control(Fields request) {
        Map<String, Object> answer = control.answer(request);
        LOG.info(
                "{}: {}, by an operator",
                answer.getOrDefault("run", answer.get("channel")),
                answer.get("status"));
        return answer;
    }

    private Map<String, Object> calendar(Fields request) {
        Map<String, Object> answer = calendar.answer(request);
        LOG.info("calendar: {}", answer.getOrDefault("due", answer.get("runs")));
        return answer;
    }

    private Map<String, Object> segment(Fields request, Context context) {
        Map<String, Object> answer = segments.answer(request, timeLeft(context));
        LOG.info("segment {}: {} members", answer.get("segment"), answer.get("size"));
        return answer;
    }

    private Map<String, Object> tiers(Fields request, Context context) {
        Map<String, Object> answer = tiers.answer(request, timeLeft(context));
        LOG.info("tiers: {} members, {}", answer.get("members"), answer.get("then"));
        return answer;
    }

    private static BooleanSupplier timeLeft(Context context) {
        return () -> context.getRemainingTimeInMillis() > MARGIN_MILLIS;
    }

    private Map<String, Object> plan(Fields input, Context context) {
        PlanRequest request = PlanRequest.read(input, playbook.store().zone());
        Optional<InlineCampaign.Compiled> inline = inline(request);
        Playbook asked = inline.map(InlineCampaign.Compiled::playbook).orElse(playbook);
        Map<String, Object> answer =
                request.testTo().isEmpty()
                        ? memberDay.over(asked).answer(request, timeLeft(context))
                        : test(asked, request);
        inline.map(InlineCampaign.Compiled::warnings)
                .filter(warnings -> !warnings.isEmpty())
                .ifPresent(warnings -> answer.put("warnings", warnings));
        LOG.info("{}: {}", answer.get("run"), answer.get("status"));
        return answer;
    }

    private Map<String, Object> test(Playbook asked, PlanRequest request) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), asked.store().zone());
        return tests.get()
                .answer(asked, request.campaign(), request.date().orElse(today), request.testTo());
    }

    /** A campaign that comes with the request; without a time of its own it is held now. */
    private Optional<InlineCampaign.Compiled> inline(PlanRequest request) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), playbook.store().zone());
        LocalDateTime at =
                request.date()
                        .map(date -> date.atTime(request.time().orElse(LocalTime.MIDNIGHT)))
                        .orElse(now);
        return request.definition()
                .map(definition -> InlineCampaign.compile(definition, playbook, at));
    }
}
