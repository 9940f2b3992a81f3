package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.member.Member;

import java.util.Map;
import java.util.Optional;

/**
 * What explain says of one member and one run or touchpoint (R69).
 *
 * @param text in words for people
 * @param counts of a run's members left out at planning, by reason; of a touchpoint none
 */
record Explained(String status, String reason, String text, Map<String, Object> counts) {
    /** That it was sent. */
    static final String SENT = "sent";

    /** What became of a member in a run. */
    static Explained ofRun(Outside outside, String run, Member member) {
        Fields answer = ask(outside, Map.of("run", run, "member", member.id()));
        return new Explained(
                answer.text("status"),
                answer.optionalText("reason").orElse(""),
                String.join(" ", answer.texts("text")),
                answer.optionalObject("excluded").map(Fields::asMap).orElse(Map.of()));
    }

    /**
     * What a touchpoint said to a member of an order or its first parcel, or why nothing.
     *
     * @param order the newest if none is given
     */
    static Explained ofTouchpoint(
            Outside outside, String touchpoint, Member member, Optional<String> order) {
        Map<String, Object> asked = Requests.map("touchpoint", touchpoint, "member", member.id());
        order.ifPresent(key -> asked.put("order", key));
        Fields about = ask(outside, asked).objects("touches").getFirst();
        return new Explained(
                about.text("status"),
                about.optionalText("reason").orElse(""),
                about.text("text"),
                Map.of());
    }

    private static Fields ask(Outside outside, Map<String, Object> asked) {
        return outside.call("CampaignReportFunction", Map.of("explain", asked));
    }

    /** Status and reason. */
    String brief() {
        return reason.isEmpty() ? status : status + ", " + reason;
    }
}
