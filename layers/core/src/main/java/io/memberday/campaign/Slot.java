package io.memberday.campaign;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When some members of a run are written to.
 *
 * @param dueAt not before this
 * @param until not after this
 * @param zone whose quiet hours hold: the members' own, or the store's where theirs is not known
 */
public record Slot(Instant dueAt, Instant until, ZoneId zone) {}
