package io.memberday.send;

import static io.memberday.send.PromotionScene.ORDER;
import static io.memberday.send.PromotionScene.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Kind;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** To whom a touch goes: by its conditions and branches a text is sent, or a person called. */
class TouchBranchesTest {
    @Test
    void shouldCallAPersonAndNotSayThatNothingWasSentAfterACallInDoubt() {
        // Given a text of which nobody knows whether it went
        PromotionScene scene = new PromotionScene(callingWhoSpeaksEnglish());
        ServiceTouch touch = scene.bought();
        scene.provider.faults(1, 0, 0);
        scene.deliver(touch);
        scene.provider.faults(0, 0, 0);
        assertEquals("open", scene.end(touch));

        // When the member is one to be called by then
        scene.speaksEnglish();
        scene.clock.advance(Duration.ofMinutes(10));
        scene.deliver(touch);

        // Then
        assertEquals("unknown claim", scene.end(touch));
        assertEquals(1, scene.store.activity().stream().filter(CareCase.class::isInstance).count());
    }

    @Test
    void shouldTakeTheFirstBranchThatFitsAndCallWhereItSays() {
        // Given a call for who speaks English, and a text for all others
        PromotionScene scene = new PromotionScene(callingWhoSpeaksEnglish());
        ServiceTouch text = scene.bought();
        scene.deliver(text);
        assertEquals("sent ", scene.end(text));

        // When the member speaks English
        ServiceTouch call = scene.bought();
        scene.speaksEnglish();
        scene.deliver(call);

        // Then a person is asked, and nothing more is sent
        assertEquals("suppressed call", scene.end(call));
        CareCase work = (CareCase) scene.store.activity().getFirst();
        assertEquals("case#payment-" + ORDER, work.item());
        assertEquals(1, scene.provider.accepted().size());
    }

    @Test
    void shouldSendNothingWhereAConditionDoesNotHoldOrNoBranchFits() {
        Terms onlyEnglish =
                new Terms(
                        Optional.of(SamplePlaybook.speaking("en")),
                        Optional.empty(),
                        Set.of(),
                        Terms.DAY);
        Terms unlessBought =
                new Terms(
                        Optional.empty(),
                        Optional.of(SamplePlaybook.bought()),
                        Set.of(),
                        Terms.DAY);
        for (Terms terms : List.of(onlyEnglish, unlessBought)) {
            PromotionScene scene =
                    new PromotionScene(with(terms, List.of(Branch.sending(send("gift")))));
            ServiceTouch touch = scene.bought();
            scene.deliver(touch);
            assertEquals("suppressed condition", scene.end(touch));
        }
        PromotionScene scene =
                new PromotionScene(
                        with(
                                Terms.NONE,
                                List.of(
                                        new Branch(
                                                Optional.of(SamplePlaybook.speaking("en")),
                                                send("gift"),
                                                Optional.empty()))));
        ServiceTouch touch = scene.bought();
        scene.deliver(touch);
        assertEquals("suppressed branch", scene.end(touch));
    }

    private static Touchpoint callingWhoSpeaksEnglish() {
        return with(
                Terms.NONE,
                List.of(
                        new Branch(
                                Optional.of(SamplePlaybook.speaking("en")),
                                List.of(),
                                Optional.of("payment")),
                        Branch.sending(send("gift"))));
    }

    private static Touchpoint with(Terms terms, List<Branch> branches) {
        return new Touchpoint(
                "gift",
                Kind.SERVICE,
                Trigger.ORDER_PAID,
                Timing.after(Duration.ZERO),
                Duration.ofDays(2),
                0,
                terms,
                branches);
    }
}
