package io.memberday.feedback;

import io.memberday.member.Kind;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words by which the recipient of an SMS refuses more (R50). The whole message must be one of them;
 * case, width, spaces and punctuation do not matter: "拒收 Ｒ", "stop." and "Opt-Out" are stop words,
 * "do not stop" is not.
 *
 * <p>The words on which AWS and the carriers block a number act on every message of a sender, so
 * they refuse service messages too: our record must not promise what the provider no longer
 * delivers. The Chinese words refuse what the rules for commercial SMS (通信短信息服务管理规定) let a
 * recipient refuse, which is marketing; parcels are still announced.
 */
public final class StopWords {
    /** AWS's list for SNS and End User Messaging, and CTIA's for North America. */
    private static final Set<String> EVERYTHING =
            Set.of(
                    "STOP",
                    "STOPALL",
                    "ARRET",
                    "CANCEL",
                    "END",
                    "OPTOUT",
                    "QUIT",
                    "REMOVE",
                    "REVOKE",
                    "TD",
                    "UNSUBSCRIBE");

    private static final Set<String> MARKETING =
            Set.of(
                    "R", "T", "拒收", "拒收R", "拒收请回复R", "拒绝", "退订", "退订T", "退订TD", "退订回T", "回T退订",
                    "取消订阅", "取消", "不再接收", "拒絕", "退訂", "取消訂閱", "配信停止");

    /**
     * AWS's words and CTIA's by which a number is written to again, and what is said in Chinese.
     */
    private static final Set<String> BACK =
            Set.of("START", "UNSTOP", "恢复订阅", "恢复接收", "恢复短信", "重新订阅", "恢復訂閱", "重新訂閱");

    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

    private StopWords() {}

    /** The kinds of messages that an inbound SMS refuses: none if it is no stop word. */
    public static Set<Kind> refusedBy(String message) {
        String plain = plain(message);
        if (EVERYTHING.contains(plain)) {
            return Set.of(Kind.MARKETING, Kind.SERVICE);
        }
        return MARKETING.contains(plain) ? Set.of(Kind.MARKETING) : Set.of();
    }

    /** Whether an inbound SMS takes back what a stop word refused. */
    public static boolean takesBack(String message) {
        return BACK.contains(plain(message));
    }

    /**
     * Compatibility decomposition turns full-width letters into plain ones and parts accents, which
     * then go.
     */
    private static String plain(String message) {
        String decomposed = Normalizer.normalize(message, Normalizer.Form.NFKD);
        return NO_LETTER_OR_DIGIT.matcher(decomposed).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
