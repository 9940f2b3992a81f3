/**
 * Each row of what the product promises, shown from outside as a small story on the local stack.
 */
@NullMarked
package io.memberday.local.row;

import org.jspecify.annotations.NullMarked;
