package io.memberday.member;

import java.time.Instant;

/**
 * A tag's origin (R6).
 *
 * @param by who or what set it: {@code operator:…}, {@code rule:…}, {@code order:…}
 * @param at when, whole seconds
 */
public record Tag(String by, Instant at) {}
