package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What the shop says along a purchase; in every third world with promotions. */
final class Purchase {
    static final String THANKS = "thanks";
    static final String OFFER = "thanks-offer";
    static final String GIFT = "second-purchase-gift";
    static final String ON_ITS_WAY = "on-its-way";

    private static final Duration VALID = Duration.ofHours(30);

    private Purchase() {}

    static List<Touchpoint> touchpoints(Random random) {
        List<Touchpoint> touchpoints =
                new ArrayList<>(
                        List.of(
                                SamplePlaybook.paymentReminder(),
                                SamplePlaybook.touchpoint(
                                        "dispatch-notice",
                                        Trigger.PARCEL_SHIPPED,
                                        Duration.ofMinutes(1),
                                        VALID,
                                        0)));
        if (random.nextInt(3) == 0) {
            touchpoints.add(touchpoint(THANKS, Kind.SERVICE, Trigger.ORDER_PAID, 1, Set.of()));
            touchpoints.add(
                    touchpoint(
                            OFFER,
                            Kind.MARKETING,
                            Trigger.ORDER_PAID,
                            random.nextInt(30),
                            Set.of(Ending.REFUNDED)));
            touchpoints.add(
                    touchpoint(
                            GIFT,
                            Kind.MARKETING,
                            Trigger.FIRST_PURCHASE,
                            random.nextInt(30),
                            Set.of(Ending.REPURCHASED)));
            touchpoints.add(
                    touchpoint(
                            ON_ITS_WAY,
                            Kind.SERVICE,
                            Trigger.PARCEL_SHIPPED,
                            random.nextInt(20),
                            Set.of(Ending.SIGNED)));
        }
        return touchpoints;
    }

    private static Touchpoint touchpoint(
            String id, Kind kind, Trigger on, int minutes, Set<Ending> endsWhen) {
        return new Touchpoint(
                id,
                kind,
                on,
                Timing.after(Duration.ofMinutes(minutes)),
                VALID,
                0,
                new Terms(Optional.empty(), Optional.empty(), endsWhen, Terms.DAY),
                List.of(Branch.sending(List.of(new Send(Channel.SMS, id)))));
    }
}
