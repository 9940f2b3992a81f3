package io.memberday.campaign;

import java.util.Map;
import java.util.Optional;

/**
 * One evaluated page of a slice, written in one transaction with its batches: the checkpoint from
 * which a replay goes on, so that no page is evaluated twice.
 *
 * @param run id
 * @param slice number
 * @param number within the slice, from 0
 * @param next the member id after which the next page starts; nothing on the slice's last page
 * @param scanned rows read: eligible and excluded together
 * @param eligible members in the batches, held-out ones included
 * @param excluded by reason: {@code segment}, {@code consent}, {@code unreachable}, {@code cap},
 *     {@code global-holdout}, {@code quiet-hours} where the campaign drops what falls into them,
 *     {@code higher-value} where a campaign of higher value won the member in the same scan, and
 *     {@code merged} for the tombstone of a merged member
 */
public record Page(
        String run,
        int slice,
        int number,
        Optional<String> next,
        int scanned,
        int eligible,
        Map<String, Integer> excluded) {}
