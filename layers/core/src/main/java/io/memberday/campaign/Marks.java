package io.memberday.campaign;

import io.memberday.member.Layer;
import io.memberday.member.Member;
import io.memberday.member.Tier;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.segment.Segment;
import io.memberday.segment.Vantage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where each member of a batch stood when the run was planned, in two letters, or three if the
 * campaign compares segments: so results can be told by tier, layer, stage and segment (R64) as
 * they were then, held-out members included, and a batch's row hardly grows. What the letters mean
 * follows from what is frozen with the run.
 */
public final class Marks {
    /** So many segments fit one letter. */
    public static final int MOST_SEGMENTS = 6;

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final List<String> STAGES =
            List.of("none", "active", "dormant", "pre-churn", "churned");

    private final Vantage vantage;
    private final List<String> tiers;
    private final Map<String, Segment> segments;

    private Marks(Vantage vantage, Map<String, Segment> segments) {
        this.vantage = vantage;
        this.tiers = vantage.ladder().tiers().stream().map(Tier::id).toList();
        this.segments = new LinkedHashMap<>(segments);
    }

    /**
     * Those of a run.
     *
     * @param at of the run
     */
    public static Marks of(Frozen frozen, Instant at) {
        Campaign campaign = frozen.campaign();
        return new Marks(frozen.vantage(at), campaign.compared());
    }

    /**
     * Where a member stood.
     *
     * @param segments those compared that it was in
     */
    public record Standing(String tier, String layer, String stage, List<String> segments) {}

    /** A member's letters. */
    public String of(Member member) {
        Instant at = vantage.now();
        int tier = tiers.indexOf(vantage.ladder().of(member.purchases(), at).id());
        int layer = Layer.of(member.purchases(), vantage.ladder(), at).ordinal();
        int stage = STAGES.indexOf(vantage.stages().of(member.purchases().last(), at));
        StringBuilder letters = new StringBuilder();
        letters.append(LETTERS.charAt(Math.min(tier, LETTERS.length() - 1)));
        letters.append(LETTERS.charAt(layer * STAGES.size() + stage));
        if (!segments.isEmpty()) {
            int bits = 0;
            int bit = 1;
            for (Segment segment : segments.values()) {
                bits |= segment.matches(member, vantage) ? bit : 0;
                bit <<= 1;
            }
            letters.append(LETTERS.charAt(bits));
        }
        return letters.toString();
    }

    /**
     * Reads the letters of a batch.
     *
     * @param index of the member: those to be sent to come first, then those held out
     * @return where it stood; all empty for a batch that was written without letters
     */
    public Standing standing(Batch batch, int index) {
        int width = segments.isEmpty() ? 2 : 3;
        if (batch.marks().length() < (index + 1) * width) {
            return new Standing("", "", "", List.of());
        }
        String letters = batch.marks().substring(index * width, (index + 1) * width);
        int second = LETTERS.indexOf(letters.charAt(1));
        return new Standing(
                tiers.get(LETTERS.indexOf(letters.charAt(0))),
                Layer.values()[second / STAGES.size()].key(),
                STAGES.get(second % STAGES.size()),
                width == 2 ? List.of() : in(LETTERS.indexOf(letters.charAt(2))));
    }

    private List<String> in(int bits) {
        List<String> names = List.copyOf(segments.keySet());
        return Stream.iterate(0, bit -> bit < names.size(), bit -> bit + 1)
                .filter(bit -> (bits >> bit & 1) == 1)
                .map(names::get)
                .toList();
    }
}
