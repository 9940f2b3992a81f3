/** Writes a segment to files with a manifest. */
@NullMarked
package io.memberday.segmentexport;

import org.jspecify.annotations.NullMarked;
