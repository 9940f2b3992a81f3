package io.memberday.playbook;

import io.memberday.segment.PaidDays;
import io.memberday.segment.Segment;

/**
 * An audience that is made of orders (R23, R27): the buyers of those that were paid on some days,
 * are kept, and fit an expression. Each buyer is addressed once, about all of their orders.
 *
 * @param paid the days of payment
 * @param where which of their orders; it may ask for fields of the order and of its buyer
 */
public record OrderAudience(PaidDays paid, Segment where) {}
