package io.memberday.result;

import io.memberday.campaign.OrderIndex;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.json.Fields;
import io.memberday.json.Nearest;
import io.memberday.member.Member;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What one member was sent by a touchpoint about its orders and their parcels, or why not (R69),
 * from what was recorded: touches with their outcomes, and orders. A touch goes with what makes it
 * pointless; then the order tells what that was.
 */
public final class TouchExplanation {
    /** The field of a request by which it is one for this. */
    public static final String TOUCHPOINT = "touchpoint";

    private static final String MEMBER = "member";
    private static final String ORDER = "order";
    private static final String NONE = "none";
    private static final Comparator<Order> NEWEST_FIRST =
            Comparator.comparing((Order order) -> order.at(Milestone.CREATED).orElse(Instant.MIN))
                    .reversed()
                    .thenComparing(order -> order.key().toString());

    private final List<Touchpoint> touchpoints;
    private final BiFunction<String, String, Optional<ServiceTouch>> touches;
    private final MemberLookup members;
    private final OrderIndex orders;
    private final LastWord lastWord;

    /**
     * @param touchpoints of the playbook
     * @param touches by touchpoint and subject
     * @param orders of members
     * @param feedback what providers reported
     */
    public TouchExplanation(
            List<Touchpoint> touchpoints,
            BiFunction<String, String, Optional<ServiceTouch>> touches,
            MemberLookup members,
            OrderIndex orders,
            FeedbackStore feedback) {
        this.touchpoints = List.copyOf(touchpoints);
        this.touches = touches;
        this.members = members;
        this.orders = orders;
        this.lastWord = new LastWord(feedback);
    }

    /**
     * Answers {@code {"touchpoint": id, "member": id}}, with {@code "order": key} for one order
     * only: of each order, the newest first, and of each of its parcels {@code status} and {@code
     * reason} for programs, {@code text} for people.
     *
     * @throws io.memberday.json.BadInput if there is no such touchpoint, member or order
     */
    public Map<String, Object> answer(Fields request) {
        Touchpoint touchpoint = touchpoint(request);
        Member member = members.survivor(request, MEMBER);
        Set<String> names = new LinkedHashSet<>(member.was());
        names.add(member.id());
        List<Order> all =
                names.stream()
                        .flatMap(name -> orders.of(name).stream())
                        .sorted(NEWEST_FIRST)
                        .toList();
        Optional<String> only = request.optionalText(ORDER);
        List<Order> asked =
                all.stream()
                        .filter(order -> only.map(order.key().toString()::equals).orElse(true))
                        .toList();
        if (only.isPresent() && asked.isEmpty()) {
            throw request.bad(
                    ORDER,
                    "is no order of the member: "
                            + Nearest.mend(
                                    only.get(),
                                    all.stream().map(order -> order.key().toString()).toList()));
        }
        List<Map<String, Object>> about = new ArrayList<>();
        asked.forEach(order -> about.addAll(about(touchpoint, order)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(TOUCHPOINT, touchpoint.id());
        answer.put(MEMBER, member.id());
        answer.put("touches", about);
        if (about.isEmpty()) {
            answer.put("text", List.of("The member has no order that it could be about."));
        }
        return answer;
    }

    private Touchpoint touchpoint(Fields request) {
        String id = request.text(TOUCHPOINT);
        return touchpoints.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                request.bad(
                                        TOUCHPOINT,
                                        "is no touchpoint: "
                                                + Nearest.mend(
                                                        id,
                                                        touchpoints.stream()
                                                                .map(Touchpoint::id)
                                                                .toList())));
    }

    private List<Map<String, Object>> about(Touchpoint touchpoint, Order order) {
        if (!touchpoint.on().isOfParcel()) {
            return List.of(told(touchpoint, order, Optional.empty()));
        }
        List<ParcelKey> parcels = order.facts().map(OrderFacts::parcels).orElse(List.of());
        if (parcels.isEmpty()) {
            Map<String, Object> about = about(order, Optional.empty());
            tell(about, NONE, "no-parcel", "The shop has named no parcel of the order.");
            return List.of(about);
        }
        return parcels.stream()
                .map(parcel -> told(touchpoint, order, Optional.of(parcel.toString())))
                .toList();
    }

    private Map<String, Object> told(Touchpoint touchpoint, Order order, Optional<String> parcel) {
        Map<String, Object> about = about(order, parcel);
        Optional<ServiceTouch> touch =
                touches.apply(touchpoint.id(), parcel.orElse(order.key().toString()));
        if (touch.isEmpty()) {
            missing(about, touchpoint, order);
        } else if (touch.get().outcome().isPresent()) {
            ended(about, touch.get(), touch.get().outcome().get());
        } else {
            tell(
                    about,
                    "open",
                    touch.get().state().name(),
                    "Not ended yet: it is due at %s and goes no later than %s."
                            .formatted(touch.get().dueAt(), touch.get().validUntil()));
        }
        return about;
    }

    private static Map<String, Object> about(Order order, Optional<String> parcel) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put(ORDER, order.key().toString());
        parcel.ifPresent(key -> about.put("parcel", key));
        return about;
    }

    private void ended(Map<String, Object> about, ServiceTouch touch, Outcome ended) {
        about.put("at", ended.at().toString());
        about.put("channel", ended.channel().key());
        if (!ended.template().isEmpty()) {
            about.put("template", ended.template());
        }
        Optional<LastWord.Word> word =
                lastWord.of(ended, new Origin.OfTouch(touch.touchpoint(), touch.subject()));
        word.ifPresent(said -> said.put(about));
        tell(
                about,
                ended.status().key(),
                ended.reason(),
                Reasons.told(ended) + word.map(said -> " " + said.told()).orElse(""));
    }

    private static void missing(Map<String, Object> about, Touchpoint touchpoint, Order order) {
        if (order.totalMinor() < touchpoint.leastMinor()) {
            tell(about, NONE, "amount", "The order's amount is below the least of the touchpoint.");
        } else if (touchpoint.on().isOfParcel()) {
            tell(
                    about,
                    NONE,
                    "no-event",
                    "Nobody has told of the parcel's %s, or only when it was too late to say so."
                            .formatted(touchpoint.on().key()));
        } else if (touchpoint.on() != Trigger.ORDER_UNPAID) {
            tell(
                    about,
                    NONE,
                    "no-event",
                    "There was no %s of the order, or none stands, or its time is not within reach."
                            .formatted(touchpoint.on().key()));
        } else if (order.at(Milestone.PAID).isPresent()) {
            tell(
                    about,
                    NONE,
                    "paid",
                    "The order was paid at %s: that takes the touch away."
                            .formatted(order.at(Milestone.PAID).get()));
        } else if (order.at(Milestone.PLEDGED).isPresent()) {
            tell(
                    about,
                    NONE,
                    "pledged",
                    "The buyer had done what was asked at %s: that takes the touch away."
                            .formatted(order.at(Milestone.PLEDGED).get()));
        } else if (order.at(Milestone.CLOSED).isPresent()) {
            tell(
                    about,
                    NONE,
                    "closed",
                    "The order was closed at %s: that takes the touch away."
                            .formatted(order.at(Milestone.CLOSED).get()));
        } else {
            tell(
                    about,
                    NONE,
                    "late",
                    "The shop told of the order only when it was too late to say so.");
        }
    }

    private static void tell(Map<String, Object> about, String status, String reason, String text) {
        about.put("status", status);
        about.put("reason", reason);
        about.put("text", text);
    }
}
