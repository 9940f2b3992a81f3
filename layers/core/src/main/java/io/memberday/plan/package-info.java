/** A run of a campaign is planned or previewed: what is sent, to whom, from when to when. */
@NullMarked
package io.memberday.plan;

import org.jspecify.annotations.NullMarked;
