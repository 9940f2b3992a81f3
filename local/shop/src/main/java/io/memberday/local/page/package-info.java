/** The page of the local stack: reads tables, files and captured messages, and shows them. */
@NullMarked
package io.memberday.local.page;

import org.jspecify.annotations.NullMarked;
