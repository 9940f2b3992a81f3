/** A storefront tells what happened to an order or a customer. */
@NullMarked
package io.memberday.orderwebhook;

import org.jspecify.annotations.NullMarked;
