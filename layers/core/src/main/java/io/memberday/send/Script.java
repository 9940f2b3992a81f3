package io.memberday.send;

import io.memberday.campaign.Controls;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunMessage;
import io.memberday.playbook.Frozen;
import io.memberday.segment.Vantage;
import io.memberday.touch.Eligibility;

import java.time.Clock;

/**
 * What one run says to whom, as it was frozen when the run was planned.
 *
 * @param frozen with the run
 * @param message worded for each member
 * @param controls who is to get nothing of it
 * @param vantage from which the run's segment looks at members: the run's own time, as when it was
 *     planned
 * @param eligibility of members when they are claimed
 */
record Script(
        Frozen frozen,
        RunMessage message,
        Controls controls,
        Vantage vantage,
        Eligibility eligibility) {

    static Script of(Run run, String frozen, Clock clock) {
        Frozen read = Frozen.read(frozen);
        return new Script(
                read,
                new RunMessage(read, run.date(), run.at()),
                Controls.of(read),
                read.vantage(run.at()),
                new Eligibility(
                        read.campaign().kind(),
                        read.store().caps(),
                        read.store().zone(),
                        member -> clock.instant()));
    }
}
