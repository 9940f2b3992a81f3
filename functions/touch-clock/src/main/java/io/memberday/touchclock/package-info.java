/** Releases what is due, at the pace of each channel. */
@NullMarked
package io.memberday.touchclock;

import org.jspecify.annotations.NullMarked;
