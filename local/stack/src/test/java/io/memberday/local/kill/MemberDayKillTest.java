package io.memberday.local.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.json.Json;
import io.memberday.local.ChangedPlaybook;
import io.memberday.local.LocalStack;
import io.memberday.local.WholeStack;
import io.memberday.local.kill.Killer.Moment;
import io.memberday.local.runtime.FunctionLogs;
import io.memberday.local.runtime.Isolation;
import io.memberday.member.Channel;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A member day on the whole local AWS, with each function in JVMs of its own, of which one is
 * killed at a random call (P2, P3, P5). The phases take turns, the last one first; all else follows
 * from the seed. {@code -Dkills=50 -Dmembers=2000}, and to see one again {@code -Dkill.seed=…
 * -Dkill.only=17}.
 */
@EnabledOnOs(OS.LINUX)
class MemberDayKillTest {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int MEMBERS = Integer.getInteger("members", 150);

    /**
     * Three are at work beside the one that is killed; to start one takes seconds of a processor.
     */
    private static final int AT_ONCE = 4;

    /** If given, the only one of the kills that is done. */
    private static final int ONLY = Integer.getInteger("kill.only", 0);

    private static final long SEED = Long.getLong("kill.seed", 20_260_508L);

    private static final String RUN = "member-day@2026-05-08";
    private static final Instant ORDERED = Instant.parse("2026-05-07T04:00:00Z");
    private static final Instant BEFORE_TEN = Instant.parse("2026-05-08T01:59:00Z");
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    /**
     * Longer than any time-out of a queue or lease after the day's birthday run at half past
     * twelve, too: all that comes back is back by then.
     */
    private static final Duration SENDING = Duration.ofHours(4);

    /** Buyers who answer STOP between planning and sending. */
    private static final List<Integer> OPTING_OUT = List.of(3, 4, 5, 6, 7);

    private static final Killer KILLER = new Killer();
    private static final String NAME = "kill";
    private static final Relay DYNAMO_DB = new Relay(KILLER);
    private static final Relay AWS = new Relay(KILLER);
    private static final AtomicBoolean OPTED_OUT = new AtomicBoolean();

    private static LocalStack stack;
    private static Crowd crowd;
    private static Snapshot snapshot;
    private static Map<String, String> memberAt;
    private static Aftermath calm;
    private static final Map<Phase, Integer> CALLS = new EnumMap<>(Phase.class);

    /** Senders pace themselves in real time, and a test has none to spare. */
    private static String faster(String playbook) {
        return playbook.replaceAll("\"perSecond\":\\d+", "\"perSecond\":5000");
    }

    @BeforeAll
    static void letTheCrowdArrive() throws Exception {
        Path folder = WholeStack.folder(NAME);
        LocalStack.Settings settings =
                WholeStack.settings(
                        ChangedPlaybook.template(folder, MemberDayKillTest::faster), NAME);
        stack =
                LocalStack.start(
                        settings.with(
                                new Isolation(
                                        Map.of(
                                                "AWS_ENDPOINT_URL_DYNAMODB",
                                                DYNAMO_DB.address(),
                                                "AWS_ENDPOINT_URL",
                                                AWS.address()),
                                        KILLER::started,
                                        new FunctionLogs(folder.resolve("logs")),
                                        AT_ONCE)));
        DYNAMO_DB.to(stack.dynamoDbAddress());
        AWS.to(stack.aws().address());
        stack.travel().jumpTo(ORDERED);
        long begun = System.nanoTime();
        crowd = new Crowd(MEMBERS);
        crowd.arrive(stack);
        memberAt = memberAt();
        snapshot =
                new Snapshot(
                        stack.dynamoDb(),
                        Map.of(
                                stack.name("MembersTable"), List.of("memberId"),
                                stack.name("IdentitiesTable"), List.of("identity"),
                                stack.name("MemberActivityTable"), List.of("memberId", "item"),
                                stack.name("CampaignResultsTable"), List.of("pk", "sk")));
        stack.travel().onStop(MemberDayKillTest::optOut);
        say("%d members arrived in %.1f s", memberAt.size(), seconds(begun));
        calm = hold(Optional.empty());
        for (Phase phase : Phase.values()) {
            CALLS.put(phase, KILLER.count(phase));
        }
        say("undisturbed: %s; %s", sums(calm), CALLS);
    }

    @AfterAll
    static void close() {
        stack.close();
        DYNAMO_DB.close();
        AWS.close();
    }

    @Test
    void shouldSendToEverybodyOnceOrNotAtAllWhenNothingIsKilled() {
        assertEquals(MEMBERS, memberAt.size());
        assertEquals(0, calm.count(Status.UNKNOWN));
        assertEquals(0, calm.count(Status.FAILED));
        assertTrue(calm.count(Status.SENT) > MEMBERS * 3 / 4, sums(calm));
        assertTrue(calm.count(Status.SUPPRESSED) > 0, "somebody opted out in time");
        CALLS.forEach((phase, calls) -> assertTrue(calls > 0, phase + " is not seen"));
    }

    @Test
    void shouldLoseAtMostOneBatchsCertaintyWhenAFunctionIsKilled() {
        Random random = new Random(SEED);
        Map<Phase, int[]> tally = new EnumMap<>(Phase.class);
        for (int i = 0; i < KILLS; i++) {
            Moment moment = moment(random, i);
            if (ONLY != 0 && ONLY != i + 1) {
                continue;
            }
            long begun = System.nanoTime();
            String told = "kill %d of %d (seed %d) %s".formatted(i + 1, KILLS, SEED, moment);
            Aftermath after;
            try {
                after = hold(Optional.of(moment));
                assertTrue(KILLER.victim().isPresent(), "the moment came");
                assertAsCalm(after);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(told + ": " + e.getMessage(), e);
            }
            long unknown = after.count(Status.UNKNOWN);
            say("%s: %s, %.1f s", told, sums(after), seconds(begun));
            int[] sum = tally.computeIfAbsent(moment.phase(), phase -> new int[3]);
            sum[0]++;
            sum[1] += (int) unknown;
            sum[2] = Math.max(sum[2], (int) unknown);
        }
        tally.forEach(
                (phase, sum) ->
                        say(
                                "%-9s %2d kills, %3d unknown in all, %2d at most",
                                phase, sum[0], sum[1], sum[2]));
    }

    /**
     * Phases take turns. Member ids are random, and with them who is held out: counts vary a little
     * from run to run, so the last tenth is left out, and the rest is drawn as a share.
     */
    private static Moment moment(Random random, int turn) {
        Phase[] phases = Phase.values();
        Phase phase = phases[phases.length - 1 - turn % phases.length];
        int calls = Math.max(1, CALLS.get(phase) * 9 / 10);
        return new Moment(phase, 1 + (int) (random.nextDouble() * calls), random.nextBoolean());
    }

    private static Aftermath hold(Optional<Moment> moment) {
        snapshot.restore();
        stack.outbox().clear();
        stack.travel().jumpTo(BEFORE_TEN);
        OPTED_OUT.set(false);
        KILLER.arm(moment);
        stack.travel().moveTo(TEN.plus(SENDING));
        Aftermath after = Aftermath.read(stack, RUN, memberAt);
        after.assertPromises();
        for (String queue :
                List.of(
                        "SliceQueue",
                        "MarketingQueue",
                        "SliceDeadLetters",
                        "MarketingDeadLetters",
                        "FailedInvocations")) {
            assertEquals(0, stack.queue(queue).size(), "nothing is left in " + queue);
        }
        return after;
    }

    /** Everybody who stood still fares as without the kill, or is unknown. */
    private static void assertAsCalm(Aftermath after) {
        Set<String> restless = new HashSet<>();
        OPTING_OUT.forEach(buyer -> restless.add(memberAt.get(crowd.phone(buyer))));
        Set<String> audience = new HashSet<>(calm.audience());
        audience.removeAll(restless);
        Set<String> now = new HashSet<>(after.audience());
        now.removeAll(restless);
        assertEquals(audience, now, "the same audience");
        assertTrue(
                after.messaged().stream().noneMatch(restless::contains),
                "nobody who opted out gets it");
        for (String member : audience) {
            assertEquals(calm.held().contains(member), after.held().contains(member));
            Optional<Status> then = status(calm, member);
            Optional<Status> here = status(after, member);
            assertTrue(
                    then.equals(here) || here.equals(Optional.of(Status.UNKNOWN)),
                    () -> "%s was %s and is %s".formatted(member, then, here));
        }
    }

    private static Optional<Status> status(Aftermath after, String member) {
        return Optional.ofNullable(after.outcomes().get(member)).map(Outcome::status);
    }

    private static void optOut(Instant stop) {
        if (stop.isBefore(TEN) || !OPTED_OUT.compareAndSet(false, true)) {
            return;
        }
        for (int buyer : OPTING_OUT) {
            stack.publish(
                    "InboundSmsTopic",
                    Json.write(
                            Map.of(
                                    "originationNumber", crowd.phone(buyer),
                                    "destinationNumber", "+12025550142",
                                    "messageKeyword", "MEMBERDAY",
                                    "messageBody", "STOP",
                                    "inboundMessageId", "reply-" + buyer)));
        }
    }

    private static Map<String, String> memberAt() {
        DynamoDbMemberScan scan =
                new DynamoDbMemberScan(stack.dynamoDb(), stack.name("MembersTable"));
        Map<String, String> found = new HashMap<>();
        Optional<String> after = Optional.empty();
        do {
            ScanPage page = scan.page(0, 1, after, 1000);
            page.members()
                    .forEach(
                            member -> {
                                for (Channel channel : Channel.values()) {
                                    member.profile()
                                            .address(channel)
                                            .ifPresent(at -> found.put(at, member.id()));
                                }
                            });
            after = page.next();
        } while (after.isPresent());
        return found;
    }

    private static String sums(Aftermath after) {
        return "%d sent + %d failed + %d unknown + %d suppressed + %d held out = %d members"
                .formatted(
                        after.count(Status.SENT),
                        after.count(Status.FAILED),
                        after.count(Status.UNKNOWN),
                        after.count(Status.SUPPRESSED),
                        after.held().size(),
                        after.audience().size());
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
