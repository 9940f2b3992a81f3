/** Results of a run, computed from rows. */
@NullMarked
package io.memberday.result;

import org.jspecify.annotations.NullMarked;
