/** Parcels as their carriers report them. */
@NullMarked
package io.memberday.parcel;

import org.jspecify.annotations.NullMarked;
