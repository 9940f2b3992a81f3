/** The clock that every function and queue follows, and that can be moved. */
@NullMarked
package io.memberday.local.clock;

import org.jspecify.annotations.NullMarked;
