package io.memberday.message;

import io.memberday.member.Channel;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An SMS in one language.
 *
 * @param text without opt-out words and signature
 */
public record SmsTemplate(String id, String language, Pieces text) implements Templates.Template {
    private static final int ASCII = 0x80;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern BRACKETS = Pattern.compile("[【】]");
    private static final Pattern UNWANTED = Pattern.compile("[\\p{Cntrl}【】]");

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public Set<String> variables() {
        return text.names();
    }

    /**
     * The text, then the opt-out words, then the signature, joined by a space only where two words
     * of an alphabet would run together.
     */
    @Override
    public Body render(Map<String, String> variables, Templates.SmsEnding ending) {
        String filled = text.fill(variables, SmsTemplate::plain).strip();
        String whole = join(join(filled, ending.optOut()), ending.signature());
        return new Body(Channel.SMS, "", whole, "", SmsParts.of(whole).count());
    }

    /**
     * A value on one line and without signature brackets: a member's name must not be able to pose
     * as a shop, and gateways refuse a second 【】.
     */
    private static String plain(String value) {
        if (!UNWANTED.matcher(value).find()) {
            return value.strip();
        }
        return BRACKETS.matcher(CONTROLS.matcher(value).replaceAll(" ")).replaceAll("").strip();
    }

    private static String join(String text, String ending) {
        if (text.isEmpty() || ending.isEmpty()) {
            return text + ending;
        }
        boolean words = text.charAt(text.length() - 1) < ASCII && ending.charAt(0) < ASCII;
        return words ? text + " " + ending : text + ending;
    }
}
