/** Cuts one slice of the members into the batches of a run. */
@NullMarked
package io.memberday.campaignslice;

import org.jspecify.annotations.NullMarked;
