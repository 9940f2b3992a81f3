/** Sends what the clock released and writes down what became of it. */
@NullMarked
package io.memberday.messagesender;

import org.jspecify.annotations.NullMarked;
