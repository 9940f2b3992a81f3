/** Computes the result of a campaign from its rows, as a page and a table. */
@NullMarked
package io.memberday.campaignreport;

import org.jspecify.annotations.NullMarked;
