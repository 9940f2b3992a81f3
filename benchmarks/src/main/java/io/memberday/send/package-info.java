/** What a message costs: beside the sender's package, as it is made from the outside of Lambda. */
@NullMarked
package io.memberday.send;

import org.jspecify.annotations.NullMarked;
