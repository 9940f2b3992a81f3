package io.memberday.compiler;

import io.memberday.playbook.OrderAudience;
import io.memberday.segment.PaidDays;
import io.memberday.segment.Segment;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what campaigns over orders say: {@code over}, {@code paid} and {@code where}. */
final class OrderAudienceReader {
    private static final String ORDERS = "orders";
    private static final PaidDays STAND_IN = new PaidDays("today", "today");

    private final SegmentReader segments;

    OrderAudienceReader(SegmentReader segments) {
        this.segments = segments;
    }

    /**
     * Reads a campaign or wave; nothing if it is over members.
     *
     * @param last of the dates on which it is held, if they are known
     */
    Optional<OrderAudience> read(Section section, Optional<LocalDate> last) {
        boolean over = section.word("over", Map.of("members", false, ORDERS, true), false);
        if (!over) {
            for (String name : List.of("paid", "where")) {
                if (section.node(name).isPresent()) {
                    section.error(name, "is for campaigns over orders: add over: orders");
                }
            }
            return Optional.empty();
        }
        PaidDays paid = paid(section);
        Segment where = segments.where(section, "where", last);
        return Optional.of(new OrderAudience(paid, where));
    }

    private static PaidDays paid(Section section) {
        String missing =
                "say on which days the orders were paid, such as { from: \"today-15d\", to:"
                        + " \"today\" }";
        if (!section.has("paid")) {
            section.error("paid", "is missing: " + missing);
            return STAND_IN;
        }
        Section days = section.section("paid", missing);
        String from = days.text("from", "write a day like \"2026-11-11\" or \"today-15d\"");
        String to = days.text("to", "write a day like \"2026-11-11\" or \"today\"");
        days.close();
        Optional<PaidDays> paid = PaidDays.of(from, to);
        if (paid.isEmpty() && !from.isEmpty() && !to.isEmpty()) {
            section.error(
                    "paid",
                    "write two dates, or two days that count back like \"today-15d\" and \"today\": the earlier first, %d days at most"
                            .formatted(PaidDays.MOST));
        }
        return paid.orElse(STAND_IN);
    }
}
