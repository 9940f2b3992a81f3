/** Planned promotions: schedule, run, slices, pages, batches and holdout. */
@NullMarked
package io.memberday.campaign;

import org.jspecify.annotations.NullMarked;
