/** The function that a cold start is measured against: laid out by itself, as a zip would be. */
@NullMarked
package io.memberday.coldstart;

import org.jspecify.annotations.NullMarked;
