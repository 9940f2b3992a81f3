package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A touch is sent twice at most, and never after it was paid, whatever happens meanwhile. */
class TouchSenderPropertyTest {
    private static final int WORLDS = 200;

    @Test
    void shouldKeepItsPromisesWhateverHappensBetweenAnyTwoCalls() {
        Map<String, Integer> ends = new HashMap<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            try {
                play(seed, ends);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        for (String end :
                List.of(
                        "sent  1",
                        "sent  2",
                        "unknown timeout 2",
                        "unknown claim 2",
                        "unknown claim 1",
                        "failed InvalidParameter 1",
                        "suppressed paid 0",
                        "suppressed consent 0")) {
            assertTrue(ends.getOrDefault(end, 0) > 1, end + " in " + ends);
        }
    }

    private static void play(long seed, Map<String, Integer> ends) {
        Random random = new Random(seed);
        TouchScene scene = new TouchScene(random);
        Simulation simulation = new Simulation(random, scene.clock);
        List<ServiceTouch> touches = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            touches.add(scene.unpaid("m%03d".formatted(i)));
        }
        Set<String> paid = new HashSet<>();
        Set<String> claimedAfterPayment = new HashSet<>();
        simulation.faults(random.nextDouble() * 0.05, 0);
        scene.provider.faults(
                random.nextDouble() * 0.5, random.nextDouble() * 0.4, random.nextDouble() * 0.2);
        Runnable meanwhile =
                () -> {
                    for (ServiceTouch touch : touches) {
                        boolean claimed =
                                scene.touches
                                        .find(touch.id())
                                        .filter(now -> now.state() == State.CLAIMED)
                                        .filter(now -> now.attempts() == 1)
                                        .isPresent();
                        if (claimed && paid.contains(touch.id() + " unclaimed")) {
                            claimedAfterPayment.add(touch.id());
                        }
                    }
                    if (random.nextInt(15) != 0) {
                        return;
                    }
                    ServiceTouch touch = touches.get(random.nextInt(touches.size()));
                    switch (random.nextInt(4)) {
                        case 0 -> {
                            boolean free =
                                    scene.touches
                                            .find(touch.id())
                                            .filter(now -> now.state() == State.PLANNED)
                                            .isPresent();
                            scene.pay(touch);
                            if (free) {
                                // Written again, as if the payment had come by another way.
                                scene.touches.put(touch);
                                paid.add(touch.id() + " unclaimed");
                            }
                        }
                        case 1 ->
                                scene.members.change(
                                        touch.memberId(),
                                        draft ->
                                                draft.consents(
                                                        scene.members
                                                                .member(touch.memberId())
                                                                .orElseThrow()
                                                                .consents()
                                                                .with(
                                                                        Channel.SMS,
                                                                        Kind.SERVICE,
                                                                        new Consent(
                                                                                false,
                                                                                true,
                                                                                scene.clock
                                                                                        .instant()))));
                        case 2 -> scene.members.change(touch.memberId(), draft -> draft.points(1));
                        default -> scene.edit(touch);
                    }
                };
        for (int round = 0; round < 5; round++) {
            for (ServiceTouch touch : touches) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    TouchSender sender = scene.sender(simulation);
                    simulation.start(
                            Duration.ofSeconds(random.nextInt(31, 120)),
                            left -> sender.send(touch.touchpoint(), touch.subject(), left));
                }
            }
            simulation.run(meanwhile);
            scene.clock.advance(Duration.ofSeconds(random.nextInt(300)));
        }
        simulation.faults(0, 0);
        scene.provider.faults(0, 0, 0);
        for (int round = 0; round < 4; round++) {
            scene.clock.advance(Duration.ofMinutes(5));
            touches.forEach(scene::deliver);
        }
        assertEquals(Set.of(), claimedAfterPayment, "claimed though it was paid");
        Map<String, Long> accepted =
                scene.provider.accepted().stream()
                        .collect(
                                Collectors.groupingBy(
                                        tags -> tags.get("subject"), Collectors.counting()));
        for (ServiceTouch touch : touches) {
            ServiceTouch now = scene.now(touch);
            Outcome outcome = now.outcome().orElseThrow();
            long went = accepted.getOrDefault(touch.subject(), 0L);
            assertEquals(State.ENDED, now.state());
            assertTrue(went <= now.attempts() && now.attempts() <= 2, now + " went " + went);
            if (outcome.status() == Status.SENT) {
                assertTrue(went >= 1, "sent without a message: " + now);
            } else if (outcome.status() != Status.UNKNOWN) {
                assertEquals(0, went, now + " in spite of a message");
            }
            ends.merge(scene.end(touch), 1, Integer::sum);
        }
    }
}
