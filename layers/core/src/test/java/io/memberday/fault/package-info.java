/** Faults between any two calls, for tests that kill and resume. */
@NullMarked
package io.memberday.fault;

import org.jspecify.annotations.NullMarked;
