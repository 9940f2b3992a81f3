/** What the functions tell each other over the bus: ids only, never a person's data (P8). */
@NullMarked
package io.memberday.event;

import org.jspecify.annotations.NullMarked;
