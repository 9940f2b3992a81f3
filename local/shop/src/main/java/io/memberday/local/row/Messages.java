package io.memberday.local.row;

import io.memberday.local.outbox.Sent;

import java.util.List;

/** What a message says, and to whom. */
final class Messages {
    private Messages() {}

    /** Whether it went to one of the addresses. */
    static boolean isTo(Sent message, List<String> addresses) {
        return switch (message) {
            case Sent.Sms sms -> addresses.contains(sms.phone());
            case Sent.Email email -> email.to().stream().anyMatch(addresses::contains);
        };
    }

    /** Its words; those of an email with its subject before. */
    static String text(Sent message) {
        return switch (message) {
            case Sent.Sms sms -> sms.text();
            case Sent.Email email -> email.subject() + " | " + email.text();
        };
    }

    /** A text's beginning, in one line. */
    static String shortened(String text, int longest) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
