/** The production classes through one shop's day, again and again, in all weathers. */
@NullMarked
package io.memberday.simulation;

import org.jspecify.annotations.NullMarked;
