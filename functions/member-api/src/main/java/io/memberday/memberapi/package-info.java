/** Agents, storefronts and operators ask for a member and change what is theirs to change. */
@NullMarked
package io.memberday.memberapi;

import org.jspecify.annotations.NullMarked;
