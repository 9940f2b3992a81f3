/** Touches and touchpoints: what is due to whom, when, and what became of it. */
@NullMarked
package io.memberday.touch;

import org.jspecify.annotations.NullMarked;
