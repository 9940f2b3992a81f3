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
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.NoTouch;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.TouchPlanner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final TouchPlanner planner;
    private final ServiceTouchStore touches;
    private final MemberLookup members;
    private final OrderIndex orders;
    private final LastWord lastWord;

    /**
     * @param planner of the playbook's touchpoints
     * @param touches with the parcels that they may be about
     * @param orders of members
     * @param feedback what providers reported
     */
    public TouchExplanation(
            TouchPlanner planner,
            ServiceTouchStore touches,
            MemberLookup members,
            OrderIndex orders,
            FeedbackStore feedback) {
        this.planner = planner;
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
        asked.forEach(order -> about.addAll(about(touchpoint, order, member)));
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
        return planner.touchpoints().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                request.bad(
                                        TOUCHPOINT,
                                        "is no touchpoint: "
                                                + Nearest.mend(
                                                        id,
                                                        planner.touchpoints().stream()
                                                                .map(Touchpoint::id)
                                                                .toList())));
    }

    private List<Map<String, Object>> about(Touchpoint touchpoint, Order order, Member member) {
        if (!touchpoint.on().isOfParcel()) {
            return List.of(told(touchpoint, order, Optional.empty(), member));
        }
        List<ParcelKey> parcels = parcels(order);
        if (parcels.isEmpty()) {
            Map<String, Object> about = about(order, Optional.empty());
            tell(about, NONE, "no-parcel", "The shop has told of no parcel of the order.");
            return List.of(about);
        }
        return parcels.stream()
                .map(parcel -> told(touchpoint, order, Optional.of(parcel), member))
                .toList();
    }

    private static List<ParcelKey> parcels(Order order) {
        return order.facts().map(OrderFacts::parcels).orElse(List.of());
    }

    private Map<String, Object> told(
            Touchpoint touchpoint, Order order, Optional<ParcelKey> parcel, Member member) {
        Map<String, Object> about = about(order, parcel);
        Optional<ServiceTouch> touch =
                touches.find(
                        touchpoint.id(),
                        parcel.map(ParcelKey::toString).orElse(order.key().toString()));
        if (touch.isEmpty()) {
            NoTouch none =
                    NoTouch.of(
                            planner,
                            touchpoint,
                            order,
                            parcel,
                            known(touchpoint.on(), order, parcel),
                            member);
            tell(about, NONE, none.reason(), none.text());
        } else if (touch.get().outcome().isPresent()) {
            ended(about, touchpoint, touch.get(), touch.get().outcome().get());
        } else {
            tell(about, "open", touch.get().state().name(), open(touchpoint, touch.get()));
        }
        return about;
    }

    /** What is known of the parcels that say whether an event was. */
    private Map<ParcelKey, Parcel> known(Trigger on, Order order, Optional<ParcelKey> parcel) {
        List<ParcelKey> asked =
                on == Trigger.ORDER_SIGNED ? parcels(order) : parcel.stream().toList();
        return asked.stream()
                .collect(Collectors.toMap(key -> key, key -> touches.parcel(key).parcel()));
    }

    private static String open(Touchpoint touchpoint, ServiceTouch touch) {
        if (touch.state() == State.CLAIMED) {
            return "It is being sent, or was and nobody knows how that ended: it is looked at again at %s."
                    .formatted(touch.dueAt());
        }
        return touchpoint.on() == Trigger.PARCEL_SILENT
                ? "Not ended yet: if nobody scans the parcel by %s, a person is asked to look at it."
                        .formatted(touch.dueAt())
                : "Not ended yet: it is due at %s and goes no later than %s."
                        .formatted(touch.dueAt(), touch.validUntil());
    }

    private static Map<String, Object> about(Order order, Optional<ParcelKey> parcel) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put(ORDER, order.key().toString());
        parcel.ifPresent(key -> about.put("parcel", key.toString()));
        return about;
    }

    private void ended(
            Map<String, Object> about, Touchpoint touchpoint, ServiceTouch touch, Outcome ended) {
        about.put("at", ended.at().toString());
        if (touchpoint.channel().isPresent()) {
            about.put("channel", ended.channel().key());
        }
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
                (touchpoint.channel().isPresent() ? Reasons.told(ended) : Reasons.toldOfCall(ended))
                        + word.map(said -> " " + said.told()).orElse(""));
    }

    private static void tell(Map<String, Object> about, String status, String reason, String text) {
        about.put("status", status);
        about.put("reason", reason);
        about.put("text", text);
    }
}
