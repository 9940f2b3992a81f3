package io.memberday.segment;

import io.memberday.member.Member;
import io.memberday.member.Stages;
import io.memberday.member.TierLadder;
import io.memberday.segment.Day.Span;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * From where an expression looks at a member: what "days since", "tier" and dates mean.
 *
 * @param now the moment
 * @param zone the store's
 * @param ladder the shop's tiers
 * @param stages the shop's recency stages
 * @param currency the store's
 */
public record Vantage(Instant now, ZoneId zone, TierLadder ladder, Stages stages, String currency) {

    /** The date at the store. */
    public LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    /** The date on the member's clock; at the store, where that is not known. */
    LocalDate today(Member member) {
        return LocalDate.ofInstant(now, member.profile().zone().orElse(zone));
    }

    /** When the span's first day begins. */
    Instant start(Span days) {
        return days.from().on(today()).atStartOfDay(zone).toInstant();
    }

    /** When the span's last day ends. */
    Instant end(Span days) {
        return days.to().on(today()).plusDays(1).atStartOfDay(zone).toInstant();
    }
}
