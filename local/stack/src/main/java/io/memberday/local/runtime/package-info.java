/** Functions in JVMs of their own, under AWS's Java runtime and fed over Lambda's Runtime API. */
@NullMarked
package io.memberday.local.runtime;

import org.jspecify.annotations.NullMarked;
