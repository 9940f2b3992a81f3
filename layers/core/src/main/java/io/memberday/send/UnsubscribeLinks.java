package io.memberday.send;

import io.memberday.message.UnsubscribeTokens;
import io.memberday.message.Unsubscription;

import java.util.List;
import java.util.function.Supplier;

/** The links by which a message is the last of its kind (R50, RFC 8058). */
public final class UnsubscribeLinks {
    /** The entry of the webhooks' secret that holds the keys. */
    public static final String SECRET = "unsubscribe";

    private final String publicUrl;
    private final Supplier<List<String>> keys;

    /**
     * @param publicUrl of the HTTP API, without a slash at its end
     * @param keys live ones, the newest first; read only when a link is made
     */
    public UnsubscribeLinks(String publicUrl, Supplier<List<String>> keys) {
        this.publicUrl = publicUrl;
        this.keys = keys;
    }

    String link(Unsubscription unsubscription) {
        return publicUrl
                + "/unsubscribe/"
                + new UnsubscribeTokens(keys.get()).token(unsubscription);
    }
}
