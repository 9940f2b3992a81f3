/**
 * Files that people and other systems take away: where they are stored, and CSV that is safe to
 * open.
 */
@NullMarked
package io.memberday.file;

import org.jspecify.annotations.NullMarked;
