package io.memberday.simulation;

import io.memberday.member.Channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** What operators do to runs and channels, and what happens to the account and to clocks. */
final class Operators {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String RUN = Shop.MEMBER_DAY + "@" + Shop.DAY;
    private static final String RESUME = "resume";

    private final Stage stage;
    private final Random random;
    private final Functions functions;
    private final Provider provider;
    private boolean heldUp;

    Operators(Stage stage, Random random, Functions functions, Provider provider) {
        this.stage = stage;
        this.random = random;
        this.functions = functions;
        this.provider = provider;
    }

    /** Whether something may hold messages up on this day. */
    boolean heldUp() {
        return heldUp;
    }

    /**
     * @param approves whether a large audience waits for an approval
     * @param spends whether the month's money for SMS may be spent
     */
    void begin(boolean approves, boolean spends) {
        if (random.nextInt(3) == 0) {
            Instant at = Shop.TEN.plusSeconds(random.nextInt(1_200));
            asks(at, "pause");
            Instant then = at.plusSeconds(random.nextInt(1_800));
            boolean ends = random.nextInt(3) == 0;
            asks(then, ends ? "cancel" : RESUME);
            if (ends && random.nextBoolean()) {
                // Two operators who do not know of each other.
                asks(then, RESUME);
            }
        }
        if (approves && random.nextBoolean()) {
            asks(
                    Shop.TEN.plusSeconds(random.nextInt(1_800)),
                    random.nextInt(4) == 0 ? "cancel" : "approve");
        }
        if (random.nextInt(4) == 0) {
            if (spends && random.nextBoolean()) {
                spend();
            } else {
                halt();
            }
        }
        if (random.nextInt(3) == 0) {
            heldUp = true;
            int seconds = random.nextInt(4) == 0 ? 9 * 3_600 : 1_800;
            later(() -> stage.jump(Duration.ofSeconds(random.nextInt(seconds))));
        }
        if (random.nextInt(3) == 0) {
            later(() -> stage.jump(Duration.ofMillis(-random.nextInt(4_000))));
        }
    }

    /** The account may not send for a while, and its provider says so to each call. */
    private void halt() {
        Channel channel = random.nextInt(4) == 0 ? Channel.EMAIL : Channel.SMS;
        Instant at = Shop.TEN.plusSeconds(random.nextInt(900) - 300);
        heldUp = true;
        Instant seenTo = at.plusSeconds(random.nextInt(1_800));
        stage.at(at, () -> provider.halt(channel, false));
        stage.at(seenTo, () -> provider.halt(channel, true));
        asks(seenTo.plusSeconds(random.nextInt(300) - 60), RESUME);
    }

    /** The account's money for the month is spent: its provider takes SMS, and drops them. */
    private void spend() {
        Instant at = Shop.TEN.plusSeconds(random.nextInt(2_400) - 900);
        heldUp = true;
        Instant raised = at.plusSeconds(120 + random.nextInt(2_400));
        stage.at(at, () -> provider.spent(true));
        stage.at(raised, () -> provider.spent(false));
        // Some are too quick, and the next message that is dropped stops the channel again.
        Instant resumed = raised.plusSeconds(random.nextInt(600) - 120);
        asks(resumed, RESUME);
        asks(resumed.plusSeconds(random.nextInt(60)), Map.of("channel", "sms", "do", RESUME));
    }

    private void later(Runnable happens) {
        stage.at(Story.BEGINS.plusSeconds(random.nextInt((int) Story.LASTS.toSeconds())), happens);
    }

    private void asks(Instant at, String verb) {
        asks(at, Map.of("run", RUN, "do", verb));
    }

    /** An operator does not try again: sees the answer, or that there is none. */
    private void asks(Instant at, Map<String, Object> request) {
        stage.at(
                at,
                () ->
                        stage.start(
                                "member-day",
                                LIFE,
                                () -> functions.control(request),
                                failure -> {}));
    }
}
