/** One shop's configuration, compiled. */
@NullMarked
package io.memberday.playbook;

import org.jspecify.annotations.NullMarked;
