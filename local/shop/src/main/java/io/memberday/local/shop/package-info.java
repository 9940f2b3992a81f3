/** A simulated shop that lives a few days on the local stack, and says what came of it. */
@NullMarked
package io.memberday.local.shop;

import org.jspecify.annotations.NullMarked;
