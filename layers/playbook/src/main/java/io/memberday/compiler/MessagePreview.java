package io.memberday.compiler;

import io.memberday.message.SmsParts;

/**
 * An SMS as a typical member would get it.
 *
 * @param sender the campaign, with its offer, or the touchpoint
 * @param template id
 * @param language of the template
 * @param text whole, with opt-out words and signature
 * @param whole counted as it goes out
 * @param bare counted without opt-out words
 * @param worded counted with the store's opt-out words, whether it carries them or not
 */
public record MessagePreview(
        String sender,
        String template,
        String language,
        String text,
        SmsParts whole,
        SmsParts bare,
        SmsParts worded) {

    public int parts() {
        return whole.count();
    }

    public int partsWithoutOptOut() {
        return bare.count();
    }

    /** As SMS count them: units of the alphabet that the text needs. */
    public int characters() {
        return whole.units();
    }

    /** By how much it is too long to need no further part for the opt-out words. */
    int over() {
        int room = whole.gsm() ? (bare.count() == 1 ? 160 : 153) : bare.count() == 1 ? 70 : 67;
        return whole.units() - room * bare.count();
    }

    @Override
    public String toString() {
        return "%-42s %-3s %4d characters  %d part%s%s"
                .formatted(
                        sender, language, characters(), parts(), parts() == 1 ? "" : "s", note());
    }

    private String note() {
        if (parts() > partsWithoutOptOut()) {
            return ", " + partsWithoutOptOut() + " without opt-out words";
        }
        return worded.count() > parts() ? ", " + worded.count() + " with opt-out words" : "";
    }
}
