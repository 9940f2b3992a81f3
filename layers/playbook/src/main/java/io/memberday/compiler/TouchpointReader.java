package io.memberday.compiler;

import io.memberday.member.Kind;
import io.memberday.money.Money;
import io.memberday.playbook.Store;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code touchpoints.yaml}. */
final class TouchpointReader {
    private static final Map<String, Trigger> TRIGGERS =
            Arrays.stream(Trigger.values())
                    .collect(Collectors.toMap(Trigger::key, Function.identity()));

    private final Store store;

    TouchpointReader(Store store) {
        this.store = store;
    }

    /** What was read, with the place for checks that follow. */
    record Read(Section section, Touchpoint touchpoint) {}

    List<Read> read(List<Section> sections) {
        List<Read> touchpoints = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section unnamed : sections) {
            String id = CampaignReader.id(unnamed, ids);
            Section section = unnamed.named(id);
            section.node("id");
            touchpoints.add(new Read(section, touchpoint(id, section)));
            section.close();
        }
        return touchpoints;
    }

    private Touchpoint touchpoint(String id, Section section) {
        if (!section.has("on")) {
            section.error(
                    "on", "is missing: choose one of " + String.join(", ", TRIGGERS.keySet()));
        }
        Trigger on = section.word("on", TRIGGERS, Trigger.ORDER_UNPAID);
        if (on != Trigger.ORDER_UNPAID && section.has("least")) {
            section.error("least", "bounds the amount of an unpaid order only: take it away");
        }
        Duration validFor = section.duration("validFor", Optional.empty());
        if (validFor.isZero()) {
            section.error("validFor", "would never be sent: write for how long it still helps");
        }
        return new Touchpoint(
                id,
                section.word("kind", CampaignReader.KINDS, Kind.SERVICE),
                on,
                section.duration("after", Optional.of(Duration.ZERO)),
                validFor,
                section.money("least", store.currency()).map(Money::minor).orElse(0L),
                CampaignReader.send(section));
    }
}
