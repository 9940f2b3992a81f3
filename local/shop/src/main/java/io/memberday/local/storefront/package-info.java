/** How storefronts and carriers reach the system from outside: signed webhooks over HTTP. */
@NullMarked
package io.memberday.local.storefront;

import org.jspecify.annotations.NullMarked;
