package io.memberday.plan;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What wakes member-day: a schedule's payload or an operator's.
 *
 * @param campaign id
 * @param date for which it is to be planned, in the store's zone; empty for today
 * @param time of that day, if it was given
 * @param dryRun whether to answer what would happen, and do nothing
 * @param definition of a campaign that is not in the playbook
 * @param testTo ids or identities of the members who alone get it, as a test; empty if it is none
 */
public record PlanRequest(
        String campaign,
        Optional<LocalDate> date,
        Optional<LocalTime> time,
        boolean dryRun,
        Optional<Fields> definition,
        List<String> testTo) {
    /** So many members get a test at most. */
    private static final int MOST_TESTED = 20;

    private static final Set<String> KNOWN =
            Set.of("campaign", "at", "dryRun", "definition", "testTo");

    /** For a campaign of the playbook, to all its members. */
    public PlanRequest(String campaign, Optional<LocalDate> date, boolean dryRun) {
        this(campaign, date, Optional.empty(), dryRun, Optional.empty(), List.of());
    }

    /**
     * Reads {@code {"campaign": …, "at": …, "dryRun": …}}.
     *
     * @param zone the store's, for an {@code at} without an offset
     * @throws BadInput if a field is unknown or not as it must be
     */
    public static PlanRequest read(Fields input, ZoneId zone) {
        Fields request = unwrapped(input);
        for (String name : request.names()) {
            if (!KNOWN.contains(name)) {
                throw request.bad(
                        name,
                        "is not known; send campaign or definition, and if you like at, dryRun or"
                                + " testTo");
            }
        }
        Optional<Fields> definition = request.optionalObject("definition");
        if (definition.isPresent() && request.has("campaign")) {
            throw request.bad("campaign", "send it or a definition, not both");
        }
        Optional<LocalDateTime> at =
                request.optionalText("at").map(text -> moment(request, text, zone));
        boolean dryRun = request.optionalTruth("dryRun").orElse(false);
        return new PlanRequest(
                definition.orElse(request).text(definition.isPresent() ? "id" : "campaign"),
                at.map(LocalDateTime::toLocalDate),
                at.filter(moment -> request.text("at").indexOf('T') >= 0)
                        .map(LocalDateTime::toLocalTime),
                dryRun,
                definition,
                testTo(request, dryRun));
    }

    private static List<String> testTo(Fields request, boolean dryRun) {
        if (!request.has("testTo")) {
            return List.of();
        }
        List<String> to = request.texts("testTo").stream().distinct().toList();
        if (to.isEmpty() || to.size() > MOST_TESTED) {
            // Identities are personal, and a refusal ends in a log: only their number is shown.
            throw new BadInput(
                    request.pathOf("testTo"),
                    to.size(),
                    "name 1 to %d members".formatted(MOST_TESTED));
        }
        if (dryRun) {
            throw request.bad("dryRun", "sends nothing, and a test does: send one of them");
        }
        return to;
    }

    /** A request itself, whether it came plain or as the detail of an event. */
    public static Fields unwrapped(Fields input) {
        return input.has("detail-type") ? input.object("detail") : input;
    }

    private static LocalDateTime moment(Fields request, String at, ZoneId zone) {
        try {
            if (at.indexOf('T') < 0) {
                return LocalDate.parse(at).atStartOfDay();
            }
            return hasOffset(at)
                    ? OffsetDateTime.parse(at).atZoneSameInstant(zone).toLocalDateTime()
                    : LocalDateTime.parse(at);
        } catch (DateTimeException e) {
            throw request.bad(
                    "at",
                    "must be a date or a time, such as 2026-05-08, 2026-05-08T10:00 (the store's"
                            + " time) or 2026-05-08T10:00:00+08:00");
        }
    }

    private static boolean hasOffset(String at) {
        String time = at.substring(at.indexOf('T'));
        return time.endsWith("Z") || time.contains("+") || time.contains("-");
    }
}
