/** JSON in and out, with errors that name the field, the value and the mend. */
@NullMarked
package io.memberday.json;

import org.jspecify.annotations.NullMarked;
