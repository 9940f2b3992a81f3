/** A carrier tells where a parcel is. */
@NullMarked
package io.memberday.logisticsstatus;

import org.jspecify.annotations.NullMarked;
