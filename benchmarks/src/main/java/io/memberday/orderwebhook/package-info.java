/** What a webhook costs: beside the handler's package, as it is made from the outside of Lambda. */
@NullMarked
package io.memberday.orderwebhook;

import org.jspecify.annotations.NullMarked;
