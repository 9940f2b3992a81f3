/** Measures what the ways cost beside a floor that no way could beat. */
@NullMarked
package io.memberday.benchmark;

import org.jspecify.annotations.NullMarked;
