/** Queues in memory with the rules of SQS, and what Lambda does with them. */
@NullMarked
package io.memberday.local.queue;

import org.jspecify.annotations.NullMarked;
