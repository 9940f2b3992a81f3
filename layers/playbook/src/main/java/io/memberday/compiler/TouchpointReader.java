package io.memberday.compiler;

import io.memberday.care.CaseKind;
import io.memberday.json.Nearest;
import io.memberday.member.Kind;
import io.memberday.money.Money;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Store;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.segment.Segment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
    private static final Map<String, Ending> ENDINGS =
            Arrays.stream(Ending.values())
                    .collect(Collectors.toMap(Ending::key, Function.identity()));

    private final Store store;
    private final Map<String, Coupon> coupons;
    private final SegmentReader segments;

    /**
     * @param coupons that they may issue, by id
     */
    TouchpointReader(Store store, SegmentReader segments, Map<String, Coupon> coupons) {
        this.store = store;
        this.coupons = coupons;
        this.segments = segments;
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
                    "on",
                    "is missing: choose one of "
                            + TRIGGERS.keySet().stream()
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        Trigger on = section.word("on", TRIGGERS, Trigger.ORDER_UNPAID);
        if ((on.isOfParcel() || on == Trigger.FIRST_PURCHASE) && section.has("least")) {
            section.error("least", "bounds the amount of an order only: take it away");
        }
        for (String name : List.of("after", "at", "before")) {
            if (on == Trigger.PARCEL_SILENT && section.has(name)) {
                section.error(name, "is told by the store's logistics.silent: take it away");
            }
        }
        if (on == Trigger.PARCEL_SILENT && store.logistics().names().isEmpty()) {
            section.warning(
                    "on",
                    "store.yaml names no carriers under logistics: where no carrier's scans come"
                            + " in, each parcel falls silent, so leave this touchpoint out");
        }
        Kind kind = section.word("kind", CampaignReader.KINDS, Kind.SERVICE);
        Timing timing = new TimingReader(store).read(section, kind);
        return new Touchpoint(
                id,
                kind,
                on,
                timing,
                validFor(section, timing),
                section.money("least", store.currency()).map(Money::minor).orElse(0L),
                terms(section, on),
                branches(section),
                CouponReader.named(section, CouponReader.ISSUES, coupons),
                reminds(section));
    }

    private Optional<Coupon> reminds(Section section) {
        if (section.has(CouponReader.REMINDS) && section.has(CouponReader.ISSUES)) {
            section.error(
                    CouponReader.REMINDS,
                    "a coupon is issued, or one that was issued is told of again: take one away");
        }
        return CouponReader.named(section, CouponReader.REMINDS, coupons);
    }

    private static Duration validFor(Section section, Timing timing) {
        if (timing.before().isPresent()) {
            if (section.node("validFor").isPresent()) {
                section.error("validFor", "is told by the cut-off already: take it away");
            }
            return Duration.ZERO;
        }
        Duration validFor = section.duration("validFor", Optional.empty());
        if (validFor.isZero()) {
            section.error("validFor", "would never be sent: write for how long it still helps");
        }
        return validFor;
    }

    private Terms terms(Section section, Trigger on) {
        Set<Ending> endsWhen = EnumSet.noneOf(Ending.class);
        for (String word : section.list("endsWhen")) {
            if (!ENDINGS.containsKey(word)) {
                section.error("endsWhen", Nearest.mend(word, ENDINGS.keySet()));
            } else {
                endsWhen.add(ENDINGS.get(word));
            }
        }
        if (section.has("reordered") && on != Trigger.ORDER_UNPAID) {
            section.error("reordered", "is for reminders of an unpaid order only: take it away");
        }
        return new Terms(
                segments.condition(section, "if"),
                segments.condition(section, "unless"),
                endsWhen,
                section.duration("reordered", Optional.of(Terms.DAY)));
    }

    /** A touchpoint of one branch says itself what is done. */
    private List<Branch> branches(Section section) {
        List<Section> written = section.sections("branches");
        if (written.isEmpty()) {
            return List.of(new Branch(Optional.empty(), sends(section), call(section)));
        }
        for (String name : List.of("send", "call")) {
            if (section.node(name).isPresent()) {
                section.error(name, "write it in the branches: the last may be without when");
            }
        }
        List<Branch> branches = new ArrayList<>();
        for (Section one : written) {
            Optional<Segment> when = segments.condition(one, "when");
            boolean hidden = !branches.isEmpty() && branches.getLast().when().isEmpty();
            if (hidden) {
                one.error("when", "nobody comes here: the branch before it is for everybody");
            }
            branches.add(new Branch(when, sends(one), call(one)));
            one.close();
        }
        return branches;
    }

    private static List<Send> sends(Section section) {
        if (section.has("call")) {
            if (section.node("send").isPresent()) {
                section.error("send", "either a person calls or a message is sent: take one away");
            }
            return List.of();
        }
        return CampaignReader.send(section);
    }

    private static Optional<String> call(Section section) {
        return section.optional(
                "call",
                text -> CaseKind.of(text).key(),
                "name the kind of the care case, one of " + CaseKind.keys());
    }
}
