/** AWS's answers to the calls that functions make, in AWS's own wire protocols, on one endpoint. */
@NullMarked
package io.memberday.local.aws;

import org.jspecify.annotations.NullMarked;
