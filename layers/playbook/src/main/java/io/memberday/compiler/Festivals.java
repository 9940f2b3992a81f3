package io.memberday.compiler;

import io.memberday.playbook.Campaign;
import io.memberday.playbook.Schedule;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The festivals of {@code store.yaml}: when each is, year by year. Those of the lunar calendar
 * follow from no rule that java.time knows.
 */
final class Festivals {
    private final Section section;
    private final Map<String, List<LocalDate>> dates = new LinkedHashMap<>();

    private Festivals(Section section) {
        this.section = section;
    }

    /** Reads a table of names, each with its dates. */
    static Festivals read(Section section) {
        Festivals festivals = new Festivals(section);
        for (String name : section.names()) {
            if (!CampaignReader.ID.matcher(name).matches()) {
                section.error(name, "write it in lower case letters, digits and dashes");
            }
            festivals.dates.put(name, dates(section, name));
        }
        return festivals;
    }

    /** Those that campaigns are held on, where the file is not at hand. */
    static Festivals known(List<Campaign> campaigns) {
        Festivals festivals = new Festivals(Section.empty(new Mistakes(), "store.yaml"));
        campaigns.stream()
                .flatMap(campaign -> campaign.schedules().stream())
                .flatMap(schedule -> festival(schedule).stream())
                .forEach(festival -> festivals.dates.put(festival.name(), festival.dates()));
        return festivals;
    }

    private static List<LocalDate> dates(Section section, String name) {
        List<LocalDate> dates = new ArrayList<>();
        for (String text : section.list(name)) {
            try {
                LocalDate date = LocalDate.parse(text.strip());
                if (!dates.isEmpty() && !date.isAfter(dates.getLast())) {
                    section.error(name, "write the years one after the other, each once: " + date);
                }
                dates.add(date);
            } catch (DateTimeException e) {
                section.error(name, "write dates like [\"2026-02-17\"], not " + text);
            }
        }
        if (dates.isEmpty()) {
            section.error(name, "give its dates, one for each year: [\"2026-02-17\"]");
        }
        return dates;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(dates.keySet());
    }

    Optional<List<LocalDate>> dates(String name) {
        return Optional.ofNullable(dates.get(name));
    }

    /** Warns where a festival that is used has no date in the next year. */
    void check(List<Schedule> schedules, Year next) {
        schedules.stream()
                .flatMap(schedule -> festival(schedule).stream())
                .map(Schedule.Festival::name)
                .distinct()
                .filter(dates::containsKey)
                .filter(
                        name ->
                                dates.get(name).stream()
                                        .noneMatch(d -> d.getYear() == next.getValue()))
                .forEach(
                        name ->
                                section.warning(
                                        name,
                                        "has no date in %s: without it nothing is sent for it"
                                                .formatted(next)));
    }

    private static Optional<Schedule.Festival> festival(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Festival festival -> Optional.of(festival);
            case Schedule.Before before -> festival(before.of());
            default -> Optional.empty();
        };
    }
}
