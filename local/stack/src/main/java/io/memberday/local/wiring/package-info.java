/** The template's resources made of the parts of the local AWS, by what the template says alone. */
@NullMarked
package io.memberday.local.wiring;

import org.jspecify.annotations.NullMarked;
