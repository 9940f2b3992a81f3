/** When the campaigns of a playbook are due, and a view of a whole year of them. */
@NullMarked
package io.memberday.calendar;

import org.jspecify.annotations.NullMarked;
