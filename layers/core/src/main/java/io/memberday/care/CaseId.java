package io.memberday.care;

import java.util.Optional;

/**
 * Names a care case by its cause, for ever: a merge of members moves no case, so a case keeps the
 * id of the member under whom it was opened.
 *
 * @param memberId whose it is, as it was opened
 * @param kind why
 * @param subject what it is about, such as a parcel: ids only
 */
public record CaseId(String memberId, CaseKind kind, String subject) {
    private static final String PREFIX = "case#";

    /** How items of a member's activity begin that are care cases. */
    public static String prefix() {
        return PREFIX;
    }

    /** Whether the other is of the same cause, perhaps under another member. */
    public boolean isOf(CaseId other) {
        return kind == other.kind && subject.equals(other.subject);
    }

    /** The row's key within the member's, such as {@code case#parcel-sf:SF1}. */
    public String item() {
        return PREFIX + kind.key() + "-" + subject;
    }

    /** What {@link #item} wrote; empty if that names no care case. */
    public static Optional<CaseId> of(String memberId, String item) {
        for (CaseKind kind : CaseKind.values()) {
            String start = PREFIX + kind.key() + "-";
            if (item.startsWith(start) && item.length() > start.length()) {
                return Optional.of(new CaseId(memberId, kind, item.substring(start.length())));
            }
        }
        return Optional.empty();
    }
}
