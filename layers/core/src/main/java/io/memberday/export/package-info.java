/** Segments as files for others, with a manifest that equals them. */
@NullMarked
package io.memberday.export;

import org.jspecify.annotations.NullMarked;
