/** Messages: templates, SMS parts, cost, and the ports that send them. */
@NullMarked
package io.memberday.message;

import org.jspecify.annotations.NullMarked;
