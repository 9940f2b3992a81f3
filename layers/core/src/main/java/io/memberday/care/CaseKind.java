package io.memberday.care;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Why somebody has to look. A new reason is a new kind here, so that lists of open cases show it.
 */
public enum CaseKind {
    /** Members who may be one person, or may not (R1). */
    MERGE("merge"),
    /** A carrier reports trouble with a parcel (R22). */
    PARCEL("parcel"),
    /** A carrier reports nothing of a parcel any more (R22). */
    SILENT("silent"),
    /** Many parcels of one carrier or region are late (R22). */
    MASS_DELAY("mass-delay"),
    /** A middling or bad review (R24). */
    REVIEW("review"),
    /** A valuable member wants no more messages (R51). */
    OPT_OUT("opt-out"),
    /** A platform asks, on a person's behalf, for their data or to forget them (R55). */
    PRIVACY("privacy"),
    /** An order is unpaid, of a member whom a person asks rather than a message (R15). */
    PAYMENT("payment"),
    /** A touchpoint leaves its words to a person (R25). */
    TOUCHPOINT("touchpoint");

    private final String key;

    CaseKind(String key) {
        this.key = key;
    }

    /** As it stands in rows and events. */
    public String key() {
        return key;
    }

    /**
     * @throws IllegalArgumentException if there is no such kind
     */
    public static CaseKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no kind of care case: "
                                                + key
                                                + " (there are "
                                                + keys()
                                                + ")"));
    }

    /** All of them, for people. */
    public static String keys() {
        return Arrays.stream(values()).map(CaseKind::key).collect(Collectors.joining(", "));
    }
}
