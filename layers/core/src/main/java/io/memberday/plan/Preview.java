package io.memberday.plan;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.Screening;
import io.memberday.campaign.Screening.Verdict;
import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.message.Worded;
import io.memberday.money.Price;
import io.memberday.order.Order;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Store;
import io.memberday.touch.QuietHours;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a run would do (R54, R68): audience, exclusions, messages, parts, cost, how long sending
 * lasts, and a few samples. It reads every member and changes nothing. Not for sharing.
 */
final class Preview {
    /** Samples show what a member would read: they go to whoever asked, never to a log. */
    private static final int SAMPLES = 5;

    private static final int AT_ONCE = 1_000;

    private final Frozen frozen;
    private final RunPlan plan;
    private final Screening screening;
    private final Map<String, Integer> excluded = new TreeMap<>();
    private final Map<Channel, Tally> channels = new EnumMap<>(Channel.class);
    private final Map<String, Tally> variants = new TreeMap<>();
    private final Set<String> wordings = new HashSet<>();

    /** The first of each variant, template and language. */
    private final List<Map<String, Object>> samples = new ArrayList<>();

    private final List<Map<String, Object>> moreSamples = new ArrayList<>();
    private int scanned;
    private int heldOut;

    private static final class Tally {
        private long messages;
        private long parts;
        private long micros;

        private void add(Worded message) {
            messages++;
            parts += message.body().parts();
            micros += message.costMicros();
        }
    }

    Preview(Frozen frozen, RunPlan plan) {
        this(frozen, plan, _ -> List.of());
    }

    /**
     * @param orders of a member, of the paid days, if the campaign is over orders
     */
    Preview(Frozen frozen, RunPlan plan, Function<Member, List<Order>> orders) {
        this.frozen = frozen;
        this.plan = plan;
        screening = new Screening(frozen, plan.date(), plan.at(), orders);
    }

    /**
     * Reads the members and answers.
     *
     * @throws BadInput if the channels' rates cannot serve the audience within the window
     * @param slices in which they are read
     * @param timeLeft whether to go on reading
     */
    Map<String, Object> of(MemberScan members, int slices, BooleanSupplier timeLeft) {
        boolean complete = true;
        for (int slice = 0; slice < slices && complete; slice++) {
            complete = read(members, slice, slices, timeLeft);
        }
        List<String> notes = new ArrayList<>();
        if (!complete) {
            notes.add(
                    "time ran out after %d of about %d members: multiply"
                            .formatted(scanned, members.about()));
        }
        return answer(complete, notes);
    }

    private boolean read(MemberScan members, int slice, int slices, BooleanSupplier timeLeft) {
        Optional<String> after = Optional.empty();
        do {
            if (!timeLeft.getAsBoolean()) {
                return false;
            }
            ScanPage page = members.page(slice, slices, after, AT_ONCE, screening.filter());
            scanned += page.filtered();
            if (page.filtered() > 0) {
                excluded.merge(Screening.SEGMENT, page.filtered(), Integer::sum);
            }
            page.members().forEach(this::count);
            after = page.next();
        } while (after.isPresent());
        return true;
    }

    private void count(Member member) {
        scanned++;
        switch (screening.of(member)) {
            case Verdict.Excluded(String reason) -> excluded.merge(reason, 1, Integer::sum);
            case Verdict.HeldOut(Screening.Place place) -> heldOut++;
            case Verdict.Addressed(Screening.Place place, Worded message) -> {
                channels.computeIfAbsent(place.channel(), key -> new Tally()).add(message);
                if (!place.variant().isEmpty()) {
                    variants.computeIfAbsent(place.variant(), key -> new Tally()).add(message);
                }
                sample(member, place.variant(), message);
            }
        }
    }

    private void sample(Member member, String variant, Worded message) {
        boolean isNew = wordings.add(variant + " " + message.name());
        List<Map<String, Object>> list = isNew ? samples : moreSamples;
        if (list.size() < SAMPLES) {
            Map<String, Object> sample = new LinkedHashMap<>();
            sample.put("member", member.id());
            sample.put("channel", message.body().channel().key());
            sample.put("template", message.name());
            if (!variant.isEmpty()) {
                sample.put("variant", variant);
            }
            sample.put("parts", message.body().parts());
            if (!message.body().subject().isEmpty()) {
                sample.put("subject", message.body().subject());
            }
            sample.put("text", message.body().text());
            list.add(sample);
        }
    }

    private Map<String, Object> answer(boolean complete, List<String> notes) {
        long messages = channels.values().stream().mapToLong(tally -> tally.messages).sum();
        long micros = channels.values().stream().mapToLong(tally -> tally.micros).sum();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("segment", frozen.campaign().segment().source());
        answer.put("complete", complete);
        answer.put("scanned", scanned);
        answer.put("excluded", excluded);
        answer.put("audience", messages + heldOut);
        answer.put("heldOut", heldOut);
        answer.put("messages", messages);
        answer.put("parts", channels.values().stream().mapToLong(tally -> tally.parts).sum());
        answer.put("cost", money(micros));
        frozen.campaign()
                .budget()
                .ifPresent(
                        budget -> {
                            boolean within = micros <= budget.micros();
                            answer.put("budget", budget.toString());
                            answer.put("withinBudget", within);
                            if (!within) {
                                notes.add(
                                        "the budget is spent before everybody is served: raise it"
                                                + " or narrow the segment");
                            }
                        });
        Duration lasts = lasts();
        Duration window = open(frozen, plan.at(), plan.until());
        answer.put("lasts", lasts.toString());
        answer.put("window", window.toString());
        if (lasts.compareTo(window) > 0) {
            throw tooMany(lasts, window);
        }
        answer.put("channels", channelAnswers());
        if (!variants.isEmpty()) {
            answer.put("variants", variantAnswers());
        }
        answer.put("notes", notes);
        answer.put(
                "samples",
                Stream.concat(samples.stream(), moreSamples.stream()).limit(SAMPLES).toList());
        return answer;
    }

    private Map<String, Object> variantAnswers() {
        Map<String, Object> answers = new LinkedHashMap<>();
        variants.forEach(
                (variant, tally) ->
                        answers.put(
                                variant,
                                Map.of(
                                        "messages", tally.messages,
                                        "parts", tally.parts,
                                        "cost", money(tally.micros))));
        return answers;
    }

    private Map<String, Object> channelAnswers() {
        Map<String, Object> answers = new LinkedHashMap<>();
        channels.forEach(
                (channel, tally) -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("messages", tally.messages);
                    one.put("parts", tally.parts);
                    one.put("cost", money(tally.micros));
                    one.put("perSecond", policy(frozen, channel).perSecond());
                    one.put("lasts", lasts(frozen, channel, tally.messages).toString());
                    answers.put(channel.key(), one);
                });
        return answers;
    }

    /** Not everybody can be served: whoever looks first is told so, and what would do. */
    private BadInput tooMany(Duration lasts, Duration window) {
        Channel slowest =
                channels.keySet().stream()
                        .max(
                                Comparator.comparing(
                                        channel -> lasts(frozen, channel, messages(channel))))
                        .orElseThrow();
        int rate = policy(frozen, slowest).perSecond();
        return new BadInput(
                "campaign",
                frozen.campaign().key(),
                ("cannot serve its audience: %d by %s at %d a second last %s, and the window is"
                                + " open for %s; widen the window, narrow the segment to %d, or"
                                + " have the rate raised to %d")
                        .formatted(
                                messages(slowest),
                                slowest.key(),
                                rate,
                                lasts,
                                window,
                                window.toSeconds() * rate,
                                Math.ceilDiv(messages(slowest), Math.max(1, window.toSeconds()))));
    }

    private long messages(Channel channel) {
        return channels.get(channel).messages;
    }

    /** Channels are sent side by side: the slowest counts. */
    private Duration lasts() {
        return channels.entrySet().stream()
                .map(entry -> lasts(frozen, entry.getKey(), entry.getValue().messages))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * A note when a run's audience might be too large for its window: before it is scanned, it may
     * be as large as the shop.
     */
    static Optional<String> tooLong(Frozen frozen, Run run, long members) {
        Channel first = frozen.campaign().send().getFirst().channel();
        Duration lasts = lasts(frozen, first, members);
        Duration window = open(frozen, run.at(), run.until());
        return lasts.compareTo(window) <= 0
                ? Optional.empty()
                : Optional.of(
                        "if all of about %d members were addressed, sending would last %s, and the window is open for %s: see a dry run"
                                .formatted(members, lasts, window));
    }

    private static Duration lasts(Frozen frozen, Channel channel, long messages) {
        return Duration.ofSeconds(
                Math.ceilDiv(messages, (long) policy(frozen, channel).perSecond()));
    }

    private static Store.ChannelPolicy policy(Frozen frozen, Channel channel) {
        return frozen.store().channels().get(channel);
    }

    private static Duration open(Frozen frozen, Instant from, Instant until) {
        Campaign campaign = frozen.campaign();
        if (campaign.times().drops()) {
            return QuietHours.of(frozen.store())
                    .next(from)
                    .filter(until::isAfter)
                    .map(quiet -> Duration.between(from, quiet))
                    .orElse(Duration.between(from, until));
        }
        return campaign.kind() == Kind.MARKETING
                ? QuietHours.of(frozen.store()).open(from, until)
                : Duration.between(from, until);
    }

    private String money(long micros) {
        return Price.rounded(micros, frozen.store().currency()).toString();
    }
}
