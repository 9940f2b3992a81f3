package io.memberday.local.kill;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The parts of a member day, by the calls that its functions make. */
enum Phase {
    PLANNING(call -> call.by("MemberDayFunction")),
    SLICING(call -> call.by("CampaignSliceFunction")),
    /** What the clock changes; what it only reads is left out, being the same each minute. */
    RELEASING(
            call ->
                    call.by("TouchClockFunction")
                            && (writes(call) || call.service().equals("events"))),
    CLAIMING(call -> sender(call) && writes(call) && call.on("MembersTable")),
    SENDING(call -> sender(call) && Set.of("sns", "ses").contains(call.service())),
    /** Taking a batch with its money, writing outcomes, closing it. */
    RECORDING(call -> sender(call) && writes(call) && !call.on("MembersTable"));

    private final Predicate<Call> calls;

    Phase(Predicate<Call> calls) {
        this.calls = calls;
    }

    static Optional<Phase> of(Call call) {
        return Arrays.stream(values()).filter(phase -> phase.calls.test(call)).findFirst();
    }

    private static boolean sender(Call call) {
        return call.by("MessageSenderFunction");
    }

    private static boolean writes(Call call) {
        return Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")
                .contains(call.action());
    }
}
