/** Orders as their storefronts report them: whole, versioned, and joined in any sequence. */
@NullMarked
package io.memberday.order;

import org.jspecify.annotations.NullMarked;
