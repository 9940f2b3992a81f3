/** What members are given: coupons with a code of their own. */
@NullMarked
package io.memberday.benefit;

import org.jspecify.annotations.NullMarked;
