package io.memberday.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memberday.message.Messenger.Envelope;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/**
 * An email as it travels: text and HTML as alternatives, headers encoded by RFC 2047, and the
 * one-click unsubscribe headers of RFC 8058.
 */
final class Mime {
    private static final String CHARSET = UTF_8.name();

    private Mime() {}

    /**
     * @throws MessagingException if an address is none
     */
    static byte[] of(Envelope envelope, String from, Instant date) throws MessagingException {
        MimeMessage message = new Unnamed();
        message.setFrom(named(from));
        message.setRecipient(RecipientType.TO, new InternetAddress(envelope.address(), true));
        message.setSubject(envelope.body().subject(), CHARSET);
        message.setSentDate(Date.from(date));
        if (envelope.unsubscribe().isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + envelope.unsubscribe().get() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(envelope.body().text(), CHARSET, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(envelope.body().html(), CHARSET, "html");
        // The last alternative is the one that a mail program prefers.
        message.setContent(new MimeMultipart("alternative", text, html));
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InternetAddress named(String from) throws MessagingException {
        InternetAddress address = new InternetAddress(from);
        try {
            address.setPersonal(address.getPersonal(), CHARSET);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java runtime has " + CHARSET, e);
        }
        return address;
    }

    /** SES gives messages their ids; the library's own would name this machine. */
    private static final class Unnamed extends MimeMessage {
        Unnamed() {
            super(Session.getInstance(new Properties()));
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            removeHeader("Message-ID");
        }
    }
}
