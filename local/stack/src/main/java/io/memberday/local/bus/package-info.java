/** The event bus, with AWS's own engine for the patterns of rules. */
@NullMarked
package io.memberday.local.bus;

import org.jspecify.annotations.NullMarked;
