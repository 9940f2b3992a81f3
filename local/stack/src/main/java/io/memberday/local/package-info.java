/** The system of template.yaml on one machine: what the template says is wired, nothing else. */
@NullMarked
package io.memberday.local;

import org.jspecify.annotations.NullMarked;
