package io.memberday.result;

import io.memberday.campaign.Marks;

import java.time.Duration;
import java.time.ZoneId;

/**
 * By what a run's results are measured, as frozen when the run was planned.
 *
 * @param store the shop's name
 * @param zone of its days
 * @param currency ISO 4217
 * @param attribution how long after its message an order counts for the run, N × 24 h (R60)
 * @param refunds how long after the last order could count goods may still come back: then the
 *     result is final
 * @param marks what the letters in the run's batches mean
 */
public record Terms(
        String store,
        ZoneId zone,
        String currency,
        Duration attribution,
        Duration refunds,
        Marks marks) {}
