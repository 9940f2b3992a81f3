package io.memberday.send;

import static io.memberday.send.SilentScene.FELL_SILENT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.ServiceTouchStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many parcels of which nobody hears any more, at once (R22). */
class MassDelayTest {
    private static final int WORLDS = 150;

    @Test
    void shouldReportFiveThousandSilentParcelsOfACarrierAsOne() {
        SilentScene scene = new SilentScene(50);
        List<ServiceTouch> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(scene.silent("9" + i, "sf", ""));
        }
        ServiceTouch other = scene.silent("1", "yto", "");
        many.forEach(scene::deliver);
        scene.deliver(other);

        Map<String, Long> kinds =
                scene.store.activity().stream()
                        .map(CareCase.class::cast)
                        .collect(Collectors.groupingBy(CareCase::kind, Collectors.counting()));
        assertEquals(Map.of("silent", 51L, "mass-delay", 1L), kinds);
        assertTrue(scene.cases().contains("cases case#mass-delay-carrier:sf"));
        assertTrue(scene.cases().contains("m1 case#silent-yto:1"), "another carrier's is its own");
        assertEquals(
                Map.of("call", 52L, "mass-delay", 4_949L),
                scene.touches.all().stream()
                        .map(touch -> touch.outcome().orElseThrow().reason())
                        .collect(
                                Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    @Test
    void shouldReportAPlaceWhereTheParcelsOfAllCarriersLieAsOne() {
        SilentScene scene = new SilentScene(3);
        for (int i = 0; i < 10; i++) {
            scene.deliver(scene.silent("9" + i, "carrier" + i, "郑州市"));
        }
        scene.deliver(scene.silent("1", "carrier1", "杭州市"));
        assertEquals(
                List.of(
                        "cases case#mass-delay-city:郑州市",
                        "m1 case#silent-carrier1:1",
                        "m90 case#silent-carrier0:90",
                        "m91 case#silent-carrier1:91",
                        "m92 case#silent-carrier2:92"),
                scene.cases());
    }

    @Test
    void shouldTellADelayOnceWhileItGoesOnAndAnewWhenItBeginsAgain() {
        // Given more than three on three days, then two days with few, then many again
        SilentScene scene = new SilentScene(3);
        int[] perDay = {5, 9, 4, 2, 2, 6};
        for (int day = 0; day < perDay.length; day++) {
            for (int i = 0; i < perDay[day]; i++) {
                scene.deliver(scene.silent(day + "9" + i, "sf", "", day));
            }
        }

        // Then three each of the days on which it was not known yet, and it is told twice
        assertEquals(
                List.of(
                        "m090 2026-11-13",
                        "m091 2026-11-13",
                        "m092 2026-11-13",
                        "cases 2026-11-13",
                        // The day after the last of many still belongs to them.
                        "m490 2026-11-17",
                        "m491 2026-11-17",
                        "m590 2026-11-18",
                        "m591 2026-11-18",
                        "m592 2026-11-18",
                        "cases 2026-11-18"),
                scene.told());
        assertEquals(
                Set.of("case#mass-delay-carrier:sf"),
                scene.store.activity().stream()
                        .filter(row -> row.memberId().equals(CareCase.NOBODY))
                        .map(Activity::item)
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldTellOneDelayOnceWhereAllLieWithOneCarrierInOneCity() {
        SilentScene scene = new SilentScene(3);
        for (int i = 0; i < 10; i++) {
            scene.deliver(scene.silent("9" + i, "sf", "郑州市"));
        }
        // Another carrier's in the same city belong to it, but not this one's elsewhere
        scene.deliver(scene.silent("1", "yto", "郑州市"));
        scene.deliver(scene.silent("2", "yto", "杭州市"));

        List<CareCase> delays =
                scene.store.activity().stream()
                        .map(CareCase.class::cast)
                        .filter(row -> row.kind().equals("mass-delay"))
                        .toList();
        assertEquals(List.of("carrier:sf"), delays.stream().map(CareCase::subject).toList());
        assertTrue(
                delays.getFirst()
                        .reason()
                        .startsWith(
                                "more than 3 parcels of carrier sf and of those last seen in 郑州市"
                                        + " fell silent on 2026-11-13"));
        assertEquals(List.of("m2 2026-11-13"), scene.told().subList(4, 5));
        assertEquals(5, scene.told().size());
    }

    @Test
    void shouldTellEachDelayOnceWhateverTheDaysAreLikeAndWhoeverIsKilled() {
        for (long seed = 1; seed <= WORLDS / 3; seed++) {
            playDays(seed);
        }
    }

    private static void playDays(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(3);
        SilentScene scene = new SilentScene(most);
        Simulation simulation = new Simulation(random, scene.clock);
        simulation.faults(random.nextDouble() * 0.05, random.nextDouble() * 0.2);
        List<String> expected = new ArrayList<>();
        boolean delayed = false;
        for (int day = 0; day < 2 + random.nextInt(6); day++) {
            int many = random.nextInt(2 * most + 2);
            List<ServiceTouch> silent = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                silent.add(scene.silent(day + "9" + i, "sf", "", day));
            }
            LocalDate date = FELL_SILENT.plusDays(day);
            if (!delayed) {
                Stream.generate(() -> "m " + date)
                        .limit(Math.min(most, many))
                        .forEach(expected::add);
                if (many > most) {
                    expected.add("cases " + date);
                }
            }
            delayed = many > most;
            TouchSender sender =
                    scene.sender(
                            simulation.port(ServiceTouchStore.class, scene.store),
                            simulation.port(ClaimStore.class, scene.members));
            for (ServiceTouch touch : silent) {
                simulation.start(
                        Duration.ofMinutes(2),
                        left -> sender.send(touch.touchpoint(), touch.subject(), left));
            }
            simulation.run(() -> {});
            silent.forEach(scene::deliver);
        }
        String world = "seed " + seed;
        assertEquals(
                expected,
                scene.told().stream().map(told -> told.replaceAll("^m\\d+", "m")).toList(),
                world);
        assertTrue(scene.touches.all().stream().allMatch(one -> one.state() == State.ENDED), world);
    }

    @Test
    void shouldCountEachOnceWhoeverIsKilledOrRepeatsItself() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(4);
        int many = 1 + random.nextInt(9);
        SilentScene scene = new SilentScene(most);
        List<ServiceTouch> silent = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            silent.add(scene.silent("9" + i, "sf", ""));
        }
        Simulation simulation = new Simulation(random, scene.clock);
        simulation.faults(random.nextDouble() * 0.1, random.nextDouble() * 0.2);
        TouchSender sender =
                scene.sender(
                        simulation.port(ServiceTouchStore.class, scene.store),
                        simulation.port(ClaimStore.class, scene.members));
        for (int round = 0; round < 4; round++) {
            for (ServiceTouch touch : silent) {
                simulation.start(
                        Duration.ofMinutes(2),
                        left -> sender.send(touch.touchpoint(), touch.subject(), left));
            }
            simulation.run(() -> {});
        }
        silent.forEach(scene::deliver);

        Map<String, Long> kinds = new TreeMap<>();
        scene.store.activity().forEach(row -> kinds.merge(((CareCase) row).kind(), 1L, Long::sum));
        String world = "seed " + seed + " " + kinds;
        assertEquals(Math.min(most, many), kinds.getOrDefault("silent", 0L), world);
        assertEquals(many > most ? 1 : 0, kinds.getOrDefault("mass-delay", 0L), world);
        assertEquals(
                Math.min(most + 1, many),
                scene.store.count("carrier:sf@2026-11-13").value(),
                world);
        assertTrue(scene.touches.all().stream().allMatch(one -> one.state() == State.ENDED), world);
    }
}
