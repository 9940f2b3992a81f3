package io.memberday.compiler;

/**
 * Something wrong in a playbook.
 *
 * @param file within the playbook's folder
 * @param line from 1
 * @param field such as {@code member-day.holdout}; empty if it is about the whole file
 * @param value as written; empty if nothing is
 * @param mend what to write instead
 * @param warning whether the playbook can be used all the same
 */
public record Mistake(
        String file, int line, String field, String value, String mend, boolean warning) {
    private static final int SHOWN = 60;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file).append(':').append(line).append(": ");
        if (warning) {
            text.append("warning: ");
        }
        if (!field.isEmpty()) {
            text.append(field).append(": ");
        }
        text.append(mend);
        if (!value.isEmpty()) {
            String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
            text.append(" (found: ").append(shown.replace("\n", "\\n")).append(')');
        }
        return text.toString();
    }
}
