/** Money in integer minor units, and provider prices in millionths. */
@NullMarked
package io.memberday.money;

import org.jspecify.annotations.NullMarked;
