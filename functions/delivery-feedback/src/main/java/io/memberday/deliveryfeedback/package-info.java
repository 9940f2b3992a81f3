/** Providers and members answer: delivered, bounced, opted out. */
@NullMarked
package io.memberday.deliveryfeedback;

import org.jspecify.annotations.NullMarked;
