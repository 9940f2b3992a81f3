/** What the clock released is sent, each touch at most once. */
@NullMarked
package io.memberday.send;

import org.jspecify.annotations.NullMarked;
