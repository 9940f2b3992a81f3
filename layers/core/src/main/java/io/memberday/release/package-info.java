/** What is due is released, at the pace of each channel. */
@NullMarked
package io.memberday.release;

import org.jspecify.annotations.NullMarked;
