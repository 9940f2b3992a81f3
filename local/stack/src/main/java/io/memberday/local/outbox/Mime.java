package io.memberday.local.outbox;

import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads an email as a mail client does. */
public final class Mime {
    private Mime() {}

    /**
     * Reads a MIME message.
     *
     * @param to who gets it; if empty, whom its own To, Cc and Bcc name
     * @throws IllegalArgumentException if it is no MIME message, or names nobody
     */
    public static Sent.Email read(String id, Instant at, List<String> to, byte[] raw) {
        try {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(raw));
            Map<String, String> headers = new HashMap<>();
            for (Header header : Collections.list(message.getAllHeaders())) {
                headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
            }
            List<String> receivers = to.isEmpty() ? named(message) : to;
            if (receivers.isEmpty()) {
                throw new IllegalArgumentException("Missing final '@domain'");
            }
            return new Sent.Email(
                    id,
                    at,
                    receivers,
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    headers,
                    part(message, "text/plain"),
                    part(message, "text/html"),
                    new String(raw, StandardCharsets.UTF_8));
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("not a MIME message", e);
        }
    }

    private static List<String> named(MimeMessage message) throws MessagingException {
        Address[] all = message.getAllRecipients();
        return all == null
                ? List.of()
                : Arrays.stream(all)
                        .map(InternetAddress.class::cast)
                        .map(InternetAddress::getAddress)
                        .toList();
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
