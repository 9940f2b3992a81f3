/** Functions killed in the middle of a member day, and what is left of it. */
@NullMarked
package io.memberday.local.kill;

import org.jspecify.annotations.NullMarked;
