/** What people at the shop's desk see of a member, and what they may change (R11, R50). */
@NullMarked
package io.memberday.desk;

import org.jspecify.annotations.NullMarked;
