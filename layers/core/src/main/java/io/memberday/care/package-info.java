/** Work for a person, where a message would hurt: care cases, what led to them, and their ends. */
@NullMarked
package io.memberday.care;

import org.jspecify.annotations.NullMarked;
