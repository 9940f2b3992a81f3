/** What one webhook event changes, decided as one transaction. */
@NullMarked
package io.memberday.ingest;

import org.jspecify.annotations.NullMarked;
