package io.memberday.plan;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * What wakes member-day: a schedule's payload or an operator's.
 *
 * @param campaign id
 * @param date for which it is to be planned, in the store's zone; empty for today
 * @param dryRun whether to answer what would happen, and do nothing
 */
public record PlanRequest(String campaign, Optional<LocalDate> date, boolean dryRun) {
    private static final Set<String> KNOWN = Set.of("campaign", "at", "dryRun", "definition");

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
                        name, "is not known; send campaign, and if you like at and dryRun");
            }
        }
        if (request.has("definition")) {
            throw new BadInput(
                    request.pathOf("definition"),
                    "…",
                    "is not offered yet; write the campaign into the playbook and send its id");
        }
        return new PlanRequest(
                request.text("campaign"),
                request.optionalText("at").map(at -> date(request, at, zone)),
                request.optionalTruth("dryRun").orElse(false));
    }

    /** A request itself, whether it came plain or as the detail of an event. */
    public static Fields unwrapped(Fields input) {
        return input.has("detail-type") ? input.object("detail") : input;
    }

    private static LocalDate date(Fields request, String at, ZoneId zone) {
        try {
            if (at.indexOf('T') < 0) {
                return LocalDate.parse(at);
            }
            return hasOffset(at)
                    ? OffsetDateTime.parse(at).atZoneSameInstant(zone).toLocalDate()
                    : LocalDateTime.parse(at).toLocalDate();
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
