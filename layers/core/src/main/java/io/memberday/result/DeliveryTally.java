package io.memberday.result;

import io.memberday.feedback.Feedback;
import io.memberday.result.CampaignResult.Bill;
import io.memberday.result.CampaignResult.Deliveries;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts messages by what their provider reported; reports of one message come in a row. */
final class DeliveryTally {
    private String message = "";
    private boolean delivered;
    private boolean bounced;
    private boolean dead;
    private boolean complained;
    private long allDelivered;
    private long allBounced;
    private long allComplained;
    private String why = "";
    private Optional<Feedback.Bill> bill = Optional.empty();
    private final Map<String, Long> allBouncedBy = new TreeMap<>();
    private Bill allBilled = new Bill(0, 0, 0);

    void add(Feedback report) {
        if (!report.messageId().equals(message)) {
            endMessage();
            message = report.messageId();
        }
        switch (report.kind()) {
            case DELIVERED -> delivered = true;
            case BOUNCED -> {
                bounced = true;
                dead |= report.lasting();
                why = report.reason();
            }
            case COMPLAINED -> complained = true;
        }
        bill = bill.or(report::bill);
    }

    /** Nothing as long as nothing was reported: that is not the same as 0. */
    Optional<Deliveries> deliveries() {
        endMessage();
        return allDelivered + allBounced == 0
                ? Optional.empty()
                : Optional.of(
                        new Deliveries(
                                allDelivered,
                                allBounced,
                                allComplained,
                                allBouncedBy,
                                Optional.of(allBilled).filter(all -> all.messages() > 0)));
    }

    private void endMessage() {
        if (dead || (bounced && !delivered && !complained)) {
            allBounced++;
            if (!why.isEmpty()) {
                allBouncedBy.merge(why, 1L, Long::sum);
            }
        } else if (delivered || complained) {
            allDelivered++;
        }
        allComplained += complained ? 1 : 0;
        bill.ifPresent(
                one ->
                        allBilled =
                                new Bill(
                                        allBilled.messages() + 1,
                                        allBilled.parts() + one.parts(),
                                        allBilled.microDollars() + one.microDollars()));
        delivered = false;
        bounced = false;
        dead = false;
        complained = false;
        why = "";
        bill = Optional.empty();
    }
}
