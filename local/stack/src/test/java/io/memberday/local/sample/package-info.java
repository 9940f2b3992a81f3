/** The functions of sample.yaml, which the local AWS is tried with. */
@NullMarked
package io.memberday.local.sample;

import org.jspecify.annotations.NullMarked;
