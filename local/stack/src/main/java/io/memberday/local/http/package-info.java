/** The HTTP API of the template: its routes turned into Lambda events. */
@NullMarked
package io.memberday.local.http;

import org.jspecify.annotations.NullMarked;
