package io.memberday.message;

import java.util.BitSet;

/**
 * How many parts a provider bills for an SMS text. A text of GSM 03.38 characters holds 160, or 153
 * a part when it is split; characters of the extension table count two. Any other text is sent as
 * UCS-2 and holds 70 UTF-16 units, or 67 a part. A pair (an extension character, or the surrogates
 * of one emoji) never lies across two parts.
 *
 * @param count of parts; 0 for an empty text
 * @param gsm whether the text fits GSM 03.38
 * @param units septets or UTF-16 units in all
 */
public record SmsParts(int count, boolean gsm, int units) {
    private static final int GSM_SINGLE = 160;
    private static final int GSM_SPLIT = 153;
    private static final int UCS_SINGLE = 70;
    private static final int UCS_SPLIT = 67;

    // 3GPP TS 23.038, 6.2.1, without the escape to the extension table.
    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    /** Both, to ask at once: every message of a run is counted. */
    private static final BitSet GSM = new BitSet();

    static {
        (BASIC + EXTENSION).chars().forEach(GSM::set);
    }

    /** Counts a text as it goes out, opt-out words and signature included. */
    public static SmsParts of(String text) {
        boolean gsm = text.chars().allMatch(SmsParts::inGsm);
        int units = gsm ? text.chars().map(SmsParts::septets).sum() : text.length();
        if (units == 0) {
            return new SmsParts(0, gsm, 0);
        }
        if (units <= (gsm ? GSM_SINGLE : UCS_SINGLE)) {
            return new SmsParts(1, gsm, units);
        }
        return new SmsParts(split(text, gsm), gsm, units);
    }

    private static int split(String text, boolean gsm) {
        int room = gsm ? GSM_SPLIT : UCS_SPLIT;
        int parts = 1;
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            int width = gsm ? septets(codePoint) : Character.charCount(codePoint);
            if (used + width > room) {
                parts++;
                used = 0;
            }
            used += width;
            at += Character.charCount(codePoint);
        }
        return parts;
    }

    private static boolean inGsm(int unit) {
        return GSM.get(unit);
    }

    private static int septets(int unit) {
        return EXTENSION.indexOf(unit) >= 0 ? 2 : 1;
    }
}
