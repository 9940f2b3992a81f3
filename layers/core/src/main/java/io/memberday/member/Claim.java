package io.memberday.member;

import java.time.Instant;

/**
 * The mark on a member that a run's touch is somebody's to send: written by the conditional update
 * that makes it so, and kept for attribution.
 *
 * @param at when it was claimed
 * @param nonce of the sending invocation: an equal nonce is one's own retried write
 * @param kind of the message: one of kind service takes no place in the caps (R52)
 * @param channel on which it goes
 * @param variant of the campaign that it is; empty if the campaign has none
 */
public record Claim(Instant at, String nonce, Kind kind, Channel channel, String variant) {}
