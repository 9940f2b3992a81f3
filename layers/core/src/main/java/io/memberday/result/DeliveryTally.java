package io.memberday.result;

import io.memberday.feedback.Feedback;
import io.memberday.result.CampaignResult.Deliveries;

import java.util.Optional;

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
            }
            case COMPLAINED -> complained = true;
        }
    }

    /** Nothing as long as nothing was reported: that is not the same as 0. */
    Optional<Deliveries> deliveries() {
        endMessage();
        return allDelivered + allBounced == 0
                ? Optional.empty()
                : Optional.of(new Deliveries(allDelivered, allBounced, allComplained));
    }

    private void endMessage() {
        if (dead || (bounced && !delivered && !complained)) {
            allBounced++;
        } else if (delivered || complained) {
            allDelivered++;
        }
        allComplained += complained ? 1 : 0;
        delivered = false;
        bounced = false;
        dead = false;
        complained = false;
    }
}
