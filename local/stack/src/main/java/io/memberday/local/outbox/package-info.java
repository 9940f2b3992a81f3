/** What functions have sent to people, kept instead of delivered. */
@NullMarked
package io.memberday.local.outbox;

import org.jspecify.annotations.NullMarked;
