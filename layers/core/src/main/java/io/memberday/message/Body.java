package io.memberday.message;

import io.memberday.member.Channel;

/**
 * A rendered message, ready for its channel.
 *
 * @param channel on which it goes
 * @param subject of an email; empty for an SMS
 * @param text the SMS with suffix and signature, or the email's text part
 * @param html the email's HTML part; empty for an SMS
 * @param parts what the provider bills: SMS parts, or 1 for an email
 */
public record Body(Channel channel, String subject, String text, String html, int parts) {}
