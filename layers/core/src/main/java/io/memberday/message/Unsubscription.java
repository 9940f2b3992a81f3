package io.memberday.message;

import io.memberday.member.Channel;
import io.memberday.member.Kind;

/**
 * What one unsubscribe link asks for: this person, this list (RFC 8058). Ids only.
 *
 * @param memberId as it was when the message was sent; it may have been merged since
 * @param channel on which nothing of the kind is wanted any more
 * @param kind of messages
 * @param cause the run or touchpoint whose message carried the link
 */
public record Unsubscription(String memberId, Channel channel, Kind kind, String cause) {}
