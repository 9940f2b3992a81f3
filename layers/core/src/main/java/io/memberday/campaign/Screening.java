package io.memberday.campaign;

import io.memberday.member.Birthday;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.message.Worded;
import io.memberday.order.Order;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.FreeShipping;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Offer;
import io.memberday.segment.Vantage;
import io.memberday.touch.Eligibility;
import io.memberday.touch.QuietHours;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whom a run addresses, decided for one member after the other: the same in the preview and in the
 * slices. Segments and tiers are seen from the run's time, whenever a slice is scanned. Not for
 * sharing between threads.
 */
public final class Screening {
    /** The reason of members outside the segment, or with another birthday. */
    public static final String SEGMENT = "segment";

    /** The reason of members whom the offer's free shipping would only annoy (R34). */
    public static final String FREE_SHIPPING = "free-shipping";

    /**
     * The reason of members whom the run would write to in the quiet hours, and who are dropped.
     */
    public static final String QUIET_HOURS = "quiet-hours";

    /** The reason of buyers to whom the difference that the campaign gives back is nothing. */
    public static final String WORTH = "worth";

    /** The reason of members whom another campaign of the same scan has won (R52). */
    public static final String HIGHER_VALUE = "higher-value";

    private final Frozen frozen;
    private final Vantage vantage;
    private final Eligibility eligibility;
    private final List<Channel> channels;
    private final Optional<LocalDate> birthday;
    private final Optional<FreeShipping> freeShipping;
    private final Instant at;
    private final Controls controls;
    private final Split split;
    private final Marks marks;
    private final RunMessage message;
    private final Slots slots;
    private final Function<Member, List<Order>> orders;

    /**
     * @param frozen with the run
     * @param date of the run
     * @param at of the run
     */
    public Screening(Frozen frozen, LocalDate date, Instant at) {
        this(frozen, date, at, _ -> List.of());
    }

    /**
     * @param frozen with the run
     * @param date of the run
     * @param at of the run
     * @param orders of a member, of the paid days, if the campaign is over orders
     */
    public Screening(
            Frozen frozen, LocalDate date, Instant at, Function<Member, List<Order>> orders) {
        this.frozen = frozen;
        this.orders = orders;
        vantage = frozen.vantage(at);
        Campaign campaign = frozen.campaign();
        slots = new Slots(campaign, date, at, QuietHours.of(frozen.store()), vantage);
        eligibility =
                new Eligibility(
                        campaign.kind(),
                        frozen.store().caps(),
                        frozen.store().zone(),
                        member -> slots.of(member).dueAt());
        channels = campaign.send().stream().map(Campaign.Send::channel).distinct().toList();
        birthday = campaign.birthday(date);
        freeShipping = campaign.offer(date).flatMap(Offer::freeShipping);
        this.at = at;
        controls = Controls.of(frozen);
        split = new Split(campaign.id(), campaign.variants());
        marks = Marks.of(frozen, at);
        message = new RunMessage(frozen, date, at);
    }

    /**
     * Whom the table need hand over. Whoever does not pass would be excluded for {@link #SEGMENT},
     * so that a page counts them without having seen them.
     */
    public MemberFilter filter() {
        MemberFilter segment = frozen.campaign().segment().filter(vantage);
        return birthday.map(date -> MemberFilter.all(List.of(celebrating(date), segment)))
                .orElse(segment);
    }

    /** Merged members pass: they are excluded for a reason of their own. */
    private static MemberFilter celebrating(LocalDate date) {
        return MemberFilter.any(
                List.of(
                        new MemberFilter.Known(MemberFilter.Stored.MERGED_INTO, true),
                        Birthday.filter(date)));
    }

    /**
     * Where a member of the audience belongs.
     *
     * @param channel on which it is sent to; for one held out, on which it would have been
     * @param slot when, likewise
     * @param variant likewise
     * @param mark where it stands, by {@link Marks}
     * @param bought what its message is about, as {@link Bought} writes it; empty unless the
     *     campaign is over orders
     */
    public record Place(Channel channel, Slot slot, String variant, String mark, String bought) {}

    /** What becomes of one member. */
    public sealed interface Verdict {
        /** Not in the audience, for a reason of {@link Page#excluded}. */
        record Excluded(String reason) implements Verdict {}

        /** In the audience. */
        record Addressed(Place place, Worded message) implements Verdict {}

        /** In the audience's control group. */
        record HeldOut(Place place) implements Verdict {}
    }

    /** Why a member is not in the audience, for a reason of {@link Page#excluded}. */
    public Optional<String> exclusion(Member member) {
        return exclusion(member, bought(member));
    }

    /** What of the member's orders the campaign is over; nothing if there is none. */
    private Optional<Bought> bought(Member member) {
        return frozen.campaign()
                .over()
                .map(
                        over ->
                                orders.apply(member).stream()
                                        .filter(
                                                order ->
                                                        over.where()
                                                                .matches(member, order, vantage))
                                        .toList())
                .filter(matching -> !matching.isEmpty())
                .map(matching -> Bought.of(matching, frozen.campaign().issues()));
    }

    private Optional<String> exclusion(Member member, Optional<Bought> bought) {
        if (member.mergedInto().isPresent()) {
            return Optional.of(Eligibility.Refusal.MERGED.key());
        }
        if (frozen.campaign().over().isPresent() && bought.isEmpty()) {
            return Optional.of(SEGMENT);
        }
        if (givesNothing(bought)) {
            return Optional.of(WORTH);
        }
        if (!celebrates(member) || !frozen.campaign().segment().matches(member, vantage)) {
            return Optional.of(SEGMENT);
        }
        if (freeShipping.filter(promise -> !promise.suits(member.purchases(), at)).isPresent()) {
            return Optional.of(FREE_SHIPPING);
        }
        return eligibility
                .refusal(member, channels)
                .map(Eligibility.Refusal::key)
                .or(() -> slots.drops(member) ? Optional.of(QUIET_HOURS) : Optional.empty());
    }

    /** Whether the campaign gives a difference, and this buyer paid none. */
    private boolean givesNothing(Optional<Bought> bought) {
        return frozen.campaign().issues().filter(Coupon::isDifference).isPresent()
                && bought.filter(orders -> orders.worth() > 0).isEmpty();
    }

    /** Whether the campaign takes part in the contest for a member: no service message does. */
    boolean competes() {
        return eligibility.kind() == Kind.MARKETING && frozen.campaign().over().isEmpty();
    }

    /** Decides about a member. */
    public Verdict of(Member member) {
        Optional<Bought> bought = bought(member);
        Optional<String> reason = exclusion(member, bought);
        if (reason.isPresent()) {
            return new Verdict.Excluded(reason.get());
        }
        Optional<String> control = controls.group(member.id());
        if (control.filter(Controls.GLOBAL::equals).isPresent()) {
            return new Verdict.Excluded(Controls.GLOBAL);
        }
        Channel channel = eligibility.channel(member, channels).orElseThrow();
        Place place =
                new Place(
                        channel,
                        slots.of(member),
                        split.of(member.id()),
                        marks.of(member),
                        bought.map(Bought::toString).orElse(""));
        return control.isPresent()
                ? new Verdict.HeldOut(place)
                : new Verdict.Addressed(
                        place, message.worded(member, place.variant(), channel, Map.of(), bought));
    }

    private boolean celebrates(Member member) {
        return birthday.map(member.profile()::birthdayOn).orElse(true);
    }
}
