/** The ports of the rules on AWS: one store per need, one format per item. */
@NullMarked
package io.memberday.aws;

import org.jspecify.annotations.NullMarked;
