package io.memberday.care;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The open cases of members who turn out to be one person (R1): of each cause one stays open, the
 * survivor's or else the oldest, so that nobody is phoned twice.
 */
public final class MergedCases {
    private static final String MERGE = "merge";

    private MergedCases() {}

    /**
     * The cases that are one too many, closed.
     *
     * @param survivor the member's id from now on
     * @param waiting cases of the member and of all whom it was
     */
    public static List<Case> toClose(String survivor, Collection<Case> waiting, Instant now) {
        List<Case> inTurn = new ArrayList<>(waiting);
        inTurn.sort(
                Comparator.comparing((Case one) -> !one.id().memberId().equals(survivor))
                        .thenComparing(Case::openedAt)
                        .thenComparing(one -> one.id().memberId()));
        List<Case> stay = new ArrayList<>();
        List<Case> closed = new ArrayList<>();
        for (Case one : inTurn) {
            stay.stream()
                    .filter(other -> other.id().isOf(one.id()))
                    .findFirst()
                    .ifPresentOrElse(
                            other ->
                                    closed.add(
                                            one.closed(
                                                    MERGE,
                                                    "goes on as the case of member "
                                                            + other.id().memberId(),
                                                    now)),
                            () -> stay.add(one));
        }
        return closed;
    }
}
