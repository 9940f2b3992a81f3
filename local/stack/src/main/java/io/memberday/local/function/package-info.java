/** Functions loaded from their built zips over the layers, and invoked as Lambda does. */
@NullMarked
package io.memberday.local.function;

import org.jspecify.annotations.NullMarked;
