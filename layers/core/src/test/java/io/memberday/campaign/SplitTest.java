package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Variant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Who is held out and who gets which variant: sticky, evenly, and each without regard to another.
 */
class SplitTest {
    private static final long SEED = 64;
    private static final int MANY = 20_000;
    private static final List<String> MEMBERS = members();

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50, 99})
    void shouldGiveEachVariantItsShare(int weight) {
        Split split = new Split("member-day", variants(weight, 100 - weight));
        within(weight / 100.0, MANY, count(MEMBERS, id -> split.of(id).equals("v0")));
    }

    @Test
    void shouldGiveThreeVariantsTheirShares() {
        Split split = new Split("member-day", variants(20, 30, 50));
        within(0.2, MANY, count(MEMBERS, id -> split.of(id).equals("v0")));
        within(0.3, MANY, count(MEMBERS, id -> split.of(id).equals("v1")));
        within(0.5, MANY, count(MEMBERS, id -> split.of(id).equals("v2")));
    }

    @Test
    void shouldGiveAMemberTheSameVariantEachTime() {
        Split now = new Split("member-day", variants(50, 50));
        Split later = new Split("member-day", variants(50, 50));
        assertTrue(MEMBERS.stream().allMatch(id -> now.of(id).equals(later.of(id))));
    }

    @Test
    void shouldSplitWithoutRegardToWhoIsHeldOutAndToOtherCampaigns() {
        // Given
        Split split = new Split("member-day", variants(50, 50));
        Split other = new Split("last-hours", variants(50, 50));
        Holdout holdout = new Holdout("member-day", 50);
        Holdout everywhere = new Holdout(Holdout.EVERY, 50);

        // Then of any one's half another's is a half, as chance has it
        List<Predicate<String>> halves =
                List.of(
                        id -> split.of(id).equals("v0"),
                        id -> other.of(id).equals("v0"),
                        holdout::holds,
                        everywhere::holds,
                        new Holdout("last-hours", 50)::holds);
        for (int one = 0; one < halves.size(); one++) {
            List<String> half = MEMBERS.stream().filter(halves.get(one)).toList();
            for (int two = one + 1; two < halves.size(); two++) {
                within(0.5, half.size(), count(half, halves.get(two)));
            }
        }
    }

    @Test
    void shouldHaveNoVariantWhereThereAreNoneAndRefuseWeightsThatAreNoWhole() {
        assertEquals(Split.NONE, new Split("member-day", List.of()).of("m1"));
        assertThrows(
                IllegalArgumentException.class, () -> new Split("member-day", variants(50, 40)));
    }

    @Test
    void shouldHoldTheGlobalGroupOutOfMarketingButNotOfServiceNorBirthdays() {
        // Given a store that holds a fifth out of everything, and campaigns that hold out nobody
        Campaign marketing = campaign(Kind.MARKETING, List.of());
        Campaign service = campaign(Kind.SERVICE, List.of());
        Campaign birthday =
                campaign(Kind.MARKETING, List.of(new Schedule.Birthday(0, SamplePlaybook.TEN)));

        // Then
        Controls controls = Controls.of(frozen(marketing));
        within(
                0.2,
                MANY,
                count(MEMBERS, id -> controls.group(id).equals(Optional.of(Controls.GLOBAL))));
        assertTrue(MEMBERS.stream().allMatch(id -> owed(service, id) && owed(birthday, id)));
    }

    private static boolean owed(Campaign campaign, String id) {
        return Controls.of(frozen(campaign)).group(id).isEmpty();
    }

    private static Frozen frozen(Campaign campaign) {
        return Frozen.of(SamplePlaybook.measured(20), campaign);
    }

    private static Campaign campaign(Kind kind, List<Schedule> schedules) {
        Campaign like = SamplePlaybook.memberDay();
        return CampaignDraft.like(like)
                .id("care")
                .kind(kind)
                .value(1)
                .on((schedules.isEmpty() ? like.schedules() : schedules).toArray(Schedule[]::new))
                .holdoutPercent(0)
                .budget(Optional.empty())
                .offers(List.of())
                .done();
    }

    private static List<Variant> variants(int... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> new Variant("v" + i, weights[i], List.of(), Map.of()))
                .toList();
    }

    /** Within five standard deviations of the binomial distribution. */
    private static void within(double share, long of, long count) {
        double spread = 5 * Math.sqrt(of * share * (1 - share));
        assertEquals(of * share, count, spread, "seed " + SEED);
    }

    private static long count(List<String> of, Predicate<String> which) {
        return of.stream().filter(which).count();
    }

    private static List<String> members() {
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.range(0, MANY)
                .mapToObj(i -> "m%016x".formatted(random.nextLong()))
                .toList();
    }
}
