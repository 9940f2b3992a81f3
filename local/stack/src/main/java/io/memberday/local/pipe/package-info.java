/** Pipes from a table's stream to a bus, as EventBridge Pipes has them. */
@NullMarked
package io.memberday.local.pipe;

import org.jspecify.annotations.NullMarked;
