/** What comes back after sending: refusals, replies, bounces, complaints and deliveries. */
@NullMarked
package io.memberday.feedback;

import org.jspecify.annotations.NullMarked;
