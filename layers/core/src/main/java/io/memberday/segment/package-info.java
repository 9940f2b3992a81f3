/** Segments: named expressions over a member, in CEL, checked once and evaluated fast. */
@NullMarked
package io.memberday.segment;

import org.jspecify.annotations.NullMarked;
