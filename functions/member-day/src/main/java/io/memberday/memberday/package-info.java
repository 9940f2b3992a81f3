/** Plans a run of a campaign: what is sent, to whom, from when to when. */
@NullMarked
package io.memberday.memberday;

import org.jspecify.annotations.NullMarked;
