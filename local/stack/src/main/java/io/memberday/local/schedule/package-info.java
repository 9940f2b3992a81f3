/**
 * Schedules with the rules of EventBridge Scheduler, and the way through them when the clock moves.
 */
@NullMarked
package io.memberday.local.schedule;

import org.jspecify.annotations.NullMarked;
