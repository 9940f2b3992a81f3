package io.memberday.ingest;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Member;
import io.memberday.order.OrderKey;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes a care case of what a platform asks on a person's behalf (R55), one for each member whom it
 * names. Nobody is made a member by it: of whom nothing is known there is nothing to tell.
 */
public final class PrivacyIngest {
    /** Whose are the cases of a whole shop: no member's id. */
    public static final String SHOPS = "shops";

    private static final String KIND = "privacy";

    private final IngestStore store;
    private final Settling settling;

    /**
     * @param pause waits between tries
     * @param jitter spreads the pauses
     */
    public PrivacyIngest(IngestStore store, Consumer<Duration> pause, RandomGenerator jitter) {
        this.store = store;
        this.settling = new Settling(pause, jitter);
    }

    /**
     * Takes one request; when this returns, it is durable.
     *
     * @return whether there is something to do
     * @throws Unsettled if other events were quicker on every try; nothing is written then
     */
    public boolean take(PrivacyRequest request) {
        return settling.settle(
                () -> {
                    Collection<Member> members = named(request);
                    List<Activity> cases =
                            request.identities().isEmpty()
                                    ? List.of(opened(SHOPS, Set.of(), request))
                                    : members.stream()
                                            .map(
                                                    member ->
                                                            opened(
                                                                    member.id(),
                                                                    member.was(),
                                                                    request))
                                            .toList();
                    if (cases.isEmpty()) {
                        return false;
                    }
                    store.commit(Changes.noted(cases, List.copyOf(members)));
                    return true;
                });
    }

    private static Activity opened(String memberId, Set<String> was, PrivacyRequest request) {
        return new CareCase(memberId, was, request.at(), KIND, request.subject(), request.reason());
    }

    private Collection<Member> named(PrivacyRequest request) {
        Optional<OrderKey> noOrder = Optional.empty();
        Snapshot snapshot = store.load(noOrder, request.identities(), List.of());
        Map<String, Member> members = new TreeMap<>();
        request.identities().stream()
                .flatMap(identity -> snapshot.identity(identity).memberId().stream())
                .map(snapshot::live)
                .forEach(member -> members.put(member.id(), member));
        return members.values();
    }
}
