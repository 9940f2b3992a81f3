/** Checks a shop's playbook at build time and compiles it; no part of what is deployed. */
@NullMarked
package io.memberday.compiler;

import org.jspecify.annotations.NullMarked;
