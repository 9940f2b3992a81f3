package io.memberday.ingest;

import io.memberday.order.Order;

import java.util.Optional;

/**
 * An order as it is stored.
 *
 * @param order what is known of it
 * @param version of the row; 0 before the first write
 * @param memberId whose it is, under the id that the member had then: the ledger rows stay there
 *     when members are merged
 * @param earned points in its ledger row {@code earn#}
 * @param reversed points in its ledger row {@code reverse#}, not above 0
 */
public record OrderRow(
        Order order, long version, Optional<String> memberId, long earned, long reversed) {}
