/**
 * Starts the engines behind tests and local runs, and makes in them what template.yaml describes.
 */
@NullMarked
package io.memberday.local.engine;

import org.jspecify.annotations.NullMarked;
