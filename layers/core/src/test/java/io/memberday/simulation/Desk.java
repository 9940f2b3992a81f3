package io.memberday.simulation;

import io.memberday.care.Case;
import io.memberday.care.CaseDesk;
import io.memberday.care.CaseStore;
import io.memberday.json.BadInput;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Two people who look at what waits, and take cases and close them; nobody knows of the other. */
final class Desk {
    private static final List<String> PEOPLE = List.of("agent-1", "agent-2");
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int A_PAGE = 5;

    private final Stage stage;
    private final Random random;
    private final Functions functions;
    private final Care care;

    Desk(Stage stage, Random random, Functions functions, Care care) {
        this.stage = stage;
        this.random = random;
        this.functions = functions;
        this.care = care;
    }

    /** Both are at their desks until the day is over. */
    void open() {
        Instant closes = Story.BEGINS.plus(Story.LASTS);
        for (String who : PEOPLE) {
            Instant at = Story.BEGINS;
            while (at.isBefore(closes)) {
                stage.at(at, () -> looks(who));
                at = at.plusSeconds(30 + random.nextInt(900));
            }
        }
    }

    private void looks(String who) {
        stage.start("member-api", LIFE, () -> functions.desk(desk -> works(desk, who)), _ -> {});
    }

    private void works(CaseDesk desk, String who) {
        CaseStore.Page page = desk.open(Optional.empty(), Optional.empty(), A_PAGE);
        if (page.cases().isEmpty()) {
            return;
        }
        Case work = page.cases().get(random.nextInt(page.cases().size()));
        care.read(work, stage.now());
        try {
            Optional<Case> mine =
                    random.nextBoolean()
                            ? desk.assign(work.id(), work.version(), who)
                            : desk.close(work.id(), work.version(), who, "done");
            mine.ifPresent(care::told);
        } catch (BadInput closed) {
            stage.step(who + " reads: " + closed.getMessage());
        }
    }
}
